"""The keyword fields of one generation: which documents have a value, and how many of a set of documents have each.

The values of a facet are kept in memory with their documents, as bitmaps and as rows. The values of a hidden field (addresses,
names, acronyms) may be more than there are documents; they are only looked up, so they are read in the mapped file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import takewhile

import numpy as np

from search.engines.whoosh import document_values
from search.engines.whoosh.arrays import Array, are_few, concatenate, mask_of, sort_once
from search.engines.whoosh.document_values import DocumentValues
from search.engines.whoosh.segment import SegmentArrays
from search.model.query import NOT_STATED
from search.text.analysis import fold_value

_MAX_BITMAP_BYTES = 16 << 20
"""A field with larger bitmaps (many thousands of values) is counted from its lists instead."""
AFTER_ANY = "\U0010ffff"
"""Sorts after every continuation of a prefix it is appended to."""

ValueCount = tuple[str, int]
_NONE: Array = np.zeros(0, np.int64)


class Column(ABC):
    """The documents of each value of one keyword field, of an archive of `size` documents."""

    size: int

    @abstractmethod
    def lists_of(self, values: Sequence[str]) -> list[Array]:
        """Return the documents of each of the values in each spelling, ascending within a list."""

    def documents_with(self, values: Sequence[str]) -> Array:
        """Return the documents that have any of the values, however they are spelled, ascending."""
        lists = self.lists_of(values)
        if len(lists) < 2:
            return lists[0].astype(np.int64) if lists else _NONE
        return sort_once(np.concatenate(lists)).astype(np.int64)

    def find_having(self, values: Sequence[str], docs: Array) -> Array:
        """Return the mask of those of some documents that have any of the values."""
        mask = np.zeros(self.size, dtype=bool)
        for own in self.lists_of(values):
            mask[own] = True
        return mask[docs]

    @abstractmethod
    def values_with_prefix(self, prefix: str, live: Array) -> list[ValueCount]:
        """Return the values whose folded form begins with `prefix`, by folded form, with the number of live documents."""


class FacetColumn(Column):
    """The documents of each value of a field, as ascending lists in memory."""

    def __init__(self, name: str, segments: Sequence[SegmentArrays], bases: Sequence[int], size: int) -> None:
        self.size = size
        lists: dict[str, list[Array]] = {}
        kind = np.min_scalar_type(size)
        for segment, base in zip(segments, bases, strict=True):
            for value, own in segment.values(name).items():
                lists.setdefault(value, []).append(own if base == 0 else own.astype(kind) + kind.type(base))
        self.values = sorted(lists)
        self.docs = [concatenate(lists[value]) for value in self.values]
        self.rows = self._join_rows(name, segments, bases)
        self._numbers: dict[str, list[int]] = {}
        for number, value in enumerate(self.values):
            self._numbers.setdefault(fold_value(value), []).append(number)

    def _join_rows(self, name: str, segments: Sequence[SegmentArrays], bases: Sequence[int]) -> DocumentValues | None:
        """Return the rows of all segments; None where one has none."""
        numbers = {value: number for number, value in enumerate(self.values)}
        parts = []
        for segment, base in zip(segments, bases, strict=True):
            values = segment.values(name)
            if values:
                rows = segment.value_rows(name)
                if rows is None:
                    return None
                parts.append((base, rows, [numbers[value] for value in values]))
        return document_values.join_rows(parts, self.size, len(self.values))

    def lists_of(self, values: Sequence[str]) -> list[Array]:
        """Return the documents of each of the values in each spelling, ascending within a list."""
        return [self.docs[number] for number in self._numbers_of(values)]

    def _numbers_of(self, values: Sequence[str]) -> list[int]:
        return [number for value in values for number in self._numbers.get(fold_value(value), ())]

    def find_having(self, values: Sequence[str], docs: Array) -> Array:
        """Return the mask of those of some documents that have any of the values."""
        if self.rows and are_few(docs.size, self.size):
            return self.rows.has_any(self._numbers_of(values), docs)
        return super().find_having(values, docs)

    @cached_property
    def _sorted_keys(self) -> list[str]:
        return sorted(key for key in self._numbers if key != NOT_STATED)

    def values_with_prefix(self, prefix: str, live: Array) -> list[ValueCount]:
        """Return the values whose folded form begins with `prefix`, each in its commonest spelling."""
        keys = self._sorted_keys
        found = []
        for key in keys[bisect_left(keys, prefix) : bisect_left(keys, prefix + AFTER_ANY)]:
            counts = {self.values[number]: int(np.count_nonzero(live[self.docs[number]])) for number in self._numbers[key]}
            spelling = min(counts, key=lambda value: (-counts[value], value))
            several = np.unique(np.concatenate([self.docs[number] for number in self._numbers[key]])) if len(counts) > 1 else None
            found.append((spelling, counts[spelling] if several is None else int(np.count_nonzero(live[several]))))
        return found

    def has_small_bitmaps(self) -> bool:
        """Return whether the bitmaps of all values take little memory."""
        return len(self.values) * self.size // 8 <= _MAX_BITMAP_BYTES

    def write_bitmaps(self, rows: Array, known: Mapping[str, Array], words: int) -> None:
        """Fill a row of bits for each value; of values that are `known`, the first words are copied."""
        for row, value, docs in zip(rows, self.values, self.docs, strict=True):
            first = words if value in known else 0
            row[:first] = known[value][:first] if first else 0
            later = docs[bisect_left(docs, 64 * first) :].astype(np.intp) - 64 * first
            row[first:] = _pack(later, row.size - first)


class HiddenColumn(Column):
    """The documents of each value of a hidden field, read in the mapped file. Its values are stored folded."""

    def __init__(self, name: str, segments: Sequence[SegmentArrays], bases: Sequence[int], size: int) -> None:
        self._name = f"keyword.{name}"
        self.size = size
        self._segments = [
            (segment, base, segment.strings(self._name))
            for segment, base in zip(segments, bases, strict=True)
            if f"{self._name}.starts" in segment.arrays
        ]
        for _, _, strings in self._segments:
            strings.prepare()

    def lists_of(self, values: Sequence[str]) -> list[Array]:
        """Return the documents of each of the values, ascending within a list."""
        keys = [fold_value(value).encode() for value in values]
        return [
            self._docs(segment, number) + np.int64(base)
            for segment, base, strings in self._segments
            for key in keys
            if (number := strings.find(key)) >= 0
        ]

    def values_with_prefix(self, prefix: str, live: Array) -> list[ValueCount]:
        """Return the values that begin with `prefix`."""
        counts: Counter[str] = Counter()
        for segment, base, strings in self._segments:
            for number in range(strings.lower_bound(prefix.encode()), strings.lower_bound((prefix + AFTER_ANY).encode())):
                counts[strings[number].decode()] += int(np.count_nonzero(live[self._docs(segment, number) + np.int64(base)]))
        return sorted(counts.items())

    def _docs(self, segment: SegmentArrays, number: int) -> Array:
        starts = segment.arrays[f"{self._name}.starts"]
        return segment.arrays[f"{self._name}.docs"][starts[number] : starts[number + 1]]


class Keywords:
    """All keyword fields. The bitmaps of all facets are one matrix, so that a page's facets are counted in one pass."""

    def __init__(
        self,
        names: Sequence[str],
        segments: Sequence[SegmentArrays],
        bases: Sequence[int],
        size: int,
        before: Keywords | None = None,
    ) -> None:
        """Read the fields of some segments. Bits of segments with which the generation `before` begins too are copied from it."""
        self._size = size
        self._segments = segments
        self._facets = {name: FacetColumn(name, segments, bases, size) for name in names if not _is_hidden(name)}
        hidden = {name: HiddenColumn(name, segments, bases, size) for name in names if _is_hidden(name)}
        self.columns: dict[str, Column] = {**self._facets, **hidden}
        self._rows: dict[str, tuple[int, int]] = {}
        end = 0
        for name, column in self._facets.items():
            if column.has_small_bitmaps():
                self._rows[name] = (end, end := end + len(column.values))
        self._bitmaps = np.zeros((end, -(-size // 64)), dtype=np.uint64)
        common = before.count_common(segments) // 64 if before else 0
        for name, (first, last) in self._rows.items():
            known = before.bitmaps_of(name) if before and common else {}
            self._facets[name].write_bitmaps(self._bitmaps[first:last], known, common)

    def count_common(self, segments: Sequence[SegmentArrays]) -> int:
        """Return how many documents there are in the segments with which both these and `segments` begin."""
        pairs = zip(self._segments, segments, strict=False)
        return sum(own.size for own, _ in takewhile(lambda pair: pair[0] is pair[1], pairs))

    def bitmaps_of(self, name: str) -> Mapping[str, Array]:
        """Return the bits of each value of a facet; nothing if there are none."""
        first, last = self._rows.get(name, (0, 0))
        return dict(zip(self._facets[name].values, self._bitmaps[first:last], strict=True)) if first < last else {}

    def count(self, names: Sequence[str], docs: Array) -> Mapping[str, Mapping[str, int]]:
        """Return, for each of the fields, how many of the documents have each value; values without documents are omitted."""
        counts: dict[str, list[int]] = {}
        if are_few(docs.size, self._size):
            counts = {name: rows.count(docs) for name in names if (rows := self._facets[name].rows)}
        packed = [name for name in names if name in self._rows and name not in counts]
        if packed:
            first, last = min(self._rows[name][0] for name in packed), max(self._rows[name][1] for name in packed)
            common = np.bitwise_count(self._bitmaps[first:last] & _pack(docs, self._bitmaps.shape[1]))
            found = np.add.reduce(common, axis=1, dtype=np.uint32).tolist()
            for name in packed:
                start, end = self._rows[name]
                counts[name] = found[start - first : end - first]
        others = [name for name in names if name not in counts]
        mask = mask_of(docs, self._size) if others else docs
        for name in others:
            counts[name] = [int(np.count_nonzero(mask[own])) for own in self._facets[name].docs]
        return {
            name: {value: count for value, count in zip(self._facets[name].values, counts[name], strict=True) if count}
            for name in names
        }


def _is_hidden(name: str) -> bool:
    """Whether a field is only looked up: no archive can name a field of its own so."""
    return name.startswith("_")


def _pack(docs: Array, words: int) -> Array:
    """Return the mask of some documents as bits of 64-bit words."""
    return np.packbits(mask_of(docs, 64 * words)).view(np.uint64)
