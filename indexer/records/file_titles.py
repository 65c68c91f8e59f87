"""Titles and authors of PDF and Word files, chosen once all files are read: what several files share is from a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from indexer.readers.file_records import FROM_METADATA
from indexer.spooled_documents import SpooledDocuments
from search.model.document import Document
from search.text.analysis import fold_value

_FEWEST_FILES = 3
_MOST = 0.5
"""The share of a source's files above which an author is taken for the owner of the computer."""


def choose_titles(documents: SpooledDocuments, hints: Mapping[str, Mapping[str, Any]]) -> None:
    """Give each document of a file the best title that no other file's metadata has, and a note with the title's source.

    `hints` are the hints of one source's records by document id. Titles and authors that an editor stated stay.
    """
    present = [name for name, hint in hints.items() if hint.get("titles")]
    titles = Counter(fold_value(title) for name in present for title, source in hints[name]["titles"] if source == FROM_METADATA)
    people = Counter(tuple(hints[name].get("people", ())) for name in present)
    for name in present:
        documents[name] = _choose_title(documents[name], hints[name], titles, people, len(present))


def _choose_title(
    document: Document, hints: Mapping[str, Any], titles: Counter[str], people: Counter[tuple[str, ...]], files: int
) -> Document:
    candidates = hints["titles"]
    if document.title == candidates[0][0]:
        title, source = next(
            (title, source)
            for title, source in candidates
            if source != FROM_METADATA or titles[fold_value(title)] == 1 or len(candidates) == 1
        )
        document = replace(document, title=title, notes=(*document.notes, f"The title is from {source}."))
    authors = tuple(hints.get("people", ()))
    is_shared = files >= _FEWEST_FILES and people[authors] > _MOST * files
    if authors and is_shared and tuple(person.name for person in document.people) == authors:
        document = replace(document, people=())
    return document
