"""The list of topics, and the page of each."""

from __future__ import annotations

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from search.model.query import NOT_STATED
from search.text.analysis import fold_value
from webui.addresses.links import topic_url
from webui.addresses.request import archive
from webui.by_generation import print_once
from webui.languages import gettext, translate_label
from webui.pages.home import topic_list
from webui.pages.links import Link
from webui.pages.value_page import show_value
from webui.templating import render

blueprint = Blueprint("topic", __name__)


@blueprint.get("/topics")
@print_once
def topics() -> str:
    """Show all topics."""
    return render("topics.html", topics=topic_list(archive()))


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str | Response:
    """Show one topic. "Not stated" is not a topic."""
    field = archive().fields.keyword["topic"]
    value = field.canonical(slug)
    if fold_value(value) == NOT_STATED:
        abort(404)
    known = archive().config.topics.get(value)
    if known is None and not archive().counts("topic").get(value):
        spelled = [one for one in archive().counts("topic") if fold_value(one) == fold_value(slug)]
        if not spelled:
            abort(404)
        value = spelled[0]
    return show_value(
        field=field,
        value=value,
        path=topic_url(slug),
        description=translate_label(known.description) if known else "",
        state=("from-topic", fold_value(slug)),
        others=(),
        listed=Link(gettext("Topics"), "/topics"),
    )
