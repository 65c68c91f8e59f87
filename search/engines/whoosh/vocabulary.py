"""Questions about the words of a snapshot: how frequent they are, which are spelled alike, which have a prefix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from search.engines.similarity import SimilarWord, find_similar, rank_similar
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.deletions import candidates
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.query_language.matching import Sequence, Term


def document_frequency(snapshot: Snapshot, word: str) -> int:
    """Return the number of live documents that contain a surface word."""
    return int(snapshot.term(Term((Sequence((word,), stemmed=False),))).docs.size)


def find_similar_words(snapshot: Snapshot, word: str, limit: int) -> list[tuple[str, int]]:
    """Return the words that `Engine.similar_words` describes, with their document frequencies."""
    frequencies: Counter[SimilarWord] = Counter()
    for segment, live in _segments(snapshot):
        near_by = candidates(segment.arrays, word)
        numbers = dict(zip(map(bytes.decode, segment.words.take(near_by)), near_by, strict=True))
        for near in find_similar(word, numbers):
            number = numbers[near.word]
            frequencies[near] += int(_document_frequencies(segment, number, number + 1, live)[0])
    return rank_similar(frequencies.items(), limit)


def find_words_with_prefix(snapshot: Snapshot, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the most frequent words with this prefix, with their document frequencies."""
    segments = list(_segments(snapshot))
    frequencies: Counter[str] = Counter()
    for segment, live in segments:
        first, last = segment.prefix_range(prefix)
        counts = _document_frequencies(segment, first, last, live)
        # Words are sorted. Only where another segment may have them too are all of them read.
        best = np.argsort(-counts, kind="stable")[:limit] if len(segments) == 1 else np.arange(counts.size)
        for number, df in zip((first + best).tolist(), counts[best].tolist(), strict=True):
            if df:
                frequencies[segment.words[number].decode()] += df
    return sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _segments(snapshot: Snapshot) -> Iterator[tuple[SegmentArrays, Array | None]]:
    """Yield each segment with the mask of its live documents, None where all are live."""
    for segment, base, deleted in zip(snapshot.segments, snapshot.bases, snapshot.deleted, strict=True):
        yield segment, snapshot.live[base : base + segment.size] if deleted.size else None


def _document_frequencies(segment: SegmentArrays, first: int, last: int, live: Array | None) -> Array:
    """Return the number of live documents of each word from number `first` up to `last`."""
    starts = segment.documents["text"].starts[first : last + 1].astype(np.int64)
    if live is None or starts.size < 2:
        return np.diff(starts)
    kept = np.concatenate([[0], np.cumsum(live[segment.documents["text"].of_terms(first, last)])])
    return np.diff(kept[starts - starts[0]])
