"""All titles, A to Z."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from search.engines.contract import MAX_WINDOW
from search.model.query import Query
from webui.addresses.links import search_url
from webui.addresses.request import archive, requested_query
from webui.by_generation import print_once
from webui.pages.hits import to_card
from webui.pages.holdings import count_gaps
from webui.pages.links import last_page, page_links
from webui.pages.lists import filing_key, group_by_letter
from webui.pages.words import translate_text
from webui.templating import render

blueprint = Blueprint("titles", __name__)
_TITLES_ON_A_PAGE = 100


@blueprint.get("/titles")
@print_once
def titles() -> str | Response:
    """Show one page of the titles, by their first letter."""
    requested, problems = requested_query()
    chosen = Query(sort="title", per_page=_TITLES_ON_A_PAGE).with_selection("title_status", exclude=["not_preserved"])
    page = archive().search(chosen.with_page(min(requested.page, MAX_WINDOW // _TITLES_ON_A_PAGE)), facets=())
    here = Query(page=requested.page, per_page=archive().config.per_page)
    url = partial(search_url, path="/titles")
    if here.page > last_page(page):
        return redirect(url(here.with_page(1)))
    language = archive().config.language
    keys = [filing_key(hit.document.title, hit.document.language or language) for hit in page.hits]
    rows = sorted(zip(keys, range(len(keys)), page.hits, strict=True), key=lambda row: row[:2])
    return render(
        "titles.html",
        letters=group_by_letter((key, to_card(archive(), hit, 0)) for key, _, hit in rows),
        total=page.total,
        untitled=count_gaps(archive()).untitled,
        notices=[translate_text(problem.detail) for problem in problems if problem.parameter == "page"],
        pages=page_links(here, last_page(page), url),
        number=here.page,
    )
