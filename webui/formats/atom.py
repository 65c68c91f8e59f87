"""A search as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from flask import Blueprint, Response, current_app
from msgspec.structs import replace

from search.citations.pieces import one_line
from search.model.document import Document
from webui.addresses.links import absolute, document_url, search_url
from webui.addresses.request import archive, strictly_requested_query
from webui.formats.whole_search import Export, Form, answer_search

blueprint = Blueprint("atom", __name__)
_LONGEST_SUMMARY = 500


@blueprint.get("/search.atom")
def atom() -> Response:
    """Answer with all documents of the search, the newest first unless it names another order."""
    query, _ = strictly_requested_query()
    return answer_search(_FORM, replace(query, sort=query.sort or "newest", page=1))


def _write_all(export: Export) -> Iterator[str]:
    built = archive().engine.current().built_at
    return current_app.jinja_env.get_template("feed.xml").generate(
        site=archive().config.site,
        words=one_line(export.query.text),
        total=export.total,
        entries=(_entry(document, built) for document in export.documents),
        updated=built,
        self_url=absolute(search_url(export.query, "/search.atom")),
        html_url=absolute(search_url(export.query)),
    )


def _entry(document: Document, built: str) -> dict[str, str]:
    """One entry. `updated` is the document's date, not the time of publication: readers of the feed would be shown every entry
    again after each one."""
    published = f"{document.date.iso_day}T00:00:00Z" if document.date and document.date.iso_day else ""
    text = document.summary or next((section.text for section in document.sections), "")
    return {
        "url": absolute(document_url(document.id)),
        "title": one_line(archive().display_title(document)),
        "published": published,
        "updated": published or built,
        "summary": shorten(one_line(text), _LONGEST_SUMMARY, placeholder="…"),
    }


_FORM = Form("atom", "application/atom+xml", lambda document: "", _write_all, is_file=False)
