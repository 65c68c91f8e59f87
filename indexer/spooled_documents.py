"""Documents that were read, in a spool: all of them by id, and all in their final form."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import overload

import msgspec
from msgspec.structs import replace

from indexer.read_documents import HAS_ALIASES, HAS_FILES, HAS_LINKS, ReadDocument, encode_read
from indexer.readers.record import Place
from indexer.spool import Spool
from search.model.document import Document


class DocumentAddress(msgspec.Struct, frozen=True):
    """The id of a document, the file it was read from, and its address on the web."""

    id: str
    source_path: str = ""
    url: str = ""


class _ReadAddress(msgspec.Struct, frozen=True):
    document: DocumentAddress


class _Unopened(Document, frozen=True):
    """A document whose sections are not decoded, since that is most of the time decoding takes."""

    sections: msgspec.Raw = msgspec.Raw(b"\x90")  # type: ignore[assignment]


class _ReadUnopened(msgspec.Struct, frozen=True):
    document: _Unopened


_decoder = msgspec.msgpack.Decoder(ReadDocument)
_address_decoder, _unopened_decoder = msgspec.msgpack.Decoder(_ReadAddress), msgspec.msgpack.Decoder(_ReadUnopened)
_HELD_KEYS = tuple(map(msgspec.msgpack.encode, ("sha256", "picture")))
"""The encoded keys of a held file. A key without a value is not written."""
Change = Callable[[Document], Document]


class _Store:
    """Documents by their places in a spool, each with the changes that it is given when it is read."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self.changes: dict[int, tuple[Change, ...]] = {}

    def add(self, read: ReadDocument) -> int:
        """Write a document; return its place."""
        return self.spool.add(encode_read(read))

    def read(self, place: int) -> ReadDocument:
        """Return the document that is at a place."""
        read = _decoder.decode(self.spool.read(place))
        for change in self.changes.get(place, ()):
            read = replace(read, document=change(read.document))
        return read


class SpooledDocuments(MutableMapping[str, Document]):
    """The documents of all files by id, in the order they were added. They stay in the spool; each access decodes one."""

    def __init__(self, spool: Spool) -> None:
        self._store = _Store(spool)
        self._places: dict[str, int] = {}
        self._marked: dict[int, list[str]] = {mark: [] for mark in (HAS_LINKS, HAS_FILES, HAS_ALIASES)}
        self._last: tuple[int, ReadDocument] | None = None
        """The place and the value of the document read last: a document is usually changed right after it was read."""

    def add(self, document_id: str, place: int, marks: int) -> None:
        """Add the document that is at a place of the spool."""
        self._places[document_id] = place
        for mark, ids in self._marked.items() if marks else ():
            if marks & mark:
                ids.append(document_id)

    def read(self, document_id: str) -> ReadDocument:
        """Return a document, and where its values are."""
        return self.read_at(self._places[document_id])

    def read_at(self, place: int) -> ReadDocument:
        """Return the document that is at a place of the spool."""
        if self._last is None or self._last[0] != place:
            self._last = place, self._store.read(place)
        return self._last[1]

    def change_when_read(self, document_id: str, change: Change) -> None:
        """Have a document changed whenever it is read: most commands read few, and each document is decoded once for all its
        changes. The id, the addresses and all that has marks must stay as they are.
        """
        place = self._places[document_id]
        self._store.changes[place] = (*self._store.changes.get(place, ()), change)
        self._last = None

    def list_addresses(self) -> Iterator[DocumentAddress]:
        """Yield the addresses of all documents, without decoding the rest of them."""
        for place in self._places.values():
            yield _address_decoder.decode(self._store.spool.read(place)).document

    def list_without_text(self) -> Iterator[tuple[str, Document]]:
        """Yield the id of every document and the document without its sections."""
        for name, place in self._places.items():
            yield name, _unopened_decoder.decode(self._store.spool.read(place)).document

    def list_marked(self, mark: int) -> Sequence[str]:
        """Return the ids of the documents that had this mark when they were added."""
        return self._marked[mark]

    def __getitem__(self, document_id: str) -> Document:
        return self.read(document_id).document

    def __setitem__(self, document_id: str, document: Document) -> None:
        read = replace(self.read(document_id), document=document)
        self._places[document_id] = self._store.add(read)
        self._last = self._places[document_id], read

    def __delitem__(self, document_id: str) -> None:
        del self._places[document_id]

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def finish(self) -> FinishedDocuments:
        """Return the documents as they are now."""
        return FinishedDocuments(self._store, list(self._places), array("Q", self._places.values()))


class FinishedDocuments(Sequence[Document]):
    """Documents in order. They stay in the spool: each access decodes one. Their ids are in memory."""

    def __init__(self, store: _Store, ids: Sequence[str], places: array[int]) -> None:
        self._store = store
        self._places = places
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

    def with_files(self) -> Iterator[Document]:
        """Yield the documents that may name a held file or a picture, without decoding the others."""
        for place in self._places:
            encoded = self._store.spool.read(place)
            if any(key in encoded for key in _HELD_KEYS):
                yield self._store.read(place).document

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
