"""What is published, read from the segments when it is asked for: the documents of a large archive would fill the memory."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from itertools import chain, compress

from search.engines.contract import PublishedDocument
from search.engines.whoosh.arrays import Strings
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.model.document import FINGERPRINT_BYTES


class PublishedDocuments(Mapping[str, PublishedDocument]):
    """The live documents of a generation by id, in order of number.

    A corpus is mostly read in the order in which it was published. So an id is compared with the one behind that found before,
    which costs no search. For one thread.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._sources = [[name.decode() for name in Strings(one.arrays, "sources")] for one in snapshot.segments]
        self._expected = 0

    def __getitem__(self, document_id: str) -> PublishedDocument:
        number = self._find(document_id)
        if number < 0:
            raise KeyError(document_id)
        self._expected = number + 1
        at, within = self._snapshot.place_of(number)
        arrays = self._snapshot.segments[at].arrays
        fingerprint = arrays["fingerprints"][FINGERPRINT_BYTES * within : FINGERPRINT_BYTES * (within + 1)].tobytes().hex()
        return PublishedDocument(self._sources[at][arrays["source_of"].item(within)], fingerprint)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(compress(map(bytes.decode, segment.ids), live) for segment, live, _ in self._parts())

    def walk(self) -> Iterator[tuple[str, PublishedDocument]]:
        """Yield each id with what is known of its document."""
        for segment, live, names in self._parts():
            fingerprints = segment.arrays["fingerprints"].tobytes().hex(" ", FINGERPRINT_BYTES).split()
            sources = map(names.__getitem__, segment.arrays["source_of"].tolist())
            known = map(PublishedDocument, sources, fingerprints)
            yield from compress(zip(map(bytes.decode, segment.ids), known, strict=True), live)

    def _parts(self) -> Iterator[tuple[SegmentArrays, list[bool], list[str]]]:
        """Yield each segment, which of its documents are live, and the files that they were read from."""
        for segment, base, names in zip(self._snapshot.segments, self._snapshot.bases, self._sources, strict=True):
            yield segment, self._snapshot.live[base : base + segment.size].tolist(), names

    def __len__(self) -> int:
        return self._snapshot.live_count

    def items(self) -> ItemsView[str, PublishedDocument]:
        """Return ids with what is known of their documents; read in passing, not looked up."""
        return _Items(self)

    def _find(self, document_id: str) -> int:
        expected = self._expected
        if expected < self._snapshot.size and self._snapshot.live[expected]:
            at, within = self._snapshot.place_of(expected)
            if self._snapshot.segments[at].ids[within] == document_id.encode():
                return expected
        return self._snapshot.number_of(document_id)


class _Items(ItemsView[str, PublishedDocument]):
    _mapping: PublishedDocuments

    def __iter__(self) -> Iterator[tuple[str, PublishedDocument]]:
        return self._mapping.walk()
