"""When the documents of an archive changed, packed: read from a mapped file, so that a million take no memory of a process."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

Times = tuple[str, str]
"""The times of the first and of the last change of a document."""


class PackedChanges(Struct, frozen=True, array_like=True):
    """The ids in their order, one after the other, and where each ends; for each the numbers of its two times."""

    ids: memoryview
    ends: memoryview
    firsts: memoryview
    lasts: memoryview
    times: tuple[str, ...]


class Changes(Mapping[str, Times]):
    """The times of each document, in order of id."""

    def __init__(self, packed: PackedChanges) -> None:
        self.packed = packed
        self._ends = packed.ends.cast("Q")
        self._firsts, self._lasts = packed.firsts.cast("I"), packed.lasts.cast("I")

    @classmethod
    def pack(cls, changes: Iterable[tuple[str, Times]]) -> Changes:
        """Return the times of documents, which come in order of id."""
        ids, ends, firsts, lasts = bytearray(), array("Q"), array("I"), array("I")
        numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
        for document_id, (first, last) in changes:
            ids += document_id.encode()
            ends.append(len(ids))
            firsts.append(numbers[first])
            lasts.append(numbers[last])
        own = (memoryview(column).cast("B") for column in (ends, firsts, lasts))
        return cls(PackedChanges(memoryview(ids), next(own), next(own), next(own), tuple(numbers)))

    def __getitem__(self, document_id: str) -> Times:
        wanted = document_id.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self)), wanted, key=self._id)
        if number == len(self) or self._id(number) != wanted:
            raise KeyError(document_id)
        return self._times(number)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return (str(self.packed.ids[start:end], "utf-8") for start, end in pairwise((0, *self._ends)))

    def items(self) -> ItemsView[str, Times]:
        """Return ids with their times; read in passing, not looked up."""
        return _Items(self)

    def first_times(self) -> list[str]:
        """Return the different times of first changes."""
        return [self.packed.times[number] for number in set(self._firsts)]

    def last_times(self) -> list[str]:
        """Return the different times of last changes."""
        return [self.packed.times[number] for number in set(self._lasts)]

    def _id(self, number: int) -> bytes:
        return bytes(self.packed.ids[self._ends[number - 1] if number else 0 : self._ends[number]])

    def _times(self, number: int) -> Times:
        return self.packed.times[self._firsts[number]], self.packed.times[self._lasts[number]]


class _Items(ItemsView[str, Times]):
    _mapping: Changes

    def __iter__(self) -> Iterator[tuple[str, Times]]:
        changes = self._mapping
        return ((document_id, changes._times(number)) for number, document_id in enumerate(changes))


NO_CHANGES = Changes.pack(())
