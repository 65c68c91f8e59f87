"""Merge the small segments that updates leave, from their arrays: nothing is analysed again.

Which segments are merged follows the logarithmic method (Bentley and Saxe 1980, "Decomposable searching problems"), with steps
of 32 instead of 2: fewer segments are left, and a document is rewritten some dozens of times for each step.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.inversion import Inversion
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.stored_documents import DocumentCompressor
from search.model.document import Document, encode_document

MOST_WORDS = 400_000
"""The most words merged at once: about two seconds of work."""
_WORDS_A_DOCUMENT = 100
"""What a document costs besides its words, as a number of words."""
_STEP = 32
"""A segment is merged with smaller ones if it is at most this many times as large as all of them together."""


class Part(NamedTuple):
    """A segment with the numbers of its live documents, ascending."""

    name: str
    segment: SegmentArrays
    live: Array

    @property
    def cost(self) -> int:
        """The work of merging it, in words."""
        words: int = self.segment.arrays["text.positions"].size
        return words * self.live.size // max(self.segment.size, 1) + _WORDS_A_DOCUMENT * self.live.size


def choose_parts(snapshot: Snapshot) -> list[Part]:
    """Return the segments of a generation that are worth merging, in its order; none if there are fewer than two."""
    parts = list(map(Part, snapshot.names, snapshot.segments, map(np.flatnonzero, snapshot.split(snapshot.live))))
    return [parts[number] for number in sorted(choose_indices([part.cost for part in parts]))]


def choose_indices(costs: Sequence[int]) -> list[int]:
    """Return the indices of the segments to merge, the cheapest first, from what merging each of them costs."""
    chosen: list[int] = []
    total = 0
    for number in sorted(range(len(costs)), key=costs.__getitem__):
        if total + costs[number] > MOST_WORDS or (chosen and costs[number] > _STEP * max(total, _WORDS_A_DOCUMENT)):
            break
        chosen.append(number)
        total += costs[number]
    return chosen if len(chosen) > 1 else []


def read_back(
    parts: Sequence[Part], documents: Sequence[Document], keywords: Sequence[str], dictionary: bytes
) -> Iterator[Inversion]:
    """Yield an inversion for each part, as `invert_in_shares` does for documents, but for the numbers of words and sources.

    `documents` are the live documents of all parts.
    """
    compressor, rest = DocumentCompressor(dictionary), iter(documents)
    for part in parts:
        yield _read_part(part, list(islice(rest, part.live.size)), compressor, keywords)


def _read_part(part: Part, documents: Sequence[Document], compressor: DocumentCompressor, keywords: Sequence[str]) -> Inversion:
    arrays, live = part.segment.arrays, part.live
    share = Inversion()
    share.ids = [document.id for document in documents]
    share.encoded = list(map(encode_document, documents))
    share.compressed = list(map(compressor.compress, documents))
    share.titles = [part.segment.titles[number] for number in live.tolist()]
    share.days.frombytes(np.stack((arrays["first_day"][live], arrays["last_day"][live]), axis=1).astype(np.int32).tobytes())
    share.fingerprints += arrays["fingerprints"].reshape(part.segment.size, -1)[live].tobytes()
    share.source_of.extend(share.sources[document.source_path] for document in documents)
    renumbered = np.full(part.segment.size, -1, dtype=np.int64)
    renumbered[live] = np.arange(live.size)
    _read_tokens(share, part, renumbered)
    for name in keywords:
        lists = [(value, renumbered[docs]) for value, docs in part.segment.values(name).items()]
        share.values[name] = {value: array("I", kept) for value, docs in lists if (kept := docs[docs >= 0].tolist())}
    return share


def _read_tokens(share: Inversion, part: Part, renumbered: Array) -> None:
    """Add the words of all texts in reading order, and their chunks: words whose positions follow each other without a gap."""
    words, docs, positions = _read_places(part, "text", renumbered)
    order = np.lexsort((positions, docs))
    words, docs, positions = words[order], docs[order], positions[order]
    used, words = np.unique(words, return_inverse=True)
    for word in used.tolist():
        share.words[part.segment.words[word].decode()]
    share.tokens.frombytes(words.astype(np.uint32).tobytes())
    is_first = np.ones(words.size, dtype=bool)
    is_first[1:] = (docs[1:] != docs[:-1]) | (positions[1:] != positions[:-1] + 1)
    first = np.flatnonzero(is_first)
    docs, positions = docs[first], positions[first]
    weights = part.segment.weights_at(part.live[docs], positions)
    _, title_docs, title_positions = _read_places(part, "title", renumbered)
    is_title = np.isin(docs << 32 | positions, title_docs << 32 | title_positions)
    chunks = np.stack((docs, np.diff(first, append=words.size), positions, weights, is_title), axis=1)
    share.chunks.frombytes(chunks.astype(np.int64).tobytes())


def _read_places(part: Part, field: str, renumbered: Array) -> tuple[Array, Array, Array]:
    """Return the words, documents and positions of a field, of the documents that have a new number."""
    documents, counts = part.segment.documents[field], part.segment.arrays[f"{field}.counts"]
    docs = renumbered[documents[:]].repeat(counts)
    sizes: Array = np.diff(documents.starts.astype(np.int64))
    words = np.arange(sizes.size).repeat(sizes).repeat(counts)
    kept = docs >= 0
    return words[kept], docs[kept], part.segment.arrays[f"{field}.positions"][kept].astype(np.int64)
