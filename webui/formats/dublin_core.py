"""A document in the fifteen elements of simple Dublin Core."""

from __future__ import annotations

from collections.abc import Iterator

from search.citations.item import own_values, role_kind
from search.citations.pieces import one_line
from search.model.document import Document
from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive


def dublin_core(document: Document) -> list[tuple[str, str]]:
    """Return (element, value) pairs, as far as they are known; `title` is the one displayed, dates are EDTF."""
    return [(element, text) for element, value in _elements(document) if (text := one_line(value))]


def _elements(document: Document) -> Iterator[tuple[str, str]]:
    site = archive().config.site
    yield "title", archive().display_title(document)
    yield from (("title", title) for title in (document.subtitle, *document.other_titles))
    yield from _people(document)
    yield from (("subject", archive().fields.keyword["topic"].value_label(topic)) for topic in document.topics)
    yield "description", document.summary
    own = own_values(document, archive().config.own_labels)
    yield from (("description", f"{label}: {words}") for label, words in own)
    yield "publisher", site.publisher
    yield "date", document.date.edtf if document.date else document.date_words
    yield "type", document.type
    yield from (("format", file.media_type) for file in document.files)
    yield "identifier", absolute(document_url(document.id))
    yield from (("identifier", url) for url in dict.fromkeys((document.url, *(file.url for file in document.files))))
    yield "source", document.venue
    yield "language", document.language or archive().config.language
    rights = (document.rights_url, document.rights) if document.rights_url or document.rights else (site.rights,)
    yield from (("rights", words) for words in rights)


def _people(document: Document) -> Iterator[tuple[str, str]]:
    """Yield people: authors as creators, those only mentioned as subjects, all others as contributors."""
    elements = {"author": "creator", "mentioned": "subject"}
    return ((elements.get(role_kind(person.role), "contributor"), person.name) for person in document.people)
