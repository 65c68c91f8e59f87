"""Files of named arrays: written once, then memory-mapped read-only.

Layout: 8 bytes of magic, 8 bytes little-endian length of a JSON table {name: [dtype, length, offset]}, the table, then the
arrays, each at a multiple of 64 bytes (a cache line) from the start of the data.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

UNDATED = (2**31 - 1, -(2**31))
"""First and last day of a document without a date, which no date can have: the last day is before the first. They fit 32 bits."""
_SHARE = 16
"""Numbers are few where they are less than a sixteenth of all: to look each up then takes less time than a pass over all."""
_MAGIC = b"FAarr001"
_ALIGNMENT = 64
_BLOCK = 64
"""One string in so many is kept in memory: 100 kB for a vocabulary of 100,000 words, and a search reads six of the file."""


def to_smallest_type(values: Array) -> Array:
    """Return the same whole numbers (none negative) in the smallest unsigned type that holds them."""
    largest = int(values.max()) if values.size else 0
    return values.astype(np.min_scalar_type(largest), copy=False)


def concatenate(parts: Sequence[Array]) -> Array:
    """Return one or more arrays as one; a single array is not copied."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def find_among(ascending: Array, wanted: Array) -> tuple[Array, Array]:
    """Return for each wanted number where it is, or would be, among the ascending numbers, and whether it is there."""
    at = ascending.searchsorted(wanted)
    return at, ascending.take(at, mode="clip") == wanted if ascending.size else np.zeros(wanted.size, dtype=bool)


def are_few(some: int, all_there_are: int) -> bool:
    """Return whether some numbers are so few of all that to look each up takes less time than a pass over all."""
    return some * _SHARE < all_there_are


def mask_of(docs: Array, size: int) -> Array:
    """Return the mask of some documents among `size`."""
    mask = np.zeros(size, dtype=bool)
    mask[docs] = True
    return mask


def sum_up_to(counts: Array, at: Array) -> Array:
    """Return the sum of all counts up to each of some indices, ascending, itself included.

    Where these are few, what lies between two of them is added up at once, in a tenth of the time of a running sum of all.
    """
    if not (at.size and are_few(at.size, counts.size)):
        return counts.cumsum(dtype=np.int64)[at]
    begins = np.concatenate([[0], at[:-1] + 1])
    sums: Array = np.add.reduceat(counts[: at.item(-1) + 1], begins, dtype=np.int64).cumsum()
    return sums


def find_common(one: Array, other: Array) -> Array:
    """Return the numbers that two arrays have in common; both are ascending, and have each number once.

    A stable sort merges the two in one pass, in half the time of a binary search for each of thousands of numbers.
    """
    together = np.concatenate([one, other])
    together.sort(kind="stable")
    common: Array = together[:-1][together[1:] == together[:-1]]
    return common


def find_equal_rows(one: Array, other: Array) -> tuple[Array, Array]:
    """Return for each of two arrays the mask of its rows that are also in the other.

    First numbers of rows are expected to differ: a row that has its first number in common with another may be missed.
    """
    if not len(other):
        return np.zeros(len(one), dtype=bool), np.zeros(0, dtype=bool)
    order, other_order = one[:, 0].argsort(), other[:, 0].argsort()
    at = other[other_order, 0].searchsorted(one[order, 0])
    partners = other_order.take(at, mode="clip")  # of a number above all others, any row
    is_equal = (one[order] == other[partners]).all(axis=1)
    return mask_of(order[is_equal], len(one)), mask_of(partners[is_equal], len(other))


