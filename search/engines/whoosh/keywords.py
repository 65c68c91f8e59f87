"""The keyword fields of one generation: which documents have a value, and how many of a set of documents have each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from search.engines.whoosh.arrays import Array, Strings, concatenate
from search.engines.whoosh.segment import SegmentArrays
from search.fields import ADDRESS
from search.text.analysis import fold_value

_MOST_BITMAP_BYTES = 16 << 20
"""A field whose bitmaps would take more (many thousands of values) is counted from its lists instead."""


class KeywordColumn:
    """The documents of each value of one field, as ascending lists."""

    def __init__(self, name: str, segments: Sequence[SegmentArrays], bases: Sequence[int], size: int) -> None:
        self.size = size
        lists: dict[str, list[Array]] = {}
        for segment, base in zip(segments, bases, strict=True):
            if f"keyword.{name}.starts" not in segment.arrays:  # built before the field was configured
                continue
            starts, docs = segment.arrays[f"keyword.{name}.starts"], segment.arrays[f"keyword.{name}.docs"]
            for number, encoded in enumerate(Strings(segment.arrays, f"keyword.{name}")):
                own = docs[starts[number] : starts[number + 1]]
                lists.setdefault(encoded.decode(), []).append(own if base == 0 else own.astype(np.int64) + base)
        self.values = sorted(lists)
        self.docs = [concatenate(lists[value]) for value in self.values]
        self._numbers: dict[str, list[int]] = {}
        for number, value in enumerate(self.values):
            self._numbers.setdefault(fold_value(value), []).append(number)

    def having(self, values: Sequence[str]) -> Array:
        """Mask of the documents with any of the values, however spelled."""
        mask = np.zeros(self.size, dtype=bool)
        for value in values:
            for number in self._numbers.get(fold_value(value), ()):
                mask[self.docs[number]] = True
        return mask

    def fits_bitmaps(self) -> bool:
        """Whether a row of bits for each value stays small."""
        return len(self.values) * self.size // 8 <= _MOST_BITMAP_BYTES

    def write_bitmaps(self, rows: Array) -> None:
        """Fill a row of bits for each value."""
        for row, docs in zip(rows, self.docs, strict=True):
            mask = np.zeros(self.size, dtype=bool)
            mask[docs] = True
            row[:] = _pack(mask)


class AddressColumn:
    """The documents of each address, read where they lie: there may be more addresses than documents, and none is counted."""

    def __init__(self, segments: Sequence[SegmentArrays], bases: Sequence[int], size: int) -> None:
        self.size = size
        self._segments = [
            (segment, base, Strings(segment.arrays, f"keyword.{ADDRESS}")) for segment, base in zip(segments, bases, strict=True)
        ]

    def having(self, values: Sequence[str]) -> Array:
        """Mask of the documents with any of the addresses."""
        mask = np.zeros(self.size, dtype=bool)
        for segment, base, addresses in self._segments:
            for value in values:
                number = addresses.find(fold_value(value).encode())
                if number >= 0:
                    starts = segment.arrays[f"keyword.{ADDRESS}.starts"]
                    mask[segment.arrays[f"keyword.{ADDRESS}.docs"][starts[number] : starts[number + 1]] + np.int64(base)] = True
        return mask


class Keywords:
    """All keyword fields. Their bitmaps stand in one matrix, so that a page's facets are counted in one pass."""

    def __init__(self, names: Sequence[str], segments: Sequence[SegmentArrays], bases: Sequence[int], size: int) -> None:
        self._counted = {name: KeywordColumn(name, segments, bases, size) for name in names if name != ADDRESS}
        self.columns: dict[str, KeywordColumn | AddressColumn] = dict(self._counted)
        if ADDRESS in names:
            self.columns[ADDRESS] = AddressColumn(segments, bases, size)
        self._rows: dict[str, tuple[int, int]] = {}
        end = 0
        for name, column in self._counted.items():
            if column.fits_bitmaps():
                self._rows[name] = (end, end := end + len(column.values))
        self._bitmaps = np.zeros((end, -(-size // 64)), dtype=np.uint64)
        for name, (first, last) in self._rows.items():
            self._counted[name].write_bitmaps(self._bitmaps[first:last])

    def count(self, names: Sequence[str], mask: Array) -> Mapping[str, Mapping[str, int]]:
        """For each of the fields, how many of the documents in the mask have each value; values without any are left out."""
        counts: dict[str, list[int]] = {}
        packed = [name for name in names if name in self._rows]
        if packed:
            first, last = min(self._rows[name][0] for name in packed), max(self._rows[name][1] for name in packed)
            common = np.bitwise_count(self._bitmaps[first:last] & _pack(mask))
            found = np.add.reduce(common, axis=1, dtype=np.uint32).tolist()
            for name in packed:
                start, end = self._rows[name]
                counts[name] = found[start - first : end - first]
        for name in names:
            if name not in self._rows:
                counts[name] = [int(np.count_nonzero(mask[docs])) for docs in self._counted[name].docs]
        return {
            name: {value: count for value, count in zip(self._counted[name].values, counts[name], strict=True) if count}
            for name in names
        }


def _pack(mask: Array) -> Array:
    """A mask as bits in 64-bit words."""
    bits = np.zeros(-(-mask.size // 64) * 8, dtype=np.uint8)
    bits[: -(-mask.size // 8)] = np.packbits(mask)
    return bits.view(np.uint64)
