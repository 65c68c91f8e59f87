"""The best documents of one search, looked at closely: which of some matches each of them has.

Only the positions of these documents are read, however many others contain the words, and those of each word once. A place
is one whole number: the document's number within the window << 32 | position.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.snapshot import Snapshot
from search.query_language import matching as m

_SHIFT = 32


class Window:
    """Some documents of a snapshot, in any order. `match_all` gives all documents of a match, ascending."""

    def __init__(self, snapshot: Snapshot, docs: Array, match_all: Callable[[m.Match], Array]) -> None:
        self._snapshot = snapshot
        self._order = np.argsort(docs)
        self._docs = docs[self._order]
        self._match_all = match_all
        self._places: dict[tuple[str, str, bool], Array] = {}

    def has(self, match: m.Match) -> Array:
        """Return the mask of the documents that match, in the order in which they were given."""
        mask = np.empty(self._docs.size, dtype=bool)
        mask[self._order] = self._has(match)
        return mask

    def _has(self, match: m.Match) -> Array:
        """The mask of the documents that match, by ascending number."""
        match match:
            case m.Term(alternatives) if not any(isinstance(way, m.WordPrefix) for way in alternatives):
                mask = np.zeros(self._docs.size, dtype=bool)
                for way in alternatives:
                    if isinstance(way, m.Sequence):
                        mask[self._phrase_places(way) >> _SHIFT] = True
                return mask
            case m.AllOf(parts):
                return reduce(np.logical_and, map(self._has, parts), np.ones(self._docs.size, dtype=bool))
            case m.AnyOf(parts):
                return reduce(np.logical_or, map(self._has, parts), np.zeros(self._docs.size, dtype=bool))
            case m.Not(part):
                return ~self._has(part)
            case _:
                return _among(self._docs, self._match_all(match))

    def _phrase_places(self, way: m.Sequence) -> Array:
        """Where the tokens stand side by side; chunks are further apart than that."""
        places = self._places_of(way.tokens[0], way)
        for distance, token in enumerate(way.tokens[1:], 1):
            if not places.size:
                break
            places = places[_among(places + distance, self._places_of(token, way))]
        return places

    def _places_of(self, token: str, way: m.Sequence) -> Array:
        """Where a token stands in the documents of the window, ascending."""
        key = (token, way.field, way.stemmed)
        if key not in self._places:
            found = [np.zeros(0, np.int64)]
            for segment, base in zip(self._snapshot.segments, self._snapshot.bases, strict=True):
                first, last = self._docs.searchsorted((base, base + segment.size))
                if first < last:
                    places = segment.places_of(token, way.field, way.stemmed, self._docs[first:last] - base)
                    found.append(places + (int(first) << _SHIFT))
            self._places[key] = np.concatenate(found)
        return self._places[key]


def _among(wanted: Array, values: Array) -> Array:
    """The mask of the wanted numbers that are among some values; these ascending."""
    if not values.size:
        return np.zeros(wanted.size, dtype=bool)
    at = values.searchsorted(wanted)
    at[at == values.size] = 0
    found: Array = values[at] == wanted
    return found
