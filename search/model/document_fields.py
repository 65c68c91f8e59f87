"""Every field of a document, declared once: how records state it, what is searched, shown and exported, what facts may do.

Converters, facts, checks of the configuration, the searched text, cards, the document's page and exports take what they need
from this table. A new field is a member of `Document` and an entry here; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from search.model.document import Document

ValueKind = Literal["", "line", "lines", "prose", "address", "values"]
"""A text on one line, several of these, a text in paragraphs, a web address, values of a facet; "" for another
converter."""


def _no_values(document: Document) -> Iterable[str]:
    return ()


class DocumentField(Struct, frozen=True):
    """One field, by its name in records and configurations.

    `texts` returns its searched texts. `has_several` is true if a record states a list. `facts` says what facts may do: `fill`
    the field if the document states nothing, or `add` to it. `keyword` is the facet of its values. `label` is its label on
    cards and on the document's page, where a field with `is_row` has a row; `noun` is its name in a sentence.
    """

    name: str
    value: ValueKind = ""
    texts: Callable[[Document], Iterable[str]] = _no_values
    label: str = ""
    noun: str = ""
    has_several: bool = False
    facts: Literal["", "fill", "add"] = ""
    keyword: str = ""
    is_row: bool = False
    is_exported: bool = True

    @property
    def is_searched(self) -> bool:
        """Whether its words are searched, as texts of their own or as the values of its facet."""
        return self.texts is not _no_values or bool(self.keyword)

    @property
    def chunk(self) -> str:
        """The name under which its words are searched and weighted: that of the facet for types and topics."""
        return self.keyword if self.keyword in ("type", "topic") else self.name


DOCUMENT_FIELDS: tuple[DocumentField, ...] = (
    DocumentField("id", label="Identifier", noun="identifier"),
    DocumentField("title", "line", lambda document: (document.title,)),
    DocumentField("title_status", noun="title status"),
    DocumentField("subtitle", "line", lambda document: (document.subtitle,), "Subtitle", facts="fill"),
    DocumentField(
        "other_titles",
        "lines",
        lambda document: document.other_titles,
        "Also titled",
        "other titles",
        has_several=True,
        facts="add",
        is_row=True,
    ),
    DocumentField("summary", "prose", lambda document: (document.summary,), facts="fill"),
    DocumentField("summary_note", "line", noun="note on the summary", facts="fill", is_exported=False),
    DocumentField("text", "prose", lambda document: document.section_texts, is_exported=False),
    DocumentField("sections", noun="text", is_exported=False),
    DocumentField("type", "line", label="Type", facts="fill", keyword="type"),
    DocumentField("date", label="Date", facts="fill", keyword="year"),
    DocumentField(
        "people",
        texts=lambda document: (person.name for person in document.people),
        label="Person",
        has_several=True,
        facts="add",
        keyword="people",
    ),
    DocumentField("topics", "values", label="Topic", has_several=True, keyword="topic"),
    DocumentField("language", "line", facts="fill"),
    DocumentField("event", "line", lambda document: (document.event,), "Event", facts="fill", is_row=True),
    DocumentField("venue", "line", lambda document: (document.venue,), "Published by", "publisher", facts="fill", is_row=True),
    DocumentField("place", "line", lambda document: (document.place,), "Place", facts="fill", is_row=True),
    DocumentField("url", "address", noun="address", facts="fill"),
    DocumentField("files", has_several=True, facts="add", is_exported=False),
    DocumentField("sources", has_several=True, facts="add", is_exported=False),
    DocumentField("proposals", facts="add", is_exported=False),
    DocumentField("notes", "lines", has_several=True, facts="add", is_exported=False),
    DocumentField("rights", facts="fill"),
    DocumentField("rights_url", "address", noun="rights statement", facts="fill"),
    DocumentField("aliases", "lines", noun="earlier addresses", has_several=True, is_exported=False),
    DocumentField("text_note", "line", noun="note on the text", is_exported=False),
)
"""In the order in which their texts are searched. A phrase never extends from one into the next."""


def fields_by_facts(what: Literal["fill", "add"]) -> tuple[str, ...]:
    """Return the names of the fields that facts fill, or add to."""
    return tuple(field.name for field in DOCUMENT_FIELDS if field.facts == what)


LIST_FIELDS = tuple(field.name for field in DOCUMENT_FIELDS if field.has_several)
"""Fields with a list of values; a single text, as in a cell of a spreadsheet, is divided at its semicolons."""


_SEARCHED = tuple(field for field in DOCUMENT_FIELDS if field.texts is not _no_values)
_SHORT = tuple((field.name, field.texts) for field in _SEARCHED if field.name not in ("title", "summary", "text"))
_values_of_short = attrgetter(*(name for name, _ in _SHORT))


def list_searched_texts(document: Document) -> list[tuple[str, str]]:
    """Return all searched text of the document as (field, text), without dates and keywords."""
    return [(field.name, text) for field in _SEARCHED for text in field.texts(document)]


def list_short_texts(document: Document) -> list[tuple[str, str]]:
    """Return the searched texts that no snippet shows, as (field, text): all but title, summary, text and empty ones."""
    if not any(_values_of_short(document)):  # as of most documents
        return []
    return [(name, text) for name, texts in _SHORT for text in texts(document) if text]
