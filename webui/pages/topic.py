"""The page of a topic: what it is, and its documents, newest first."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from search.model.query import Query
from search.text.analysis import fold_value
from webui.addresses.links import search_url, topic_url
from webui.addresses.parameters import write_query
from webui.addresses.request import archive, requested_query
from webui.pages.links import last_page, numbered
from webui.pages.results import SearchPage

blueprint = Blueprint("topic", __name__)


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str | Response:
    """Show one topic."""
    field = archive().fields.keyword["topic"]
    query, problems = requested_query()
    chosen = Query(per_page=query.per_page, sort="newest").with_selection("topic", [field.canonical(slug)])
    page = archive().search(chosen.with_page(query.page))
    known = archive().config.topics.get(slug)
    facet = page.facet("topic")
    value = next((v for v in facet.values if fold_value(v.value) == fold_value(slug)), None) if facet else None
    if known is None and (value is None or not value.count):
        abort(404)
    here = Query(page=query.page, per_page=query.per_page)
    url = partial(search_url, path=topic_url(slug))
    if query.page > last_page(page):
        return redirect(url(here.with_page(last_page(page))))
    back = urlencode([("from-topic", fold_value(slug)), *write_query(here, archive().config.per_page)])
    notices = tuple(problem for problem in problems if problem.parameter in ("page", "per_page"))
    return render_template(
        "topic.html",
        label=known.label if known else value.label if value else slug,
        topic=known,
        page=SearchPage(archive(), page, notices, back=back),
        pages=numbered(here, last_page(page), url),
    )
