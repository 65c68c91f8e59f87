"""When the documents of an archive changed, packed: read from a mapped file, so that a million take no memory of a process."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

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
        return cls._from_columns(ids, ends, firsts, lasts, tuple(numbers))

    @classmethod
    def _from_columns(
        cls, ids: bytes | bytearray, ends: array[int], firsts: array[int], lasts: array[int], times: tuple[str, ...]
    ) -> Changes:
        own = (memoryview(column).cast("B") for column in (ends, firsts, lasts))
        return cls(PackedChanges(memoryview(ids), next(own), next(own), next(own), times))

    def carry_over(self, ids: Sequence[str], changed: Collection[str], now: str) -> Changes:
        """Return the times of the documents with these ids, in order: new and `changed` ones change now.

        The ids are mostly the same as before, which one comparison of all shows.
        """
        times = (*self.packed.times, now)
        latest = len(times) - 1
        firsts, lasts = array("I", self._firsts), array("I", self._lasts)
        joined = "".join(ids).encode()
        ends = array("Q", accumulate(map(len, ids if joined.isascii() else map(str.encode, ids))))
        if joined == self.packed.ids and ends == array("Q", self._ends):
            for document_id in changed:
                lasts[self._find(document_id)] = latest
        else:
            known = {document_id: number for number, document_id in enumerate(self)}
            numbers = [known.get(document_id, -1) for document_id in ids]
            firsts.append(latest)  # what a new document, numbered -1, finds
            lasts.append(latest)
            firsts = array("I", [firsts[number] for number in numbers])
            lasts = array("I", [latest if name in changed else lasts[number] for name, number in zip(ids, numbers, strict=True)])
        used = {time: number for number, time in enumerate(sorted({*firsts, *lasts}))}
        firsts, lasts = (array("I", map(used.__getitem__, column)) for column in (firsts, lasts))
        return self._from_columns(joined, ends, firsts, lasts, tuple(times[number] for number in used))

    def has_ids_of(self, other: Changes) -> bool:
        """Return whether these are times of the same documents."""
        return (self.packed.ids, self.packed.ends) == (other.packed.ids, other.packed.ends)

    def __getitem__(self, document_id: str) -> Times:
        return self._times(self._find(document_id))

    def _find(self, document_id: str) -> int:
        """Return the number of a document. Raises KeyError."""
        wanted = document_id.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self)), wanted, key=self._id)
        if number == len(self) or self._id(number) != wanted:
            raise KeyError(document_id)
        return number

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return (str(self.packed.ids[start:end], "utf-8") for start, end in pairwise((0, *self._ends)))

    def items(self) -> ItemsView[str, Times]:
        """Return ids with their times, read in sequence without look-ups."""
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
