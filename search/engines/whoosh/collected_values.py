"""The values of a keyword field while a segment is collected: packed, because there may be more of them than documents."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np

from search.engines.whoosh.arrays import Array, pack_strings, to_smallest_type


class CollectedValues:
    """Values with the documents that have them. A value may be added again, with later documents."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._docs = array("I")
        self._counts = array("I")

    def add(self, value: str, docs: Sequence[int]) -> None:
        """Add a value of some documents, in ascending order."""
        self._bytes += value.encode()
        self._ends.append(len(self._bytes))
        self._docs.extend(docs)
        self._counts.append(len(docs))

    def arrays(self, name: str) -> Mapping[str, Array]:
        """Return the values in order and the documents of each as arrays whose names begin with `name`."""
        packed = bytes(self._bytes)
        added = [packed[start:end] for start, end in zip(self._ends, self._ends[1:], strict=False)]
        order = sorted(range(len(added)), key=added.__getitem__)
        values: list[bytes] = []
        numbers = np.empty(len(added), dtype=np.uint32)
        for place in order:
            if not values or values[-1] != added[place]:
                values.append(added[place])
            numbers[place] = len(values) - 1
        owners = numbers.repeat(np.frombuffer(self._counts, dtype=np.uint32)) if added else numbers
        docs = np.frombuffer(self._docs, dtype=np.uint32)[np.argsort(owners, kind="stable")] if added else numbers
        starts = np.concatenate([[0], np.bincount(owners, minlength=len(values)).cumsum()])
        return pack_strings(name, values) | {f"{name}.starts": to_smallest_type(starts), f"{name}.docs": to_smallest_type(docs)}
