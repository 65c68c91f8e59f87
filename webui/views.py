"""The pages."""

from __future__ import annotations

import re

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from search.addresses import plain_address, without_query
from search.dates import display_date
from search.engine import MAX_WINDOW
from search.fields import fold_value
from search.query import NOT_STATED, Query
from webui import pages
from webui.guide import EXAMPLES
from webui.holdings import holdings
from webui.requests import archive, asked, search_url

blueprint = Blueprint("views", __name__)
_TITLES_ON_A_PAGE = 100


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
    return render_template("home.html", page=pages.SearchPage(archive(), page, ()), untitled=untitled, topics=links)


@blueprint.get("/search")
def search() -> str | Response:
    query, problems = asked()
    page = archive().search(query)
    if query.page > page.page_count:
        return redirect(search_url(query.with_page(min(page.page_count, MAX_WINDOW // query.per_page))))
    return render_template("search.html", page=pages.SearchPage(archive(), page, problems))


@blueprint.get("/documents/<path:document_id>")
def document(document_id: str) -> str:
    found = archive().document(document_id)
    if found is None:
        abort(404)
    query, _ = asked()
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
    )


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str | Response:
    field = archive().fields.keyword["topic"]
    query, problems = asked()
    chosen = Query(page=query.page, per_page=query.per_page, sort="newest").with_selection("topic", [field.canonical(slug)])
    page = archive().search(chosen.with_page(query.page))
    known = archive().config.topics.get(slug)
    facet = page.facet("topic")
    value = next((v for v in facet.values if fold_value(v.value) == fold_value(slug)), None) if facet else None
    if known is None and (value is None or not value.count):
        abort(404)
    label = known.label if known else value.label if value else slug
    shown = pages.SearchPage(archive(), page, problems)
    numbers = pages.numbered(page.query, page.page_count, lambda q: f"{pages.topic_url(slug)}?page={q.page}")
    return render_template("topic.html", label=label, topic=known, page=shown, pages=numbers, search_url=search_url(chosen))


@blueprint.get("/titles")
def titles() -> str:
    query, _ = asked()
    query = (
        Query(sort="title", per_page=_TITLES_ON_A_PAGE)
        .with_selection("title_status", exclude=["not_preserved"])
        .with_page(query.page)
    )
    page = archive().search(query)
    letters: dict[str, list[pages.HitRow]] = {}
    for hit in page.hits:
        first = next((char.upper() for char in hit.document.title if char.isalnum()), "#")
        letters.setdefault("0–9" if first.isdigit() else first, []).append(pages.hit_row(archive(), hit, 0))
    untitled = archive().counts("title_status").get("not_preserved", 0)
    numbers = pages.numbered(query, page.page_count, lambda q: f"/titles?page={q.page}")
    return render_template("titles.html", letters=letters, total=page.total, untitled=untitled, pages=numbers, number=query.page)


@blueprint.get("/holdings")
def held() -> str:
    return render_template("holdings.html", table=holdings(archive()))


@blueprint.get("/help")
def guide() -> str:
    examples = [(typed, why, search_url(Query(typed))) for typed, why in EXAMPLES]
    return render_template("help.html", examples=examples)


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
