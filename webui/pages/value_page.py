"""The page of a topic or a person: its documents, by year, and the topics and people they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import urlencode

from flask import redirect
from markupsafe import Markup
from werkzeug.wrappers import Response

from search.archive import Archive
from search.engines.contract import Request
from search.fields import KeywordField
from search.model.query import NOT_STATED, Query
from search.model.results import ResultPage
from search.query_language.matching import HasValue
from webui.addresses.links import person_url, search_url, topic_url
from webui.addresses.parameters import write_query
from webui.addresses.request import archive, requested_query
from webui.by_generation import keep_for_generation
from webui.formats.json_ld import value_json
from webui.languages import gettext, locale_code, translate_label
from webui.pages.filters import Chart, year_chart
from webui.pages.hits import Card, to_card
from webui.pages.links import Link, count_label, last_page, page_links
from webui.pages.words import role_label, translate_text
from webui.templating import render

_NEIGHBOURS = 8


def show_value(
    field: KeywordField,
    value: str,
    path: str,
    description: str,
    state: tuple[str, str],
    others: tuple[str, ...],
    listed: Link,
) -> str | Response:
    """Answer with the page of `value`. `state` is the parameter in the addresses of its documents that leads back here."""
    requested, problems = requested_query()
    chosen = Query(per_page=requested.per_page, sort="newest").with_selection(field.name, [value])
    page = archive().search(chosen.with_page(requested.page), facets=("year",))
    here = Query(page=requested.page, per_page=requested.per_page)
    to = partial(search_url, path=path)
    if requested.page > last_page(page):
        return redirect(to(here.with_page(1)))
    carried = urlencode([state, *write_query(here, archive().config.per_page)])
    notices = [translate_text(problem.detail) for problem in problems if problem.parameter in ("page", "per_page")]
    shown = ValuePage(archive(), field, value, page, description, others, notices, carried, listed, path)
    return render("topic.html", page=shown)


@dataclass(frozen=True)
class ValuePage:
    """What the page shows. `path` is its address, `listed` leads to the list that it is in."""

    archive: Archive
    keyword: KeywordField
    value: str
    results: ResultPage
    description: str
    others: tuple[str, ...]
    notices: list[str]
    state: str
    listed: Link
    path: str

    @property
    def field(self) -> str:
        """The name of the facet."""
        return self.keyword.name

    @property
    def label(self) -> str:
        """The value as shown."""
        return translate_label(self.keyword.value_label(self.value))

    @property
    def count(self) -> str:
        """The number of its documents, and their order."""
        return gettext("%(count)s, newest first", count=count_label(self.results.total))

    @cached_property
    def hits(self) -> list[Card]:
        """Its documents."""
        first = (self.number - 1) * self.results.query.per_page + 1
        return [to_card(self.archive, hit, at, self.state) for at, hit in enumerate(self.results.hits, first)]

    @property
    def number(self) -> int:
        """The number of this page of documents."""
        return self.results.query.page

    @cached_property
    def pages(self) -> list[Link | None]:
        """Links to the other pages of its documents."""
        here = Query(page=self.number, per_page=self.results.query.per_page)
        return page_links(here, last_page(self.results), partial(search_url, path=self.path))

    @property
    def feed_url(self) -> str:
        """The address of its feed."""
        return search_url(Query().with_selection(self.field, [self.value]), "/search.atom")

    @cached_property
    def chart(self) -> Chart | None:
        """Its documents by year."""
        return year_chart(self.archive, self.results)

    @property
    def neighbours(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        """Topics and people of its documents, as (heading, links)."""
        return _find_neighbours(self.archive, self.field, self.value, locale_code())

    @cached_property
    def roles(self) -> list[tuple[str, int]]:
        """The roles of a person, with the number of documents on this page; nothing for a topic."""
        if self.field != "people":
            return []
        counts: dict[str, int] = {}
        for hit in self.results.hits:
            for person in hit.document.people:
                if self.keyword.canonical(person.name) == self.value:
                    counts[person.role] = counts.get(person.role, 0) + 1
        return [(role_label(role), count) for role, count in counts.items()]

    @cached_property
    def json_ld(self) -> Markup:
        """The page as JSON-LD, for search engines."""
        return value_json(self.archive, self.field, self.label, self.description, self.path)


@keep_for_generation
def _find_neighbours(of: Archive, field: str, value: str, language: str) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return the topics and people that most documents with a value have, in this language, that of the request."""
    counts = of.engine.find(Request(HasValue(field, (value,)), facets=("topic", "people"), limit=0)).counts
    kin = {value, of.fields.keyword[field].parent(value)}

    def links(name: str, url: Callable[[str], str]) -> tuple[Link, ...]:
        known, left_out = of.fields.keyword[name], kin if name == field else set()
        others = ((one, count) for one, count in counts.get(name, {}).items() if one != NOT_STATED and one not in left_out)
        labelled = sorted((-count, translate_label(known.value_label(one)), one) for one, count in others)[:_NEIGHBOURS]
        return tuple(Link(label, url(one), -less) for less, label, one in labelled)

    heading = gettext("Topics that go with it") if field == "topic" else gettext("Topics")
    return (heading, links("topic", topic_url)), (gettext("People"), links("people", person_url))
