"""The citation item of a document, from which references are made, and its references in each style."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import current_app

from search.citations.item import Citer, Item
from search.citations.pieces import Pieces
from search.citations.styles import citations
from search.model.document import Document
from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive
from webui.languages import locale_code, translate_label


def item_of(document: Document) -> Item:
    """Return the citation item of a document, in the language of the page."""
    of = archive()
    kind = translate_label(of.fields.keyword["type"].value_label(document.type)) if document.type else ""
    topics = tuple(translate_label(of.fields.keyword["topic"].value_label(topic)) for topic in document.topics)
    title = of.display_title(document, locale_code())
    return _citer().describe(document, title, absolute(document_url(document.id)), kind, topics)


def find_kind(document: Document) -> str:
    """Return the CSL type of a document by its own type alone."""
    return _citer().find_kind(document)


def citations_of(document: Document) -> dict[str, Pieces]:
    """Return the reference in each style (APA, Chicago, MLA), accessed today, as pieces of text, some in italics."""
    return citations(item_of(document), datetime.now(UTC).date())


def _citer() -> Citer:
    """Return the citer of the application, made once."""
    made = current_app.extensions.get("citer") or Citer(archive().config)
    return cast(Citer, current_app.extensions.setdefault("citer", made))
