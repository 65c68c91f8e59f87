"""What RIS and BibTeX both say of a document."""

from __future__ import annotations

import re

from search.model.document import Document
from webui.addresses.request import archive

_AUTHORS = ("author", "principal author", "chief editor", "editor")


def authors(document: Document) -> list[str]:
    """Return the names of those who wrote or edited it."""
    return [person.name for person in document.people if person.role in _AUTHORS]


def publisher(document: Document) -> str:
    """Return who published it, "" where that is not known: what others printed about the institution it did not publish."""
    if document.venue or "coverage" in document.type.lower():
        return document.venue
    return archive().config.site.publisher


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
