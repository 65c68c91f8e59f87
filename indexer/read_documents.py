"""What reading a file gives: its documents, the reader's notes on them, and the problems of the file."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from indexer.readers.record import Place
from search.errors import Problem
from search.model.document import Document


class ReaderNotes(Struct, frozen=True, omit_defaults=True):
    """Where a document's values are in its file, and what its reader noted: see `Record`.

    `words` is the number of words in its text; counted only where a reader omitted some or had to guess the text.
    """

    place: Place
    words: int = 0
    words_left_out: int = 0
    is_guessed: bool = False
    hints: dict[str, Any] = {}


class ReadDocument(Struct, frozen=True, omit_defaults=True):
    """A document as its file states it, with its reader's notes."""

    document: Document
    notes: ReaderNotes


class FileReading(Struct, frozen=True, omit_defaults=True):
    """What reading one file gave.

    `records` counts documents, drafts and what a mistake left out. `unpublished` are the ids of drafts and of records with a
    mistake, `mistaken` of the latter alone, "" for an id that is not known. `found_keys` are the mapped keys that some record
    had, `seen_keys` the file's own keys. Where `is_bad`, a mistake names no document, so it may have cost any. A reading with
    `valid_until` (an ISO date) is out of date from that day on.
    """

    documents: tuple[ReadDocument, ...] = ()
    problems: tuple[Problem, ...] = ()
    records: int = 0
    drafts: int = 0
    unpublished: frozenset[str] = frozenset()
    mistaken: frozenset[str] = frozenset()
    found_keys: frozenset[str] = frozenset()
    seen_keys: frozenset[str] = frozenset()
    is_bad: bool = False
    valid_until: str = ""
