"""Documents that were read, in a spool: all of them by id, and all in their final form."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import overload

import msgspec
from msgspec.structs import replace

from indexer.read_documents import (
    HAS_ALIASES,
    HAS_FILES,
    HAS_LINKS,
    KeptDocuments,
    ReadDocument,
    encode_read,
    list_values,
)
from indexer.readers.record import Place
from indexer.spool import Spool
from search.model.document import FINGERPRINT_BYTES, Document, encode_document, fingerprint


class DocumentAddress(msgspec.Struct, frozen=True):
    """The id of a document, the file it was read from, and its address on the web."""

    id: str
    source_path: str = ""
    url: str = ""


class _ReadAddress(msgspec.Struct, frozen=True):
    document: DocumentAddress


class _Unopened(Document, frozen=True):
    """A document without its sections decoded, which would take most of the time."""

    sections: msgspec.Raw = msgspec.Raw(b"\x90")  # type: ignore[assignment]


class _ReadUnopened(msgspec.Struct, frozen=True):
    document: _Unopened


_decoder = msgspec.msgpack.Decoder(ReadDocument)
_address_decoder, _unopened_decoder = msgspec.msgpack.Decoder(_ReadAddress), msgspec.msgpack.Decoder(_ReadUnopened)
Change = Callable[[Document], Document]


class _Store:
    """Documents by their places in a spool, and the changes made to each when it is read."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self.changes: dict[int, tuple[Change, ...]] = {}
        self.with_files: set[int] = set()
        """The places of documents that have files, or may get some."""
        self.revised: set[int] = set()
        """The places of documents that are no longer as their file states them."""

    def add(self, read: ReadDocument) -> int:
        """Write a document; return its place."""
        place = self.spool.add(encode_read(read))
        if read.document.files:
            self.with_files.add(place)
        self.revised.add(place)
        return place

    def read(self, place: int) -> ReadDocument:
        """Return the document that is at a place."""
        read = _decoder.decode(self.spool.read(place))
        for change in self.changes.get(place, ()):
            read = replace(read, document=change(read.document))
        return read


