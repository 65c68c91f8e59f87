"""The documents of a segment as a page of results reads them: each compressed alone, with a dictionary of its segment.

A document is MessagePack compressed by Zstandard (RFC 8878). What documents have in common is in the dictionary, so one can
be read without its neighbours, and is still a third or a fourth of its size.
"""

from __future__ import annotations

import os
import threading
import weakref
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
import zstandard

from search.engines.whoosh.arrays import Array, to_smallest_type
from search.errors import REMEDY, IndexDamaged
from search.model.document import Document, pack_document, unpack_document

_LEVEL = 3
_DICTIONARY_BYTES = 110 << 10
"""What Zstandard's own program takes by default. 32 KB made documents 7 percent larger in a blog of 500, and 30 percent where
sentences recur as in the benchmarks."""
_SAMPLES, _SAMPLE_BYTES = 1000, 16 << 10
"""The number of documents, evenly spread, from which the dictionary is made, and the most bytes taken of each."""
_FEWEST = 200
"""The number of documents above which a dictionary saves more than its own size."""
_COVER = {"k": 512, "d": 8}
"""Parameters of the dictionary builder (COVER: Liao et al. 2016), fixed so that equal documents have equal bytes."""


def train_dictionary(documents: Sequence[Document]) -> bytes:
    """Return what the documents have in common, to compress each with; b"" where that saves nothing."""
    if len(documents) < _FEWEST:
        return b""
    numbers = range(0, len(documents), max(1, len(documents) // _SAMPLES))
    samples: list[bytes | bytearray | memoryview] = [pack_document(documents[number])[:_SAMPLE_BYTES] for number in numbers]
    size = min(_DICTIONARY_BYTES, sum(map(len, samples)) // 20)
    try:
        return zstandard.train_dictionary(size, samples, **_COVER).as_bytes()
    except zstandard.ZstdError:  # too little to learn from
        return b""


class DocumentCompressor:
    """Compresses the documents of a segment with its dictionary."""

    def __init__(self, dictionary: bytes) -> None:
        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL, dict_data=known)

    def compress(self, document: Document) -> bytes:
        """Return a document as `StoredDocuments` reads it."""
        return self._compressor.compress(pack_document(document))


class StoredDocumentsWriter:
    """Writes compressed documents one after the other to a new file; a context manager."""

    def __init__(self, path: Path, dictionary: bytes) -> None:
        self._file = path.open("xb")
        self._dictionary = dictionary
        self._ends = array("Q", [0])

    def add(self, compressed: bytes) -> None:
        """Write the next document."""
        self._file.write(compressed)
        self._ends.append(self._ends[-1] + len(compressed))

    def arrays(self) -> dict[str, Array]:
        """Return the arrays with which `StoredDocuments` reads the documents."""
        offsets = np.frombuffer(self._ends, np.uint64)
        return {
            "document_offsets": to_smallest_type(offsets),
            "document_dictionary": np.frombuffer(self._dictionary, np.uint8),
        }

    def __enter__(self) -> StoredDocumentsWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class StoredDocuments:
    """The documents of one segment, read one at a time; safe to share between threads."""

    def __init__(self, path: Path, arrays: Mapping[str, Array]) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._offset = arrays["document_offsets"].item
        dictionary = arrays["document_dictionary"].tobytes()
        self._threads = _Decompressing(zstandard.ZstdCompressionDict(dictionary) if dictionary else None)

    def read(self, number: int) -> Document:
        """Return a document, by one read. Raises IndexDamaged."""
        start, end = self._offset(number), self._offset(number + 1)
        try:
            return unpack_document(self._threads.decompress(os.pread(self._file, end - start, start)))
        except (zstandard.ZstdError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise IndexDamaged(f"{self._path}: document {number} cannot be read ({error}); {REMEDY}") from None


class _Decompressing(threading.local):
    """`decompress` of the decompressor of each thread: one must not be shared by threads."""

    def __init__(self, dictionary: zstandard.ZstdCompressionDict | None) -> None:
        self.decompress = zstandard.ZstdDecompressor(dict_data=dictionary).decompress
