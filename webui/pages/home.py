"""The home page: the search box, works of the archive, its years, topics and people, and what is missing."""

from __future__ import annotations

from flask import Blueprint
from markupsafe import Markup
from msgspec import Struct

from search.archive import Archive
from search.model.query import NOT_STATED, Query
from search.model.results import ResultPage
from webui.addresses.links import person_url, search_url, topic_url
from webui.addresses.request import archive
from webui.by_generation import keep_for_generation, print_once
from webui.formats.json_ld import collection_json
from webui.languages import gettext, locale_code, translate_label
from webui.pages.filters import Chart, year_chart
from webui.pages.help import examples
from webui.pages.hits import Card, to_card
from webui.pages.holdings import Gaps, count_gaps
from webui.pages.links import Link
from webui.templating import render

blueprint = Blueprint("home", __name__)
_EXAMPLES = 4
_FEATURED = 6
_TOPICS = 12
_PEOPLE = 12


class TopicLink(Struct, frozen=True):
    """A topic with what it is about and its number of documents."""

    label: str
    url: str
    count: int
    description: str


class Home(Struct, frozen=True):
    """What the home page shows."""

    gaps: Gaps
    featured: tuple[Card, ...]
    featured_label: str
    topics: tuple[TopicLink, ...]
    has_more_topics: bool
    people: tuple[Link, ...]
    chart: Chart | None
    examples: tuple[Link, ...]
    json_ld: Markup


@blueprint.get("/")
@print_once
def home() -> str:
    """Show the search box and what there is to browse."""
    return render("home.html", home=_home(archive(), locale_code()))


@keep_for_generation
def _home(of: Archive, language: str) -> Home:
    """Return what the home page shows in this language, that of the request."""
    everything = of.search(Query(per_page=_FEATURED, sort="newest"), facets=("type", "topic", "year"))
    featured, label = _choose_featured(of, everything)
    topics = topic_list(of)
    named = sorted(((-count, value) for value, count in of.counts("people").items() if value != NOT_STATED))[:_PEOPLE]
    return Home(
        gaps=count_gaps(of),
        featured=featured,
        featured_label=label,
        topics=topics[:_TOPICS],
        has_more_topics=len(topics) > _TOPICS,
        people=tuple(Link(of.fields.keyword["people"].value_label(value), person_url(value), -less) for less, value in named),
        chart=year_chart(of, everything),
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
