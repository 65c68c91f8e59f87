"""The result of reading a file: its documents, in a spool; the reader's notes on them; and the problems of the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from indexer.readers.record import Place
from indexer.spool import Spool
from search.errors import Problem
from search.model.document import FINGERPRINT_BYTES, Document, encode_document, fingerprint

HAS_LINKS, HAS_FILES, HAS_ALIASES = 1, 2, 4
"""Marks of the few documents that have links in their text, files, or aliases."""


class ReadDocument(Struct, frozen=True, omit_defaults=True):
    """A document as its file states it, and the lines of its values."""

    document: Document
    place: Place


class ReaderNotes(Struct, frozen=True, omit_defaults=True):
    """Notes of a document's reader (see `Record`), which are read without decoding the document.

    `words` is the number of words in its text as it was read. `lines` are the hashes of its lines (see `hash_lines`) if lines
    that other pages share are to be removed (`is_guessed`).
    """

    file: str
    words: int = 0
    words_left_out: int = 0
    is_guessed: bool = False
    hints: dict[str, Any] = {}
    lines: tuple[bytes, ...] = ()


class KeptDocuments(Struct, array_like=True):
    """What is kept of the documents of one file, so that most of them need not be decoded to find what has changed.

    The id of each, its place in the spool, its marks (`HAS_LINKS`, ...) and its fingerprint; by its number the notes of its
    reader, if there are any. `values` counts the documents that state each value of each keyword field.
    """

    ids: list[str] = []
    places: list[int] = []
    marks: bytearray = msgspec.field(default_factory=bytearray)
    fingerprints: bytearray = msgspec.field(default_factory=bytearray)
    values: dict[str, dict[str, int]] = {}
    notes: dict[int, ReaderNotes] = {}

    def add(self, spool: Spool, read: ReadDocument, notes: ReaderNotes | None = None, own_facets: Collection[str] = ()) -> None:
        """Keep a document. `own_facets` are the archive's own fields whose values are counted."""
        document = read.document
        has_links = bool([1 for section in document.sections if section.links])
        has_files = bool(document.files or (notes and "file" in notes.hints))
        if notes is not None:
            self.notes[len(self.ids)] = notes
        self.ids.append(document.id)
        self.places.append(spool.add(encode_read(read)))
        self.marks.append(HAS_LINKS * has_links | HAS_FILES * has_files | HAS_ALIASES * bool(document.aliases))
        self.fingerprints += bytes.fromhex(fingerprint(encode_document(document)))
        for field, value in list_values(document, own_facets):
            known = self.values.setdefault(field, {})
            known[value] = known.get(value, 0) + 1

    def fingerprint(self, number: int) -> bytes:
        """Return the fingerprint of a document."""
        return bytes(self.fingerprints[number * FINGERPRINT_BYTES : (number + 1) * FINGERPRINT_BYTES])


class FileReading(Struct, frozen=True, omit_defaults=True):
    """What reading one file gave.

    `records` counts documents, drafts and what a mistake left out. `unpublished` are the ids of drafts and of records with a
    mistake, `mistaken` of the latter alone, "" for an id that is not known. `found_keys` are the mapped keys that some record
    had, `seen_keys` the file's own keys. Where `is_bad`, a mistake names no document, so it may have cost any. A reading with
    `valid_until` (an ISO date) is out of date from that day on.
    """

    documents: KeptDocuments
    problems: tuple[Problem, ...] = ()
    records: int = 0
    drafts: int = 0
    unpublished: frozenset[str] = frozenset()
    mistaken: frozenset[str] = frozenset()
    found_keys: frozenset[str] = frozenset()
    seen_keys: frozenset[str] = frozenset()
    is_bad: bool = False
    valid_until: str = ""

    def move(self, read: Callable[[int], bytes], write: Callable[[bytes], int]) -> FileReading:
        """Write each document elsewhere; return the reading with their new places."""
        places = [write(read(place)) for place in self.documents.places]
        return replace(self, documents=replace(self.documents, places=places))


def list_values(document: Document, own_facets: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the values that a document states whose spelling is checked, each after the name of its keyword field."""
    if document.type:
        yield "type", document.type
    for topic in document.topics:
        yield "topic", topic
    for name in dict.fromkeys(person.name for person in document.people):
        yield "people", name
    for field, values in document.extra:
        if field in own_facets:
            yield from ((field, value) for value in values)


encode_read: Callable[[ReadDocument], bytes] = msgspec.msgpack.Encoder().encode
"""Returns a document and its places as MessagePack."""
