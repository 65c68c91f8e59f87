"""The words of a generation: how frequent they are, which are spelled alike, which begin alike."""

from __future__ import annotations

from collections import Counter

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.engines.contract import MAX_EDITS, are_similar
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.query_language.matching import Sequence, Term


def document_frequency(snapshot: Snapshot, word: str) -> int:
    """In how many live documents a surface word occurs."""
    return int(snapshot.term(Term((Sequence((word,), stemmed=False),))).docs.size)


def find_similar_words(snapshot: Snapshot, word: str, limit: int) -> list[tuple[str, int]]:
    """Words that `Engine.similar_words` means, by restricted Damerau distance."""
    near: dict[str, int] = {}
    for segment in snapshot.segments:
        sizes = np.diff(segment.words.offsets.astype(np.int64))
        most = len(word.encode()) + 4 * MAX_EDITS  # a character is at most four bytes
        least = len(word) - MAX_EDITS
        candidates = [segment.words[int(number)].decode() for number in np.flatnonzero((sizes >= least) & (sizes <= most))]
        for other, distance, _ in process.extract(word, candidates, scorer=OSA.distance, score_cutoff=MAX_EDITS, limit=None):
            if are_similar(word, other, int(distance)):
                near[other] = int(distance)
    counted = [(distance, -document_frequency(snapshot, other), other) for other, distance in near.items()]
    return [(other, -df) for distance, df, other in sorted(counted) if df][:limit]


def find_words_with_prefix(snapshot: Snapshot, prefix: str, limit: int) -> list[tuple[str, int]]:
    """The most frequent words that begin with `prefix`."""
    counted: Counter[str] = Counter()
    for segment, base, deleted in zip(snapshot.segments, snapshot.bases, snapshot.deleted, strict=True):
        first, last = segment.prefix_range(prefix)
        live = snapshot.live[base : base + segment.size] if deleted.size else None
        for number, df in enumerate(_frequencies(segment, first, last, live).tolist(), first):
            if df:
                counted[segment.words[number].decode()] += df
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _frequencies(segment: SegmentArrays, first: int, last: int, live: Array | None) -> Array:
    starts = segment.arrays["text.starts"][first : last + 1].astype(np.int64)
    if live is None or starts.size < 2:
        return np.diff(starts)
    kept = np.concatenate([[0], np.cumsum(live[segment.arrays["text.docs"][starts[0] : starts[-1]]])])
    return np.diff(kept[starts - starts[0]])
