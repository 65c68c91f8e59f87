"""The pages."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from search.engines.contract import MAX_WINDOW
from search.model.addresses import plain_address, without_query
from search.model.dates import display_date
from search.model.query import NOT_STATED, Query
from search.text.analysis import fold_value
from webui.pages import results as pages
from webui.pages.help import examples
from webui.pages.holdings import holdings
from webui.query_string import format_query
from webui.requests import archive, asked, search_url
from webui.serving.metrics import searched

blueprint = Blueprint("views", __name__)
_TITLES_ON_A_PAGE = 100
_TRIED_AT_HOME = 3


@blueprint.app_context_processor
def site() -> dict[str, object]:
    """What every template knows of the archive."""
    return {"site": archive().config.site, "language": archive().config.language}


@blueprint.get("/")
def home() -> str:
    page = archive().search(Query(per_page=5, sort="newest"))
    untitled = archive().counts("title_status").get("not_preserved", 0)
    topics = page.facet("topic")
    links = [
        pages.Link(value.label, pages.topic_url(value.value), value.count)
        for value in sorted(topics.values if topics else (), key=lambda value: value.label)
        if value.value != NOT_STATED
    ]
    return render_template(
        "home.html",
        page=pages.SearchPage(archive(), page, ()),
        untitled=untitled,
        topics=links,
        examples=[one.typed for one in examples(archive())[:_TRIED_AT_HOME]],
    )


@blueprint.get("/search")
def search() -> str | Response:
    query, problems = asked()
    page = searched(query)
    if query.page > pages.last_page(page):
        return redirect(search_url(query.with_page(pages.last_page(page))))
    return render_template("search.html", page=pages.SearchPage(archive(), page, problems, request.args))


@blueprint.get("/documents/<path:document_id>")
def document(document_id: str) -> str:
    found = archive().document(document_id)
    if found is None:
        abort(404)
    query, _ = asked()
    topic = request.args.get("from-topic", "")
    if topic:
        back = search_url(Query(page=query.page, per_page=query.per_page), pages.topic_url(topic))
    else:
        back = search_url(query) if request.query_string else ""
    topics = pages.topic_links(archive(), found.topics)
    field = archive().fields.keyword["topic"]
    evidence = [(field.value_label(one.topic), one) for one in found.topic_evidence]
    extra = [(archive().fields.keyword[name].label, ", ".join(values)) for name, values in found.extra]
    return render_template(
        "document.html",
        document=found,
        title=archive().display_title(found),
        kind=archive().fields.keyword["type"].value_label(found.type) if found.type else "",
        date=display_date(found.date, archive().config.language),
        credits=pages.credits(found),
        topics=topics,
        evidence=evidence,
        extra=extra,
        back=back,
        back_to="topic" if topic else "results",
        blocks=pages.blocks,
    )


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str | Response:
    field = archive().fields.keyword["topic"]
    query, problems = asked()
    chosen = Query(per_page=query.per_page, sort="newest").with_selection("topic", [field.canonical(slug)])
    page = archive().search(chosen.with_page(query.page))
    known = archive().config.topics.get(slug)
    facet = page.facet("topic")
    value = next((v for v in facet.values if fold_value(v.value) == fold_value(slug)), None) if facet else None
    if known is None and (value is None or not value.count):
        abort(404)
    here = Query(page=query.page, per_page=query.per_page)
    url = partial(search_url, path=pages.topic_url(slug))
    if query.page > pages.last_page(page):
        return redirect(url(here.with_page(pages.last_page(page))))
    back = urlencode([("from-topic", fold_value(slug)), *format_query(here, archive().config.per_page)])
    told = tuple(problem for problem in problems if problem.parameter in ("page", "per_page"))
    return render_template(
        "topic.html",
        label=known.label if known else value.label if value else slug,
        topic=known,
        page=pages.SearchPage(archive(), page, told, back=back),
        pages=pages.numbered(here, pages.last_page(page), url),
    )


@blueprint.get("/titles")
def titles() -> str | Response:
    asked_for, problems = asked()
    chosen = Query(sort="title", per_page=_TITLES_ON_A_PAGE).with_selection("title_status", exclude=["not_preserved"])
    page = archive().search(chosen.with_page(min(asked_for.page, MAX_WINDOW // _TITLES_ON_A_PAGE)))
    here = Query(page=asked_for.page, per_page=archive().config.per_page)
    url = partial(search_url, path="/titles")
    if here.page > pages.last_page(page):
        return redirect(url(here.with_page(pages.last_page(page))))
    letters: dict[str, list[pages.HitRow]] = {}
    for hit in page.hits:
        first = next((char.upper() for char in hit.document.title if char.isalnum()), "#")
        letters.setdefault("0–9" if first.isdigit() else first, []).append(pages.hit_row(archive(), hit, 0))
    return render_template(
        "titles.html",
        letters=letters,
        total=page.total,
        untitled=archive().counts("title_status").get("not_preserved", 0),
        notices=[problem.detail for problem in problems if problem.parameter == "page"],
        pages=pages.numbered(here, pages.last_page(page), url),
        number=here.page,
    )


@blueprint.get("/holdings")
def held() -> str:
    return render_template("holdings.html", table=holdings(archive()))


@blueprint.get("/help")
def guide() -> str:
    rows = [(one.typed, one.why, search_url(Query(one.typed))) for one in examples(archive())]
    return render_template("help.html", examples=rows)


@blueprint.get("/go")
def go() -> Response:
    """An address of the site that has closed, to its document, else to a search for its last words that finds something."""
    url = request.args.get("url", "")
    found = archive().at_address(url)
    if found is not None:
        return redirect(pages.document_url(found.id))
    words = Query(" ".join(re.findall(r"\w+", without_query(plain_address(url)).rpartition("/")[2])))
    if not words.text or not archive().count(words):
        abort(404)
    return redirect(search_url(words))
