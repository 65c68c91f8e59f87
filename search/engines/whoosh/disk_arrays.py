"""Arrays of whole numbers that stay on disk while a segment is built: appended to, and read a part at a time.

They are read by `pread`, not mapped: pages of a mapped file count as memory of the process that has touched them. What is
written here has no name, so it is gone with the process, however it ends.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from search.engines.whoosh.arrays import Array, read_table

_AT_ONCE = 1 << 20
"""Numbers read or converted at once."""


class _File:
    """A file that is closed when nothing refers to it any more."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = 0
        weakref.finalize(self, os.close, descriptor)

    def append(self, array: Array) -> None:
        data = np.ascontiguousarray(array).data.cast("B")
        while data:
            written = os.write(self._descriptor, data)
            self.size += written
            data = data[written:]

    def read(self, offset: int, length: int) -> bytes:
        found = os.pread(self._descriptor, length, offset)
        while len(found) < length:  # a call reads at most 2 GB
            more = os.pread(self._descriptor, length - len(found), offset + len(found))
            if not more:
                raise EOFError("a file of arrays is shorter than it should be")
            found += more
        return found


def _file_without_name(folder: Path) -> _File:
    with tempfile.TemporaryFile(dir=folder) as file:
        return _File(os.dup(file.fileno()))


class DiskArray:
    """An array in a file, kept there as one type and read as `dtype`."""

    def __init__(self, file: _File, kept: np.dtype[Any], offset: int, size: int, dtype: np.dtype[Any]) -> None:
        self._file = file
        self._kept = kept
        self._offset = offset
        self.size = size
        self.dtype = dtype

    def __getitem__(self, part: slice) -> Array:
        start, stop, _ = part.indices(self.size)
        width = self._kept.itemsize
        found = self._file.read(self._offset + start * width, max(0, stop - start) * width)
        return np.frombuffer(found, dtype=self._kept).astype(self.dtype, copy=False)

    def parts(self) -> Iterator[Array]:
        """Yield all numbers, a part at a time."""
        return read_in_parts(self)


class Numbers(Protocol):
    """Whole numbers in memory or on disk, of which a part is read at a time."""

    @property
    def size(self) -> int:
        """How many there are."""

    def __getitem__(self, part: slice, /) -> Array: ...


def read_in_parts(numbers: Numbers) -> Iterator[Array]:
    """Yield all numbers, a part at a time."""
    return (numbers[start : start + _AT_ONCE] for start in range(0, numbers.size, _AT_ONCE))


class Column:
    """Whole numbers of 32 bits, none negative, that are appended to a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = _file_without_name(folder)
        self._largest = 0
        self._waiting: list[Array] = []
        self._size = 0

    def append(self, numbers: Array) -> None:
        """Add numbers at the end."""
        self._waiting.append(numbers.astype(np.uint32, copy=False))
        self._size += numbers.size
        if self._size >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        together = np.concatenate([np.zeros(0, np.uint32), *self._waiting])
        self._file.append(together)
        self._largest = max(self._largest, int(together.max(initial=0)))
        self._waiting.clear()
        self._size = 0

    def finish(self) -> DiskArray:
        """Return what was appended, to be read as the smallest type that holds it."""
        self._write()
        kept = np.dtype(np.uint32)
        return DiskArray(self._file, kept, 0, self._file.size // kept.itemsize, np.min_scalar_type(self._largest))


def keep_on_disk(folder: Path, arrays: Iterable[Array]) -> list[DiskArray]:
    """Return arrays as they are, kept together in one file."""
    file = _file_without_name(folder)
    kept = []
    for array in arrays:
        kept.append(DiskArray(file, array.dtype, file.size, array.size, array.dtype))
        file.append(array)
    return kept


def open_unmapped(path: Path) -> Mapping[str, DiskArray]:
    """Return the arrays of a file that `write_arrays` wrote, to be read a part at a time."""
    file = _File(os.open(path, os.O_RDONLY))
    start, table = read_table(file.read)
    types = {name: np.dtype(dtype) for name, (dtype, _, _) in table.items()}
    return {name: DiskArray(file, types[name], start + offset, size, types[name]) for name, (_, size, offset) in table.items()}
