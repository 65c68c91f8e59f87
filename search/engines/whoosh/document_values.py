"""The values that each document has in a facet, as a row of numbers, to count those of few documents without reading all.

Bitmaps of the values are counted in one pass over the whole archive, however few documents match. Rows cost one look-up a
document, as do the columns from which Lucene ("doc values") and column stores count (Abadi, Boncz and Harizopoulos 2013, "The
Design and Implementation of Modern Column-Oriented Database Systems").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from search.engines.whoosh.arrays import Array

_MOST_VALUES = 8
"""Rows are made for a field if no document has more values; all rows are as long as that of the document with most."""


class DocumentValues:
    """A row for each document: the numbers of its values, padded with a number that no value has."""

    def __init__(self, rows: Array, values: int) -> None:
        self._rows = rows
        self._values = values

    def count(self, docs: Array) -> list[int]:
        """Return how many of the documents have each value."""
        counted = np.bincount(self._rows.take(docs, axis=0).ravel(), minlength=self._values + 1)
        found: list[int] = counted[: self._values].tolist()
        return found

    def has_any(self, numbers: Iterable[int], docs: Array) -> Array:
        """Return the mask of the documents that have one of the values with these numbers."""
        table = np.zeros(self._values + 1, dtype=bool)
        table[list(numbers)] = True
        found: Array = np.logical_or.reduce(table[self._rows.take(docs, axis=0)], axis=1)
        return found


def make_rows(lists: Sequence[Array], size: int) -> Array | None:
    """Return rows for `size` documents from the documents of each value; None where a document has too many."""
    none = len(lists)
    kind = np.min_scalar_type(none)
    single = np.full(size, none, dtype=kind)
    for number, docs in enumerate(lists):
        single[docs] = number
    if np.count_nonzero(single != none) == sum(docs.size for docs in lists):  # in most fields a document has one value
        return single[:, None]
    most = int(np.bincount(np.concatenate(lists)).max())
    if most > _MOST_VALUES:
        return None
    cells, filled = np.full(size * most, none, dtype=kind), np.zeros(size, dtype=np.uint8)
    for number, docs in enumerate(lists):
        at = docs.astype(np.intp)
        taken = filled[at]
        cells[at * most + taken] = number
        filled[at] = taken + 1  # no document is twice in the list of one value
    return cells.reshape(size, most)


def join_rows(parts: Sequence[tuple[int, Array, Sequence[int]]], size: int, values: int) -> DocumentValues:
    """Return the rows of all documents from those of each segment, where it begins, and the numbers that its values have here."""
    most = max((rows.shape[1] for _, rows, _ in parts), default=1)
    joined = np.full((size, most), values, dtype=np.min_scalar_type(values))
    for base, rows, numbers in parts:
        is_same = list(numbers) == list(range(values))  # usually so in the largest segment
        own = rows if is_same else np.array([*numbers, values], dtype=joined.dtype)[rows]
        joined[base : base + rows.shape[0], : rows.shape[1]] = own
    return DocumentValues(joined, values)
