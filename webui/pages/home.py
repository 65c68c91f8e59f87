"""The home page: the search box, works of the archive, its years, topics and people, and what is missing."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint
from markupsafe import Markup
from msgspec import Struct

from search.archive import Archive
from search.model.days import is_year
from search.model.query import NOT_STATED, Query
from search.model.results import ResultPage
from webui.addresses.links import person_url, search_url, topic_url
from webui.addresses.request import archive
from webui.formats.json_ld import collection_json
from webui.languages import gettext, locale_code, translate_label
from webui.pages.filters import Chart, to_chart
from webui.pages.help import examples
from webui.pages.hits import Card, to_card
from webui.pages.links import Link
from webui.pages.results import archive_years
from webui.templating import render

blueprint = Blueprint("home", __name__)
_EXAMPLES = 4
_FEATURED = 6
_TOPICS = 12
_PEOPLE = 12
TITLE_ONLY = "title only"
"""The value of `access` of documents that hold neither text nor summary."""


class TopicLink(Struct, frozen=True):
    """A topic with what it is about and its number of documents."""

    label: str
    url: str
    count: int
    description: str


class Home(Struct, frozen=True):
    """What the home page shows."""

    total: int
    untitled: int
    without_text: int
    featured: tuple[Card, ...]
    featured_label: str
    topics: tuple[TopicLink, ...]
    has_more_topics: bool
    people: tuple[Link, ...]
    chart: Chart | None
    examples: tuple[Link, ...]
    json_ld: Markup


@blueprint.get("/")
def home() -> str:
    """Show the search box and what there is to browse."""
    return render("home.html", home=_home(archive(), archive().engine.current().id, locale_code()))


@lru_cache(maxsize=16)
def _home(of: Archive, generation: str, language: str) -> Home:
    """Return the home page of a generation, made once for each language."""
    everything = of.search(Query(per_page=_FEATURED, sort="newest"), facets=("type", "topic", "year"))
    featured, label = _choose_featured(of, everything)
    years = archive_years(of, generation)
    found = everything.facet("year")
    counts = {int(one.value): one.count for one in found.values if is_year(one.value)} if found else {}
    topics = topic_list(of)
    named = sorted(((-count, value) for value, count in of.counts("people").items() if value != NOT_STATED))[:_PEOPLE]
    return Home(
        total=everything.total,
        untitled=of.counts("title_status").get("not_preserved", 0),
        without_text=count_without_text(of, generation),
        featured=featured,
        featured_label=label,
        topics=topics[:_TOPICS],
        has_more_topics=len(topics) > _TOPICS,
        people=tuple(Link(of.fields.keyword["people"].value_label(value), person_url(value), -less) for less, value in named),
        chart=to_chart(counts, years, None) if years else None,
        examples=tuple(Link(one.typed, search_url(Query(one.typed))) for one in examples(of)[:_EXAMPLES]),
        json_ld=collection_json(of, everything.total),
    )


def _choose_featured(of: Archive, everything: ResultPage) -> tuple[tuple[Card, ...], str]:
    """Return the newest titled documents of the first group of types, else the newest of all, and how to call them."""
    groups = [one for one in of.config.types if one.children]
    if groups:
        chosen = Query(per_page=_FEATURED, sort="newest").with_selection("type", [groups[0].value])
        page = of.search(chosen.with_selection("title_status", exclude=["not_preserved"]), facets=())
        if page.hits:
            label = translate_label(of.fields.keyword["type"].value_label(groups[0].value))
            return tuple(to_card(of, hit, 0) for hit in page.hits), label
    return tuple(to_card(of, hit, 0) for hit in everything.hits), gettext("Newest")


def topic_list(of: Archive) -> tuple[TopicLink, ...]:
    """Return the topics that have documents, most first; "not stated" is none of them."""
    field, known = of.fields.keyword["topic"], of.config.topics
    counts = sorted(
        (-count, translate_label(field.value_label(value)), value)
        for value, count in of.counts("topic").items()
        if value != NOT_STATED
    )
    return tuple(
        TopicLink(label, topic_url(value), -less, translate_label(known[value].description) if value in known else "")
        for less, label, value in counts
    )


@lru_cache(maxsize=8)
def count_without_text(of: Archive, generation: str) -> int:
    """Return how many documents hold neither text nor summary. Counted once a generation."""
    return of.counts("access").get(TITLE_ONLY, 0)
