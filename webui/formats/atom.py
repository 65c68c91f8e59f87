"""A search as an Atom feed (RFC 4287)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from msgspec.structs import replace

from search.model.results import Hit, plain
from webui.addresses.links import absolute, document_url, search_url
from webui.addresses.request import archive, strictly_requested_query

blueprint = Blueprint("atom", __name__)
ENTRIES = 50
"""Documents in a feed."""


@blueprint.get("/search.atom")
def atom() -> Response:
    """Answer with the newest documents of the search, unless it names another order."""
    query, _ = strictly_requested_query()
    query = replace(query, sort=query.sort or "newest", page=1, per_page=ENTRIES)
    page = archive().search(query)
    built = archive().engine.current().built_at
    body = render_template(
        "feed.xml",
        page=page,
        entries=[_entry(hit, built) for hit in page.hits],
        updated=built,
        self_url=absolute(search_url(query, "/search.atom")),
        html_url=absolute(search_url(query)),
    )
    return Response(body, mimetype="application/atom+xml")


def _entry(hit: Hit, built: str) -> dict[str, str]:
    """Return one entry. `updated` is the document's date, not the time of publication: readers of the feed would be shown
    every entry again after each one."""
    date = hit.document.date
    published = f"{date.iso_day}T00:00:00Z" if date and date.iso_day else ""
    url = absolute(document_url(hit.document.id))
    summary = plain(hit.snippet)
    return {"url": url, "title": hit.display_title, "published": published, "updated": published or built, "summary": summary}
