"""What each page shows, as plain data with every link ready: templates only print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, urlencode

from flask import Blueprint, redirect, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response

from search.archive import Archive
from search.model.dates import display_date
from search.model.query import NOT_STATED, Query
from search.model.results import FacetValue, Fragments, Hit, ResultPage, WayOut
from webui.addresses.links import document_url, search_url
from webui.addresses.parameters import ParameterProblem, to_url, write_query
from webui.addresses.request import archive, requested_query
from webui.pages.filters import Bar, Panel, bars, to_panel
from webui.pages.links import Link, last_page, numbered
from webui.serving.metrics import search_and_record

blueprint = Blueprint("results", __name__)

_LONGEST_SHOWN = 60
"""Characters of what was typed that headings repeat; the box above holds all of it."""
_PARTS_SHOWN = 3
"""Parts of the reading shown before they are folded: on a phone more would push the results out of sight."""
_DATES = ("from", "to")


class HitRow(Struct, frozen=True):
    """A hit as a row of results."""

    number: int
    url: str
    title: Fragments
    kind: str
    date: str
    date_iso: str
    snippet: Fragments
    where: Link | None
    untitled: bool
    filled: bool
    language: str


@dataclass(frozen=True, slots=True)
class DateBox:
    """A bound of the date: its text as typed, and what is wrong with it."""

    name: str
    label: str
    text: str
    wrong: str


@dataclass(frozen=True)
class SearchPage:
    """The page of results. `typed` are the bounds of the date as typed, `back` what a document's address keeps to lead back."""

    archive: Archive
    page: ResultPage
    problems: tuple[ParameterProblem, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    back: str = ""
    path: str = "/search"

    @property
    def query(self) -> Query:
        return self.page.query

    def url(self, query: Query) -> str:
        return to_url(self.path, query, self.archive.config.per_page)

    @cached_property
    def count(self) -> str:
        return _results(self.page.total)

    @cached_property
    def title(self) -> str:
        what = self.shown_text or "Everything"
        place = f", page {self.query.page} of {self.page.page_count}" if self.page.page_count > 1 else ""
        return f"{what} ({self.count}{place})"

    @cached_property
    def shown_text(self) -> str:
        text = self.query.text
        return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN].rstrip() + "…"

    @cached_property
    def hits(self) -> list[HitRow]:
        first = (self.query.page - 1) * self.query.per_page + 1
        state = self.back or urlencode(write_query(self.query, self.archive.config.per_page))
        return [hit_row(self.archive, hit, number, state) for number, hit in enumerate(self.page.hits, first)]

    @cached_property
    def reading(self) -> list[tuple[str, str, str]]:
        """Each part of the words: as written, what it means, and the search without it. Nothing for plain words."""
        parts = self.page.reading.parts
        if len(parts) < 2 and all(part.meaning.startswith("the word ") for part in parts):
            return []
        return [(part.text, part.meaning, self.url(self.query.with_text(part.rest))) for part in parts]

    @cached_property
    def folds_reading(self) -> bool:
        return len(self.reading) > _PARTS_SHOWN

    @cached_property
    def notices(self) -> list[str]:
        return [*(problem.detail for problem in self.problems), *self.page.reading.notices]

    @cached_property
    def chips(self) -> list[Link]:
        """What narrows this search, each a link to the search without it."""
        chips = []
        for chosen in self.query.selections:
            field = self.archive.fields.keyword[chosen.field]
            for value in chosen.include:
                label = f"{field.label}: {field.value_label(field.canonical(value))}"
                chips.append(Link(label, self.url(self.query.without_value(chosen.field, value))))
            for value in chosen.exclude:
                label = f"{field.label}: not {field.value_label(field.canonical(value))}"
                chips.append(Link(label, self.url(self.query.without_value(chosen.field, value))))
        if self.query.since or self.query.until:
            label = f"Date: {self.query.since or 'the beginning'} to {self.query.until or 'the end'}"
            chips.append(Link(label, self.url(self.query.without_dates())))
        return chips

    @cached_property
    def clear_url(self) -> str:
        return self.url(self.query.without_filters())

    @cached_property
    def panels(self) -> list[Panel]:
        return [to_panel(facet) for facet in self.page.facets if facet.values]

    @cached_property
    def dates(self) -> list[DateBox]:
        """The bounds of the date. One that cannot be used stays in its box, to be mended."""
        wrong = {problem.parameter: problem.detail for problem in self.problems}
        texts = {"from": self.query.since, "to": self.query.until}
        return [DateBox(name, name.title(), texts[name] or self.typed.get(name, ""), wrong.get(name, "")) for name in _DATES]

    @cached_property
    def dated(self) -> bool:
        """Whether a panel of years, which holds the bounds, is among the filters."""
        return any(panel.field == "year" for panel in self.panels)

    @cached_property
    def filters(self) -> bool:
        """Whether there is anything to narrow by, or to take back."""
        return bool(self.panels or any(box.text for box in self.dates))

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """What this search has and no control of its form: it is sent along."""
        controls = {"q", "sort", "page", *_DATES, *(prefix + panel.field for panel in self.panels for prefix in ("", "-"))}
        stated = write_query(self.query, self.archive.config.per_page)
        return [(name, value) for name, value in stated if name not in controls]

    @cached_property
    def years(self) -> list[FacetValue]:
        facet = self.page.facet("year")
        known = [value for value in facet.values if value.count and value.value != NOT_STATED] if facet else []
        return sorted(known, key=lambda value: int(value.value))

    @cached_property
    def year_bars(self) -> list[Bar]:
        return bars(self.years) if len(self.years) > 1 else []

    @cached_property
    def years_in_words(self) -> str:
        if not self.years:
            return ""
        busiest = max(self.years, key=lambda value: value.count)
        return f"{self.years[0].value} to {self.years[-1].value}. Most in {busiest.value}: {_results(busiest.count)}."

    @cached_property
    def pages(self) -> list[Link | None]:
        """Links to pages by number, None where some are left out."""
        return numbered(self.query, last_page(self.page), self.url)

    @cached_property
    def previous(self) -> str:
        return self.url(self.query.with_page(self.query.page - 1)) if self.query.page > 1 else ""

    @cached_property
    def next(self) -> str:
        return self.url(self.query.with_page(self.query.page + 1)) if self.query.page < last_page(self.page) else ""

    @cached_property
    def exports(self) -> list[Link]:
        names = {"atom": "Atom feed", "json": "JSON", "csv": "CSV", "ris": "RIS", "bib": "BibTeX"}
        _, mark, state = to_url("", self.query.with_page(1)).partition("?")
        return [Link(label, f"/search.{end}{mark}{state}") for end, label in names.items()]

    @cached_property
    def suggestion(self) -> Link | None:
        return self._way(self.page.suggestion) if self.page.suggestion else None

    @cached_property
    def suggested(self) -> list[HitRow]:
        """The first hits of the corrected search, shown where the typed one found nothing."""
        if self.page.suggestion is None:
            return []
        page = self.archive.search(self.page.suggestion.query)
        state = urlencode(write_query(page.query, self.archive.config.per_page))
        return [hit_row(self.archive, hit, number, state) for number, hit in enumerate(page.hits[:5], 1)]

    @cached_property
    def ways_out(self) -> list[Link]:
        return [self._way(way) for way in self.page.ways_out]

    def _way(self, way: WayOut) -> Link:
        return Link(way.label, self.url(way.query), way.total)


def hit_row(archive: Archive, hit: Hit, number: int, state: str = "") -> HitRow:
    """A hit as a row; `state` is the query string of the search, carried to the document so that it can lead back."""
    document = hit.document
    url = document_url(document.id) + (f"?{state}" if state else "")
    where = Link(hit.heading, f"{url}#{quote(hit.anchor)}") if hit.anchor and hit.heading else None
    return HitRow(
        number,
        url,
        hit.title,
        archive.fields.keyword["type"].value_label(document.type) if document.type else "",
        display_date(document.date, archive.config.language),
        document.date.edtf if document.date else "",
        hit.snippet,
        where,
        not document.title,
        document.title_status == "filled",
        document.language or archive.config.language,
    )


def _results(total: int) -> str:
    return f"{total:,} result{'' if total == 1 else 's'}"


@blueprint.get("/search")
def search() -> str | Response:
    query, problems = requested_query()
    page = search_and_record(query)
    if query.page > last_page(page):
        return redirect(search_url(query.with_page(last_page(page))))
    return render_template("search.html", page=SearchPage(archive(), page, problems, request.args))
