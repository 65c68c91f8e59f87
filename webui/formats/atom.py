"""A search as an Atom feed (RFC 4287), the documents published or changed last first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from textwrap import shorten
from typing import Any

from flask import Blueprint, Response
from msgspec.structs import replace

from search.citations.item import own_values
from search.citations.pieces import one_line
from search.history import History
from search.model.document import Document
from webui.addresses.links import absolute, document_url, search_url
from webui.addresses.request import archive, strictly_requested_query
from webui.formats.whole_search import Export, Form, answer_search
from webui.languages import keep_language_in, locale_code, translate_label
from webui.templating import template

blueprint = Blueprint("atom", __name__)
_LONGEST_SUMMARY = 500
_LATEST = 100
"""Entries sorted by their last change; the others follow in the order of the search, so that no feed is held in memory."""
_UNKNOWN = "1970-01-01T00:00:00Z"
"""The time of an entry whose last change is unknown. It is constant, so that feed readers do not show the entry again."""


@blueprint.get("/search.atom")
def atom() -> Response:
    """Answer with all documents of the search as typed.

    The spelling is never corrected, as the corrections, and so the entries, would change with the archive.
    """
    query, _ = strictly_requested_query()
    return answer_search(_FORM, replace(query, page=1, is_exact=True))


def _write_all(export: Export) -> Iterator[str]:
    generation = archive().engine.current()
    history = archive().history(export.generation)
    documents = export.documents
    if not export.query.sort and generation.id == export.generation:
        documents = _put_latest_first(documents, archive().every(export.query), history)
    return template("feed.xml").generate(
        site=archive().config.site,
        words=one_line(export.query.text),
        total=export.total,
        entries=(_entry(document, history) for document in documents),
        updated=max(history.changes.last_times(), default=generation.built_at),
        language=locale_code(),
        self_url=absolute(keep_language_in(search_url(export.query, "/search.atom"))),
        html_url=absolute(keep_language_in(search_url(export.query))),
    )


def _put_latest_first(documents: Iterator[Document], again: Iterator[Document], history: History) -> Iterator[Document]:
    """Yield the documents that changed last, then the others in order. Both iterators yield the same documents."""
    changes = ((history.last(one.id), -place, one) for place, one in enumerate(documents))
    latest = [one for _, _, one in heapq.nlargest(_LATEST, changes, key=lambda change: change[:2])]
    shown = {one.id for one in latest}
    return chain(latest, (one for one in again if one.id not in shown))


def _entry(document: Document, history: History) -> dict[str, Any]:
    written = f"{document.date.iso_day}T00:00:00Z" if document.date and document.date.iso_day else ""
    text = document.summary or next((section.text for section in document.sections), "")
    return {
        "url": absolute(document_url(document.id)),
        "title": one_line(archive().display_title(document, locale_code())),
        "language": document.language or archive().config.language,
        "is_untitled": not document.title,
        "published": written,
        "updated": _second(history.last(document.id)) or written or _UNKNOWN,
        "categories": list(_categories(document)),
        "summary": shorten(one_line(text), _LONGEST_SUMMARY, placeholder="…"),
    }


def _categories(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the type, the topics and the fields of the archive's own, each as (value, label in the language of the feed)."""
    fields = archive().fields.keyword
    for name, values in (("type", (document.type,) if document.type else ()), ("topic", document.topics)):
        for value in values:
            yield one_line(value), one_line(translate_label(fields[name].value_label(value)))
    labels = {name: translate_label(label) for name, label in archive().config.own_labels.items()}
    for label, words in own_values(document, labels):
        yield words, f"{label}: {translate_label(words)}"


def _second(when: str) -> str:
    """Return a time of the history in the format of feeds."""
    return f"{datetime.fromisoformat(when).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if when else ""


_FORM = Form("atom", "application/atom+xml", lambda document: "", _write_all, is_file=False)
