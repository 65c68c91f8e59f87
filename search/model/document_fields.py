"""Every field of a document, declared once: its key in records, its label, whether it is searched, and the use of facts.

Converters of records, facts, checks of the configuration, searched text, the document page and exports take what they need
from this table. A new field is a member of `Document`, an entry here and a converter of the indexer; a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from search.model.document import Document


def _nothing(document: Document) -> Iterable[str]:
    return ()


class DocumentField(Struct, frozen=True):
    """One field: its name in records and configurations, and its label on pages and in spreadsheets.

    `texts` gives what is searched of it. `has_several` means that a record states a list. `facts` says what facts from
    elsewhere do with it: `fill` it where the document states nothing, or `add` to it. `keyword` is the facet of its values.
    """

    name: str
    label: str
    texts: Callable[[Document], Iterable[str]] = _nothing
    has_several: bool = False
    facts: Literal["", "fill", "add"] = ""
    keyword: str = ""

    @property
    def is_searched(self) -> bool:
        """Whether its words are searched, as texts of their own or as the values of its facet."""
        return self.texts is not _nothing or bool(self.keyword)


def _section_texts(document: Document) -> Iterable[str]:
    return (text for section in document.sections for text in (section.heading, section.text))


DOCUMENT_FIELDS: tuple[DocumentField, ...] = (
    DocumentField("id", "Identifier"),
    DocumentField("title", "Title", lambda document: (document.title,)),
    DocumentField("title_status", "Title status"),
    DocumentField("subtitle", "Subtitle", lambda document: (document.subtitle,), facts="fill"),
    DocumentField("other_titles", "Other titles", lambda document: document.other_titles, has_several=True, facts="add"),
    DocumentField("summary", "Summary", lambda document: (document.summary,), facts="fill"),
    DocumentField("summary_note", "About the summary", facts="fill"),
    DocumentField("text", "Text", _section_texts),
    DocumentField("sections", "Sections"),
    DocumentField("type", "Type", facts="fill", keyword="type"),
    DocumentField("date", "Date", facts="fill", keyword="year"),
    DocumentField(
        "people",
        "People",
        lambda document: (person.name for person in document.people),
        has_several=True,
        facts="add",
        keyword="people",
    ),
    DocumentField("topics", "Topics", has_several=True, keyword="topic"),
    DocumentField("language", "Language", facts="fill"),
    DocumentField("event", "Event", lambda document: (document.event,), facts="fill"),
    DocumentField("venue", "Published in", lambda document: (document.venue,), facts="fill"),
    DocumentField("place", "Place", lambda document: (document.place,), facts="fill"),
    DocumentField("url", "Address", facts="fill"),
    DocumentField("files", "Files", has_several=True, facts="add"),
    DocumentField("sources", "Sources", has_several=True, facts="add"),
    DocumentField("proposals", "Proposals", facts="add"),
    DocumentField("notes", "Notes", has_several=True, facts="add"),
    DocumentField("rights", "Rights", facts="fill"),
    DocumentField("rights_url", "Rights statement", facts="fill"),
    DocumentField("aliases", "Earlier ids and addresses", has_several=True),
    DocumentField("text_note", "About the text"),
)
"""In the order in which their texts are searched. A phrase never extends from one into the next."""


def fields_by_facts(what: Literal["fill", "add"]) -> tuple[str, ...]:
    """Return the names of the fields that facts fill, or add to."""
    return tuple(field.name for field in DOCUMENT_FIELDS if field.facts == what)


LIST_FIELDS = tuple(field.name for field in DOCUMENT_FIELDS if field.has_several)
"""Fields of which a record states a list; one text is divided, as cells of a spreadsheet are."""


def labels() -> dict[str, str]:
    """Return the label of each field, as pages and spreadsheets show it, by name."""
    return {field.name: field.label for field in DOCUMENT_FIELDS}


_SEARCHED = tuple(field for field in DOCUMENT_FIELDS if field.texts is not _nothing)
_SHORT = tuple((field.name, field.texts) for field in _SEARCHED if field.name not in ("title", "summary", "text"))
_values_of_short = attrgetter(*(name for name, _ in _SHORT))


def list_searched_texts(document: Document) -> list[tuple[str, str]]:
    """Return all searched text of the document as (field, text), without dates and keywords."""
    return [(field.name, text) for field in _SEARCHED for text in field.texts(document)]


def list_short_texts(document: Document) -> list[tuple[str, str]]:
    """Return the same without title, summary, text and empty texts: what a snippet does not show."""
    if not any(_values_of_short(document)):  # as of most documents
        return []
    return [(name, text) for name, texts in _SHORT for text in texts(document) if text]
