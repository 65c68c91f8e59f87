"""The page of results: the documents found, the filters, and other searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import Blueprint, redirect, request
from markupsafe import Markup
from msgspec.structs import replace
from werkzeug.wrappers import Response

from search.archive import Archive
from search.model.dates import parse_bound
from search.model.days import is_year
from search.model.query import Query
from search.model.results import ResultPage, WayOut
from webui.addresses.links import search_url
from webui.addresses.parameters import ParameterProblem, encode_query, to_url, write_query
from webui.addresses.request import archive, requested_query
from webui.by_generation import keep_for_generation
from webui.languages import gettext, locale_code, translate_label
from webui.pages.filters import Chart, Panel, archive_years, to_panel, year_chart
from webui.pages.hits import Card, to_card
from webui.pages.links import Link, count_label, last_page, page_links
from webui.pages.words import field_label, translate_text, value_label
from webui.serving.metrics import search_and_record
from webui.templating import macro, render

blueprint = Blueprint("results", __name__)
_LONGEST_SHOWN = 60
"""Characters of the words typed that headings show; the search box shows all of them."""
_MOST_CARRIED = 20_000
"""Characters that the search may add to all addresses of documents on a page; a long passage would fill the page."""
_DATES = ("from", "to")


@blueprint.get("/search")
def search() -> str | Response:
    """Show one page of results. Addresses with empty parameters redirect to the same search without them."""
    query, problems = requested_query()
    if _is_untidy() and not problems:
        return redirect(search_url(_without_default_sort(query)))
    page = search_and_record(query)
    if query.page > last_page(page):
        return redirect(search_url(query.with_page(1)))
    shown = SearchPage(archive(), page, problems, request.args.to_dict())
    return render("search.html", page=shown)


def _is_untidy() -> bool:
    """Whether the address has parameters as a form sends them without scripts: empty ones, or `between`."""
    return "between" in request.args or any(not value and name != "q" for name, value in request.args.items(multi=True))


def _without_default_sort(query: Query) -> Query:
    """Return the query without its order if that is the default."""
    return replace(query, sort="") if query.sort == replace(query, sort="").order else query


@dataclass(frozen=True, slots=True)
class DateBox:
    """A bound of the date as typed, and what is wrong with it."""

    name: str
    label: str
    text: str
    wrong: str


@dataclass(frozen=True)
class SearchPage:
    """What the page of results shows. `typed` are the request's parameters; `back` is the query string in the addresses of
    documents, if it is not that of this search.

    What a template uses once is a property; a cached one takes ten times as long the first time.
    """

    archive: Archive
    page: ResultPage
    problems: tuple[ParameterProblem, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    back: str = ""

    @property
    def query(self) -> Query:
        """The search."""
        return self.page.query

    def url(self, query: Query) -> str:
        """Return the address of another search."""
        return to_url("/search", query, self.archive.config.per_page)

    @cached_property
    def count(self) -> str:
        """The number of results, in words."""
        return count_label(self.page.total)

    @property
    def title(self) -> str:
        """The words and the number of results, for the browser's tab."""
        what = self.heading_text or gettext("Everything")
        if self.page.page_count == 1:
            return f"{what} ({self.count})"
        place = gettext("page %(page)s of %(pages)s", page=self.query.page, pages=self.page.page_count)
        return f"{what} ({self.count}, {place})"

    @cached_property
    def heading_text(self) -> str:
        """The words typed, or the corrected ones if those ran, shortened for headings."""
        text = self.query.text
        if self.page.ran == "corrected" and self.page.suggestion:
            text = self.page.suggestion.query.text
        return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN].rstrip() + "…"

    @cached_property
    def hits(self) -> list[Card]:
        """The documents found."""
        first = (self.query.page - 1) * self.query.per_page + 1
        state = self.back or encode_query(self.query, self.archive.config.per_page)
        carried = state if len(state) * len(self.page.hits) <= _MOST_CARRIED else ""
        return [to_card(self.archive, hit, number, carried) for number, hit in enumerate(self.page.hits, first)]

    @cached_property
    def reading(self) -> list[Link]:
        """How each part of the words was understood, with the search without it; nothing if all are plain words."""
        parts = self.page.reading.parts
        if all(part.is_plain for part in parts):
            return []
        return [Link(translate_text(part.meaning), self.url(self.query.with_text(part.rest))) for part in parts]

    @property
    def offers(self) -> list[Link]:
        """Links to the person or topic whose name was typed, and to the page that answers a question about the archive."""
        kinds = {"person": gettext("Person"), "topic": gettext("Topic")}
        links = [
            Link(f"{kinds[offer.kind]}: {translate_label(offer.label)}", self.url(offer.query), offer.total)
            for offer in self.page.offers
        ]
        help_link = self.page.help
        return [*links, Link(help_link.label, help_link.url)] if help_link else links

    @property
    def notices(self) -> list[str]:
        """The parameters that could not be used, also where a box says so: it may be folded away. And notices about the words."""
        return [translate_text(text) for text in (*(p.detail for p in self.problems), *self.page.reading.notices)]

    @cached_property
    def exact_url(self) -> str:
        """The search for exactly what was typed, "" if that is what ran, or it is not known to find anything."""
        finds_some = self.page.ran != "as typed" and self.page.typed_total > 0 and self.page.reading.is_literal
        return self.url(replace(self.query, is_exact=True, page=1)) if finds_some else ""

    @cached_property
    def chips(self) -> list[Link]:
        """The filters of this search, each a link to the search without it."""
        chips = []
        for chosen in self.query.selections:
            one = self.archive.fields.keyword[chosen.field]
            for value in (*chosen.include, *chosen.exclude):
                name = value_label(one.name, value, one.value_label(one.canonical(value)))
                stated = gettext("not %(value)s", value=name) if value in chosen.exclude else name
                chips.append(Link(f"{field_label(one.label)}: {stated}", self.url(self.query.without_value(chosen.field, value))))
        since, until = self.query.since, self.query.until
        if since or until:
            span = since if since == until else f"{since or '…'} – {until or '…'}"
            chips.append(Link(f"{gettext('Date')}: {span}", self.url(self.query.without_dates())))
        return chips

    @property
    def clear_url(self) -> str:
        """The search without filters."""
        return self.url(self.query.without_filters())

    @cached_property
    def panels(self) -> list[Panel]:
        """The facets as boxes."""
        made = [to_panel(facet, self.page.total, self.query) for facet in self.page.facets if facet.values]
        return [panel for panel in made if panel.shown]

    @property
    def filters(self) -> Markup:
        """The facets and the dates, printed. Without words and filters they are those of the whole archive, which are kept."""
        usual = Query(sort=self.query.sort, per_page=self.archive.config.per_page)
        if self.problems or self.query.with_page(1) != usual:
            return _print_filters(self)
        with self.archive.engine.pin():
            if self.archive.engine.current().id != self.page.generation:  # another was opened after the search
                return _print_filters(self)
            return _filters_of_everything(self.archive, usual, locale_code())

    @cached_property
    def dates(self) -> list[DateBox]:
        """The bounds of the date. One that cannot be used stays in its box, to be corrected."""
        wrong = {problem.parameter: translate_text(problem.detail) for problem in self.problems}
        texts = {"from": self.query.since, "to": self.query.until}
        labels = {"from": gettext("From"), "to": gettext("To")}
        return [DateBox(name, labels[name], texts[name] or self.typed.get(name, ""), wrong.get(name, "")) for name in _DATES]

    @property
    def has_dates_apart(self) -> bool:
        """Whether the bounds of the date need a group of their own, because there is no panel of years."""
        return not any(panel.facet.field == "year" for panel in self.panels)

    @cached_property
    def has_filters(self) -> bool:
        """Whether there is any filter to offer or to remove."""
        return bool(self.panels or self.chart or any(box.text for box in self.dates))

    @property
    def hidden_inputs(self) -> list[tuple[str, str]]:
        """The parameters of this search that no visible control of the form has."""
        controls = {"q", "page", *_DATES, *(["sort"] if self.page.hits else [])}
        pairs = [pair for pair in write_query(self.query, self.archive.config.per_page) if pair[0] not in controls]
        return [
            (name, value)
            for name, value in pairs
            if not any(panel.has_box_for(name.removeprefix("-"), value) for panel in self.panels)
        ]

    @cached_property
    def chart(self) -> Chart | None:
        """The results by year."""
        return year_chart(self.archive, self.page, self._year_bounds())

    def _year_bounds(self) -> tuple[int, int] | None:
        first, last = (_year(text) for text in (self.query.since, self.query.until))
        years = [int(value) for value in self.query.selection("year").include if is_year(value)]
        if years:
            return min(years), max(years)
        return (first or -(10**9), last or 10**9) if self.query.since or self.query.until else None

    @property
    def pages(self) -> list[Link | None]:
        """Links to the pages of results, None for each gap between them."""
        return page_links(self.query, last_page(self.page), self.url)

    @property
    def citation_url(self) -> str:
        """The page to cite this search by."""
        return f"/search/citation{self.parameters}"

    @cached_property
    def parameters(self) -> str:
        """The query string of the whole search, with its question mark."""
        per_page = self.archive.config.per_page
        return to_url("", replace(self.query, page=1, per_page=per_page), per_page)

    @cached_property
    def suggestion(self) -> Link | None:
        """The search with its spelling corrected."""
        return self._link_to_way_out(self.page.suggestion) if self.page.suggestion else None

    @cached_property
    def ways_out(self) -> list[Link]:
        """Similar searches that find something."""
        return [self._link_to_way_out(way) for way in self.page.ways_out]

    def _link_to_way_out(self, way: WayOut) -> Link:
        return Link(translate_text(way.label), self.url(way.query), way.total)

    @cached_property
    def years_held(self) -> str:
        """The years of the archive, as in 2010 to 2020; "" if no date is known."""
        years = archive_years(self.archive)
        return gettext("%(first)s to %(last)s", first=years[0], last=years[1]) if years else ""


def _print_filters(page: SearchPage) -> Markup:
    return Markup(macro("filters")(page))


@keep_for_generation
def _filters_of_everything(archive: Archive, query: Query, language: str) -> Markup:
    """Return the filters of a search without words and filters, in this language, that of the request."""
    return _print_filters(SearchPage(archive, archive.search(query)))


def _year(text: str) -> int:
    try:
        return parse_bound(text).year if text else 0
    except ValueError:
        return 0
