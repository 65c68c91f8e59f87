"""A search as JSON with everything known about each document but its text, and references as CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from search.citations.csl import to_csl
from search.model.document import Document
from search.model.document_fields import DOCUMENT_FIELDS
from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive
from webui.formats.items import item_of
from webui.formats.whole_search import Export, Form, answer_search, make_blueprint


def describe_document(document: Document) -> dict[str, Any]:
    """Return everything known about a document, without its text, as plain data."""
    date = document.date
    stated = {field.name: getattr(document, field.name) for field in DOCUMENT_FIELDS if field.is_exported}
    return {name: None if value == "" else value for name, value in stated.items()} | {
        "title": archive().display_title(document),
        "title_status": document.known_title_status,
        "date": date.edtf if date else None,
        "date_words": (date.words if date else document.date_words) or None,
        "year": date.year if date else None,
        "people": [{"name": person.name, "role": person.role} for person in document.people],
        "page_url": absolute(document_url(document.id)),
        "access": document.access,
        "fields": dict(document.extra),
    }


def _write_all(export: Export) -> Iterator[str]:
    """Yield the members in order: a program that reads the stream gets the number of documents first."""
    head = {"query": export.query.text, "total": export.total, "generation": export.generation}
    yield msgspec.json.encode(head).decode()[:-1] + ',"hits":['
    yield from _write_list(msgspec.json.encode(describe_document(document)).decode() for document in export.documents)
    yield "]}\n"


def _write_csl(export: Export) -> Iterator[str]:
    yield "["
    yield from _write_list(_to_csl(document) for document in export.documents)
    yield "]\n"


def _write_list(written: Iterator[str]) -> Iterator[str]:
    for number, one in enumerate(written):
        yield f",\n{one}" if number else f"\n{one}"


def _to_csl(document: Document) -> str:
    return msgspec.json.encode(to_csl(item_of(document))).decode()


_FORM = Form("json", "application/json", lambda document: msgspec.json.encode(describe_document(document)).decode(), _write_all)
_CSL = Form("csl.json", "application/vnd.citationstyles.csl+json", _to_csl, _write_csl)
blueprint = make_blueprint("json", _FORM, _CSL)
blueprint.add_url_rule(f"/search.{_CSL.ending}", "search_csl", partial(answer_search, _CSL))