class SpooledDocuments(Mapping[str, Document]):
    """The documents of all files by id, in the order they were added. They stay in the spool; each access decodes one."""

    def __init__(self, spool: Spool, own_facets: Collection[str] = ()) -> None:
        self._store = _Store(spool)
        self._own_facets = own_facets
        self._places: dict[str, int] = {}
        self._fingerprints = bytearray()
        self._files: list[tuple[int, KeptDocuments]] = []
        """The documents of each file, with the number of the first of them here."""
        self._outdated: list[int] = []
        """The places of documents that were replaced, or not added, because another has their id."""
        self._replaced: set[str] = set()
        self._marked: dict[int, list[str]] = {mark: [] for mark in (HAS_LINKS, HAS_FILES, HAS_ALIASES)}
        self._last: tuple[int, ReadDocument] | None = None
        """The place and the value of the document read last, since a document is usually changed directly after."""

    def add(self, kept: KeptDocuments) -> list[int]:
        """Add the documents of a file, except those with an id already added; return the places of these."""
        self._files.append((len(self._places), kept))
        repeated: list[int] = []
        if self._places.keys().isdisjoint(kept.ids) and len(set(kept.ids)) == len(kept.ids):
            self._places.update(zip(kept.ids, kept.places, strict=True))
            self._fingerprints += kept.fingerprints
        else:
            for number, (name, place) in enumerate(zip(kept.ids, kept.places, strict=True)):
                if self._places.setdefault(name, place) == place:
                    self._fingerprints += kept.fingerprint(number)
                else:
                    repeated.append(place)
        for number, marks in enumerate(kept.marks):
            if marks and self._places[kept.ids[number]] == kept.places[number]:
                self._mark(kept.ids[number], marks)
        self._outdated += repeated
        return repeated

    def _mark(self, document_id: str, marks: int) -> None:
        for mark, ids in self._marked.items():
            if marks & mark:
                ids.append(document_id)
        if marks & HAS_FILES:
            self._store.with_files.add(self._places[document_id])

    def read(self, document_id: str) -> ReadDocument:
        """Return a document, and where its values are."""
        return self.read_at(self._places[document_id])

    def read_at(self, place: int) -> ReadDocument:
        """Return the document that is at a place of the spool."""
        if self._last is None or self._last[0] != place:
            self._last = place, self._store.read(place)
        return self._last[1]

    def change_when_read(self, document_id: str, change: Change) -> None:
        """Apply a change to a document whenever it is read: most commands read few documents, and each is decoded only once.

        A change must keep the id, the addresses, the values of keyword fields and whatever has marks.
        """
        place = self._places[document_id]
        self._store.changes[place] = (*self._store.changes.get(place, ()), change)
        self._store.revised.add(place)
        self._last = None

    def list_addresses(self) -> Iterator[DocumentAddress]:
        """Yield the addresses of all documents, without decoding the rest of them."""
        for place in self._places.values():
            yield _address_decoder.decode(self._store.spool.read(place)).document

    def count_values(self) -> Mapping[str, Counter[str]]:
        """Return how many documents state each value, by keyword field."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for _, kept in self._files:
            for field, values in kept.values.items():
                counts[field].update(values)
        for field, value in self._values_at(self._outdated):
            counts[field][value] -= 1
        for field, value in self._values_at(self._places[name] for name in self._replaced):
            counts[field][value] += 1
        return {field: +values for field, values in counts.items()}

    def find_first(self, wanted: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        """Return the id of the first document that states each of these values of keyword fields."""
        found: dict[tuple[str, str], str] = {}
        ids = list(self._places) if wanted else []
        for number, (start, kept) in enumerate(self._files):
            missing = {one for one in wanted if one not in found}
            stop = self._files[number + 1][0] if number + 1 < len(self._files) else len(ids)
            is_stated = any(value in kept.values.get(field, ()) for field, value in missing)
            if is_stated or not self._replaced.isdisjoint(ids[start:stop]):
                for name in ids[start:stop]:
                    for value in missing.intersection(self._values_at((self._places[name],))):
                        found.setdefault(value, name)
        return found

    def _values_at(self, places: Iterable[int]) -> Iterator[tuple[str, str]]:
        for place in places:
            document = _unopened_decoder.decode(self._store.spool.read(place)).document
            yield from list_values(document, self._own_facets)

    def list_marked(self, mark: int) -> Sequence[str]:
        """Return the ids of the documents that had this mark when they were added."""
        return self._marked[mark]

    def __getitem__(self, document_id: str) -> Document:
        return self.read(document_id).document

    def __setitem__(self, document_id: str, document: Document) -> None:
        read = replace(self.read(document_id), document=document)
        if document_id not in self._replaced:
            self._replaced.add(document_id)
            self._outdated.append(self._places[document_id])
        self._places[document_id] = self._store.add(read)
        self._last = self._places[document_id], read

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def finish(self) -> FinishedDocuments:
        """Return the documents as they are now."""
        return FinishedDocuments(self._store, list(self._places), array("Q", self._places.values()), bytes(self._fingerprints))


class FinishedDocuments(Sequence[Document]):
    """Documents in order. They stay in the spool: each access decodes one. Their ids are in memory."""

    def __init__(self, store: _Store, ids: Sequence[str], places: array[int], fingerprints: bytes = b"") -> None:
        self._store = store
        self._places = places
        self._fingerprints = fingerprints
        self.ids = ids

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> FinishedDocuments: ...
    def __getitem__(self, index: int | slice) -> Document | FinishedDocuments:
        if isinstance(index, slice):
            return FinishedDocuments(self._store, self.ids[index], self._places[index])
        return self._store.read(self._places[index]).document

    def __iter__(self) -> Iterator[Document]:
        return (self._store.read(place).document for place in self._places)

    def known_fingerprints(self) -> bytes:
        """Return the fingerprints of all documents, one after the other; zeros for one that is not as its file states it."""
        known = bytearray(self._fingerprints or bytes(FINGERPRINT_BYTES * len(self)))
        for number, place in enumerate(self._places if self._store.revised else ()):
            if place in self._store.revised:
                known[number * FINGERPRINT_BYTES : (number + 1) * FINGERPRINT_BYTES] = bytes(FINGERPRINT_BYTES)
        return bytes(known)

    def fingerprint(self, number: int) -> str:
        """Return the fingerprint of a document, decoded only if it is not as its file states it."""
        if self._fingerprints and self._places[number] not in self._store.revised:
            return self._fingerprints[number * FINGERPRINT_BYTES : (number + 1) * FINGERPRINT_BYTES].hex()
        return fingerprint(encode_document(self[number]))

    def with_files(self) -> Iterator[Document]:
        """Yield the documents that may have files, without decoding the others."""
        places = self._places if self._store.with_files else ()
        return (self._store.read(place).document for place in places if place in self._store.with_files)

    def pick(self, numbers: Sequence[int]) -> FinishedDocuments:
        """Return the documents with these numbers."""
        places = array("Q", [self._places[number] for number in numbers])
        return FinishedDocuments(self._store, [self.ids[number] for number in numbers], places)

    def with_others(self, documents: Sequence[Document]) -> FinishedDocuments:
        """Return these documents followed by others."""
        places = [self._store.add(ReadDocument(document, Place("", 0))) for document in documents]
        return FinishedDocuments(
            self._store, [*self.ids, *(document.id for document in documents)], array("Q", [*self._places, *places])
        )
