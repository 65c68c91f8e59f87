"""What reading files gives: documents with what is known beside them, and what there is to say of a file."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from indexer.readers.record import Place
from search.errors import Problem
from search.model.document import Document


class ReadDocument(Struct, frozen=True, omit_defaults=True):
    """A document as its file states it, where its values are, and what its reader said beside: see `Record`.

    `words` counts those of the text of a page or file from which words may be left out.
    """

    document: Document
    place: Place
    words: int = 0
    words_left_out: int = 0
    is_guessed: bool = False
    hints: dict[str, Any] = {}


class FileReading(Struct, frozen=True, omit_defaults=True):
    """What reading one file gave.

    `records` counts documents, drafts and what a mistake left out. `left_out` are the ids of drafts and of records with a
    mistake, `mistaken` of the latter alone, "" for an id that is not known. `found_keys` are the mapped keys that some record
    had, `seen_keys` the file's own keys. Where `is_bad`, a mistake names no document, so it may have cost any. A reading with
    `valid_until` (an ISO date) is out of date from that day on.
    """

    documents: tuple[ReadDocument, ...] = ()
    problems: tuple[Problem, ...] = ()
    records: int = 0
    drafts: int = 0
    left_out: frozenset[str] = frozenset()
    mistaken: frozenset[str] = frozenset()
    found_keys: frozenset[str] = frozenset()
    seen_keys: frozenset[str] = frozenset()
    is_bad: bool = False
    valid_until: str = ""
