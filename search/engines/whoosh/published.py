"""Read published documents from the segments one by one, since those of a large archive would fill the memory."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Sequence
from itertools import chain, compress

import numpy as np

from search.engines.published import Published, PublishedDocument
from search.engines.whoosh.arrays import Array, Strings, concatenate, find_equal_rows
from search.engines.whoosh.snapshot import Snapshot
from search.model.document import FINGERPRINT_BYTES


class PublishedDocuments(Published):
    """The live documents of a generation by id, in order of number."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._sources = [[name.decode() for name in Strings(one.arrays, "sources")] for one in snapshot.segments]

    def __getitem__(self, document_id: str) -> PublishedDocument:
        number = self._snapshot.number_of(document_id)
        if number < 0:
            raise KeyError(document_id)
        return self._at(number)[1]

    def _at(self, number: int) -> tuple[str, PublishedDocument]:
        at, within = self._snapshot.place_of(number)
        segment = self._snapshot.segments[at]
        source = self._sources[at][segment.arrays["source_of"].item(within)]
        fingerprint = _rows_of(segment.arrays["fingerprints"])[within].tobytes().hex()
        return segment.ids[within].decode(), PublishedDocument(source, fingerprint)

    def __iter__(self) -> Iterator[str]:
        together = zip(self._snapshot.segments, self._snapshot.split(self._snapshot.live), strict=True)
        return map(bytes.decode, chain.from_iterable(compress(segment.ids, live.tolist()) for segment, live in together))

    def __len__(self) -> int:
        return self._snapshot.live_count

    def items(self) -> ItemsView[str, PublishedDocument]:
        """Return ids with what is known of their documents, read one after the other instead of looked up."""
        return dict(map(self._at, np.flatnonzero(self._snapshot.live).tolist())).items()

    def compare(self, fingerprints: bytes) -> tuple[Sequence[int], dict[str, PublishedDocument]]:
        """Compare all documents at once: to look at each takes seconds where there are a million."""
        others, live = _rows_of(np.frombuffer(fingerprints, np.uint8)), np.flatnonzero(self._snapshot.live)
        own = _rows_of(concatenate([segment.arrays["fingerprints"] for segment in self._snapshot.segments]))[live]
        are_known, are_wanted = find_equal_rows(others, own)
        missing: list[int] = np.flatnonzero(~are_known).tolist()
        return missing, dict(map(self._at, live[~are_wanted].tolist()))


def _rows_of(fingerprints: Array) -> Array:
    """Return fingerprints as rows of whole numbers."""
    return fingerprints.view(np.uint64).reshape(-1, FINGERPRINT_BYTES // 8)
