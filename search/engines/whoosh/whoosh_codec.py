"""Postings as Whoosh's codec writes them, a term at a time: the same bytes in the files, with less time and memory.

Only names that Whoosh 2.7.4 also has are used.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator
from operator import sub
from pickle import dumps
from struct import Struct as Format
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.filedb.structfile import StructFile
from whoosh.util.numeric import length_to_byte

BLOCK = 128
"""Postings in a block: Whoosh's default."""

_COMPRESSION, _SMALLEST_COMPRESSED = 1, 80
"""Level of zlib, and the size in bytes below which nothing gets smaller. Whoosh's default level, 3, makes postings 3 percent
smaller and takes 4 percent longer."""
PICKLE_PROTOCOL = 3
"""Version of pickle. Whoosh writes 2 and reads any; 3 stores bytes as bytes."""
_SIZE, _STATISTICS, _EXTENT = Format("!i"), Format("!BfIBBfII"), Format("!qi")
"""Size of a block; statistics of a term, as `W3TermInfo` has them; offset and size of its postings."""

TermPart = tuple[list[int], list[float], list[bytes]]
"""Documents, weights and stored values of postings of a term: of all, or of a number of whole blocks, or of the rest."""


def pack_lengths(lengths: Iterable[int]) -> bytes:
    """Return lengths of texts, each as the byte that Whoosh keeps of it; a longer text never has a smaller one."""
    return bytes(map(length_to_byte, lengths))


class WrittenTerm(NamedTuple):
    """The statistics of a term, and where its postings are in their file."""

    statistics: bytes
    offset: int
    size: int

    def info(self, base: int = 0) -> bytes:
        """Return what Whoosh's table of terms has of it; `base` is where its file begins in the one of all postings."""
        return self.statistics + _EXTENT.pack(base + self.offset, self.size)


def write_term(file: StructFile, offset: int, parts: Iterable[TermPart], lengths: bytes | None) -> WrittenTerm:
    """Write the postings of a term to the end of a file, which is at `offset`. `lengths` are those of the documents
    (`pack_lengths`), if it has any.

    Whoosh's layout: a mark, then blocks, each behind its size, that of the last one negative.
    """
    head, block, size = WHOOSH3_HEADER_MAGIC, b"", 0
    total, count, heaviest, first, last = 0.0, 0, 0.0, 0, 0
    shortest, longest = (255, 0) if lengths else (0, 0)
    for docs, weights, values in _cut_into_blocks(parts):
        if block:
            file.write(written := head + _SIZE.pack(len(block)) + block)
            head, size = b"", size + len(written)
        own = [lengths[doc] for doc in docs] if lengths else [0]
        least, most, heavy = min(own), max(own), max(weights)
        block = _pack_block(docs, weights, values, (heavy, least, most))
        first = first if count else docs[0]
        last, count, total = docs[-1], count + len(docs), total + sum(weights)
        shortest, longest, heaviest = min(shortest, least), max(longest, most), max(heaviest, heavy)
    file.write(written := head + _SIZE.pack(-len(block)) + block)
    statistics = _STATISTICS.pack(0, total, count, shortest, longest, heaviest, first, last)
    return WrittenTerm(statistics, offset, size + len(written))


def _cut_into_blocks(parts: Iterable[TermPart]) -> Iterator[TermPart]:
    for docs, weights, values in parts:
        if len(docs) <= BLOCK:
            yield docs, weights, values
            continue
        for start in range(0, len(docs), BLOCK):
            part = slice(start, start + BLOCK)
            yield docs[part], weights[part], values[part]


def _pack_block(docs: list[int], weights: list[float], values: list[bytes], bounds: tuple[float, int, int]) -> bytes:
    """Return a block: its statistics, then steps from document to document, weights (one where all are equal, none where that
    is 1) and values. `bounds` are the greatest weight, and the smallest and the greatest length."""
    equal = set(weights)
    kept = tuple(weights) if len(equal) > 1 else None if equal == {1.0} else weights[0]
    data = dumps(((docs[0], *map(sub, docs[1:], docs)), kept, tuple(values) if values else None), PICKLE_PROTOCOL)
    compression = _COMPRESSION if len(data) >= _SMALLEST_COMPRESSED else 0
    data = zlib.compress(data, compression) if compression else data
    heaviest, shortest, longest = bounds
    return dumps((len(docs), docs[-1], heaviest, compression, shortest, longest), PICKLE_PROTOCOL) + data


class PackedBucket:
    """The hashes and places of terms in Whoosh's table: two numbers a term, where a list of tuples takes eight times as much."""

    def __init__(self) -> None:
        self._numbers = array("Q")

    def append(self, entry: tuple[int, int]) -> None:
        """Add a hash and a place."""
        self._numbers.extend(entry)

    def __len__(self) -> int:
        return len(self._numbers) // 2

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._numbers[::2], self._numbers[1::2], strict=True)


class SortedPostings:
    """Replaces Whoosh's sorting pool in a writer whose postings are sorted already."""

    def iter_postings(self) -> Iterator[Any]:
        """Yield nothing."""
        return iter(())

    def cleanup(self) -> None:
        """Do nothing: nothing was put on disk."""
