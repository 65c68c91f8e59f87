"""Whoosh's codec, written to a block at a time: the same bytes in the files, with less time and memory.

Only names that Whoosh 2.7.4 also has are used.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from operator import sub
from pickle import dumps
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3PostingsWriter
from whoosh.util.numeric import length_to_byte

BLOCK = 128
"""Postings in a block: Whoosh's default."""

_COMPRESSION, _SMALLEST_COMPRESSED = 1, 80
"""Level of zlib, and the size in bytes below which nothing gets smaller. Whoosh's default level, 3, makes postings 3 percent
smaller and takes 4 percent longer."""
PICKLE_PROTOCOL = 3
"""Version of pickle. Whoosh writes 2 and reads any; 3 stores bytes as bytes."""


class _BlockPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Whoosh's postings writer, which is given whole blocks and writes each at once."""

    def add_part(self, docs: list[int], weights: list[float], values: list[bytes], lengths: Sequence[int] | None) -> None:
        """Write postings of a term: all, or whole blocks and at last the rest. `lengths` are by document."""
        for start in range(0, len(docs), BLOCK):
            part = slice(start, start + BLOCK)
            own = [lengths[doc] for doc in docs[part]] if lengths else [0]
            self._add_block(docs[part], weights[part], values[part], own)

    def _add_block(self, docs: list[int], weights: list[float], values: list[bytes], lengths: list[int]) -> None:
        """Write the previous block and keep this one: the last block of a term is written by `finish_postings`."""
        if len(self) > 0:
            self._write_block()
        self._ids, self._weights, self._values = docs, array("f", weights), values
        self._minlength, self._maxlength, self._maxweight = min(lengths) or None, max(lengths), max(weights)

    def _write_block(self, last: bool = False) -> None:
        """Whoosh's block: magic before a term's first; length (negative for its last); statistics; steps from document to
        document, weights (one where all are equal, none where that is 1), values."""
        if not self._blockcount:
            self._postfile.write(WHOOSH3_HEADER_MAGIC)
        self._terminfo.add_block(self)
        docs, equal = self._ids, set(self._weights)
        weights = tuple(self._weights) if len(equal) > 1 else None if equal == {1.0} else self._weights[0]
        data = dumps(((docs[0], *map(sub, docs[1:], docs)), weights, self._mini_values()), PICKLE_PROTOCOL)
        compression = self._compression if len(data) >= _SMALLEST_COMPRESSED else 0
        data = zlib.compress(data, compression) if compression else data
        shortest, longest = length_to_byte(self._minlength), length_to_byte(self._maxlength)
        header = dumps((len(docs), docs[-1], self._maxweight, compression, shortest, longest), PICKLE_PROTOCOL)
        size = len(header) + len(data)
        self._postfile.write_int(-size if last else size)
        self._postfile.write(header)
        self._postfile.write(data)
        self._blockcount += 1
        self._new_block()


class BlockCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with that writer."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        """Return the writer for a file of postings."""
        return _BlockPostingsWriter(dbfile, BLOCK, byteids=byteids, compression=_COMPRESSION, inlinelimit=self._inlinelimit)


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
