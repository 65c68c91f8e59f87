"""Every field of a document, declared once: its key in records, what is searched of it, and what facts do with it.

Facts, checks of the configuration and the searched text take what they need from this table. A new field is a member of
`Document`, an entry here and a converter of the indexer; a test compares them.
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
    """One field, by its name in records and configurations.

    `texts` gives what is searched of it. `has_several` means that a record states a list. `facts` says what facts from
    elsewhere do with it: `fill` it where the document states nothing, or `add` to it. `keyword` is the facet of its values.
    """

    name: str
    texts: Callable[[Document], Iterable[str]] = _nothing
    has_several: bool = False
    facts: Literal["", "fill", "add"] = ""
    keyword: str = ""

    @property
    def is_searched(self) -> bool:
        """Whether its words are searched, as texts of their own or as the values of its facet."""
        return self.texts is not _nothing or bool(self.keyword)


DOCUMENT_FIELDS: tuple[DocumentField, ...] = (
    DocumentField("id"),
    DocumentField("title", lambda document: (document.title,)),
    DocumentField("title_status"),
    DocumentField("subtitle", lambda document: (document.subtitle,), facts="fill"),
    DocumentField("other_titles", lambda document: document.other_titles, has_several=True, facts="add"),
    DocumentField("summary", lambda document: (document.summary,), facts="fill"),
    DocumentField("summary_note", facts="fill"),
    DocumentField("text", lambda document: document.section_texts),
    DocumentField("sections"),
    DocumentField("type", facts="fill", keyword="type"),
    DocumentField("date", facts="fill", keyword="year"),
    DocumentField(
        "people",
        lambda document: (person.name for person in document.people),
        has_several=True,
        facts="add",
        keyword="people",
    ),
    DocumentField("topics", has_several=True, keyword="topic"),
    DocumentField("language", facts="fill"),
    DocumentField("event", lambda document: (document.event,), facts="fill"),
    DocumentField("venue", lambda document: (document.venue,), facts="fill"),
    DocumentField("place", lambda document: (document.place,), facts="fill"),
    DocumentField("url", facts="fill"),
    DocumentField("files", has_several=True, facts="add"),
    DocumentField("sources", has_several=True, facts="add"),
    DocumentField("proposals", facts="add"),
    DocumentField("notes", has_several=True, facts="add"),
    DocumentField("rights", facts="fill"),
    DocumentField("rights_url", facts="fill"),
    DocumentField("aliases", has_several=True),
    DocumentField("text_note"),
)
"""In the order in which their texts are searched. A phrase never extends from one into the next."""


def fields_by_facts(what: Literal["fill", "add"]) -> tuple[str, ...]:
    """Return the names of the fields that facts fill, or add to."""
    return tuple(field.name for field in DOCUMENT_FIELDS if field.facts == what)


LIST_FIELDS = tuple(field.name for field in DOCUMENT_FIELDS if field.has_several)
"""Fields of which a record states a list; one text is divided, as cells of a spreadsheet are."""


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
