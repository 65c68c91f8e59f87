"""The best documents of one search, looked at closely: which of some matches each of them has.

Only the positions of these documents are read, however many others contain the words, and those of each word once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.snapshot import Snapshot
from search.query_language import matching as m

_SHIFT = 32
"""A place is one whole number: document << 32 | position."""


class Window:
    """Some documents of a snapshot in any order; `match_all` gives the documents of a match that is not about words."""

    def __init__(self, snapshot: Snapshot, docs: Array, match_all: Callable[[m.Match], Array]) -> None:
        self._snapshot = snapshot
        self._docs = docs
        self._ascending = np.sort(docs)
        self._match_all = match_all
        self._places: dict[tuple[str, str, bool], Array] = {}

    def has(self, match: m.Match) -> Array:
        """Return the mask of the documents that match, in the order of the window."""
        match match:
            case m.Term(alternatives) if not any(isinstance(way, m.WordPrefix) for way in alternatives):
                found = [self._documents_with(way) for way in alternatives if isinstance(way, m.Sequence)]
                return np.isin(self._docs, np.concatenate(found))
            case m.AllOf(parts):
                return reduce(np.logical_and, map(self.has, parts), np.ones(self._docs.size, bool))
            case m.AnyOf(parts):
                return reduce(np.logical_or, map(self.has, parts), np.zeros(self._docs.size, bool))
            case m.Not(part):
                return ~self.has(part)
            case _:
                return np.isin(self._docs, self._match_all(match))

    def _documents_with(self, way: m.Sequence) -> Array:
        """The documents in which the tokens stand side by side; chunks are further apart than that."""
        places = self._places_of(way.tokens[0], way)
        for distance, token in enumerate(way.tokens[1:], 1):
            if not places.size:
                break
            places = places[np.isin(places + distance, self._places_of(token, way))]
        return places >> _SHIFT

    def _places_of(self, token: str, way: m.Sequence) -> Array:
        """Where a token stands in the documents of the window."""
        key = (token, way.field, way.stemmed)
        if key not in self._places:
            found = [np.zeros(0, np.int64)]
            for segment, base in zip(self._snapshot.segments, self._snapshot.bases, strict=True):
                first, last = np.searchsorted(self._ascending, (base, base + segment.size))
                if first < last:
                    places = segment.places_of(token, way.field, way.stemmed, self._ascending[first:last] - base)
                    found.append(places + (base << _SHIFT))
            self._places[key] = np.concatenate(found)
        return self._places[key]