def sort_once(values: Array) -> Array:
    """Return the values ascending, each once. `numpy.unique` hashes them before it sorts, which takes longer."""
    ordered = np.sort(values)
    new = np.ones(ordered.size, dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


class InParts(Protocol):
    """An array that need not be in memory as a whole."""

    dtype: np.dtype[Any]
    size: int

    def parts(self) -> Iterator[Array]:
        """Yield all numbers, a part at a time."""


def write_arrays(path: Path, arrays: Mapping[str, Array | InParts]) -> None:
    """Write all arrays to one new file."""
    table: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        table[name] = (array.dtype.str, array.size, offset)
        offset += -(-array.size * array.dtype.itemsize // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps(table).encode()
    header += b" " * (-(16 + len(header)) % _ALIGNMENT)
    with path.open("xb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            for part in (array,) if isinstance(array, np.ndarray) else array.parts():
                file.write(np.ascontiguousarray(part).data)
            file.write(b"\0" * (-array.size * array.dtype.itemsize % _ALIGNMENT))


def read_table(read: Callable[[int, int], bytes]) -> tuple[int, dict[str, tuple[str, int, int]]]:
    """Return where the arrays of a file begin, and the type, length and offset of each; `read` is given offset and length."""
    start = 16 + int.from_bytes(read(8, 8), "little")
    return start, json.loads(read(16, start - 16))


def open_arrays(path: Path) -> dict[str, Array]:
    """Return the arrays of a file, read-only and backed by it. Raises ValueError if it is damaged."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[:8] != _MAGIC:
        raise ValueError(f"{path.name} is not a file of arrays")
    start, table = read_table(lambda offset, length: mapped[offset : offset + length])
    return {
        name: np.frombuffer(mapped, dtype=dtype, count=size, offset=start + offset)
        for name, (dtype, size, offset) in table.items()
    }


def pack_strings(name: str, strings: Sequence[bytes]) -> dict[str, Array]:
    """Return byte strings as two arrays, to be read back as `Strings`."""
    offsets = np.zeros(len(strings) + 1, dtype=np.int64)
    np.cumsum([len(string) for string in strings], out=offsets[1:])
    return {f"{name}.bytes": np.frombuffer(b"".join(strings), dtype=np.uint8), f"{name}.offsets": to_smallest_type(offsets)}


class Strings(Sequence[bytes]):
    """A sequence of byte strings in a mapped file, read one at a time, so that a vocabulary takes no memory of the process."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._bytes = memoryview(arrays[f"{name}.bytes"])  # type: ignore[arg-type]
        self.offsets = arrays[f"{name}.offsets"]
        self._offset = self.offsets.item

    @cached_property
    def _fence(self) -> list[bytes]:
        """Every 64th string, kept in memory: a binary search then reads only one block of the file."""
        begins, ends = self.offsets[:-1:_BLOCK].tolist(), self.offsets[1::_BLOCK].tolist()
        return [bytes(self._bytes[begin:end]) for begin, end in zip(begins, ends, strict=True)]

    def __len__(self) -> int:
        return self.offsets.size - 1

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return self.take(range(*index.indices(len(self))))
        return bytes(self._bytes[self._offset(index) : self._offset(index + 1)])

    def take(self, indices: Sequence[int]) -> list[bytes]:
        """Return the strings at these indices, in half the time of one after the other."""
        at = np.array(indices, dtype=np.intp)
        view, begins, ends = self._bytes, self.offsets[at].tolist(), self.offsets[at + 1].tolist()
        return [bytes(view[begin:end]) for begin, end in zip(begins, ends, strict=True)]

    def __iter__(self) -> Iterator[bytes]:
        ends = self.offsets.tolist()
        whole = bytes(self._bytes)
        return (whole[start:end] for start, end in pairwise(ends))

    def prepare(self) -> None:
        """Read what every search needs, so that the first does not wait for it."""
        len(self._fence)

    def lower_bound(self, wanted: bytes) -> int:
        """Return the index of the first string not below `wanted`; the strings must be sorted."""
        block = bisect_left(self._fence, wanted)
        low, high = max(0, (block - 1) * _BLOCK), min(block * _BLOCK, len(self))
        offset, view = self._offset, self._bytes
        while low < high:
            middle = (low + high) >> 1
            if bytes(view[offset(middle) : offset(middle + 1)]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _may_contain(self, wanted: bytes) -> bool:
        """Return whether the bytes of `wanted` occur in the one block that may have it: mostly they do not."""
        block, offset = bisect_left(self._fence, wanted), self._offset
        first, last = max(0, (block - 1) * _BLOCK), min(block * _BLOCK + 1, len(self))
        return wanted in bytes(self._bytes[offset(first) : offset(last)])

    def find(self, wanted: bytes) -> int:
        """Return the index of `wanted` among the sorted strings, -1 when it is not one of them."""
        if not self._may_contain(wanted):
            return -1
        index = self.lower_bound(wanted)
        return index if index < len(self) and self[index] == wanted else -1
