"""The home page."""

from __future__ import annotations

from flask import Blueprint, render_template

from search.model.query import NOT_STATED, Query
from webui.addresses.links import topic_url
from webui.addresses.request import archive
from webui.pages.help import examples
from webui.pages.links import Link
from webui.pages.results import SearchPage

blueprint = Blueprint("home", __name__)
_TRIED_AT_HOME = 3


@blueprint.get("/")
def home() -> str:
    """Show the search box and what there is to browse."""
    page = archive().search(Query(per_page=5, sort="newest"))
    untitled = archive().counts("title_status").get("not_preserved", 0)
    topics = page.facet("topic")
    links = [
        Link(value.label, topic_url(value.value), value.count)
        for value in sorted(topics.values if topics else (), key=lambda value: value.label)
        if value.value != NOT_STATED
    ]
    return render_template(
        "home.html",
        page=SearchPage(archive(), page, ()),
        untitled=untitled,
        topics=links,
        examples=[one.typed for one in examples(archive())[:_TRIED_AT_HOME]],
    )
