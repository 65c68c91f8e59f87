"""All titles, A to Z."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from search.engines.contract import MAX_WINDOW
from search.model.query import Query
from webui.addresses.links import search_url
from webui.addresses.request import archive, requested_query
from webui.pages.links import last_page, numbered
from webui.pages.results import HitRow, hit_row

blueprint = Blueprint("titles", __name__)
_TITLES_ON_A_PAGE = 100


@blueprint.get("/titles")
def titles() -> str | Response:
    """Show one page of the titles, by their first letter."""
    requested, problems = requested_query()
    chosen = Query(sort="title", per_page=_TITLES_ON_A_PAGE).with_selection("title_status", exclude=["not_preserved"])
    page = archive().search(chosen.with_page(min(requested.page, MAX_WINDOW // _TITLES_ON_A_PAGE)))
    here = Query(page=requested.page, per_page=archive().config.per_page)
    url = partial(search_url, path="/titles")
    if here.page > last_page(page):
        return redirect(url(here.with_page(last_page(page))))
    letters: dict[str, list[HitRow]] = {}
    for hit in page.hits:
        first = next((char.upper() for char in hit.document.title if char.isalnum()), "#")
        letters.setdefault("0–9" if first.isdigit() else first, []).append(hit_row(archive(), hit, 0))
    return render_template(
        "titles.html",
        letters=letters,
        total=page.total,
        untitled=archive().counts("title_status").get("not_preserved", 0),
        notices=[problem.detail for problem in problems if problem.parameter == "page"],
        pages=numbered(here, last_page(page), url),
        number=here.page,
    )
