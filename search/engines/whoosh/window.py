"""The best documents of one search, looked at closely: which of some matches each of them has.

Only the positions of these documents are read, however many others contain the words, and those of each word once. A place
is one whole number: the document's number within the window << 32 | position.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, reduce

import numpy as np

from search.engines.whoosh.arrays import Array, concatenate
from search.engines.whoosh.segment import FormPostings, SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.query_language import matching as m

_SHIFT = 32

_Token = tuple[str, m.TextField, bool]
"""A token, the field it is looked for in, and whether it is a stem."""


class Window:
    """Some documents of a snapshot, in any order. `match_all` gives all documents of a match, ascending."""

    def __init__(self, snapshot: Snapshot, docs: Array, match_all: Callable[[m.Match], Array]) -> None:
        self._order = np.argsort(docs)
        self._docs = docs[self._order]
        self._match_all = match_all
        self._parts = []
        for segment, base in zip(snapshot.segments, snapshot.bases, strict=True):
            first, last = self._docs.searchsorted((base, base + segment.size)).tolist()
            if first < last:
                self._parts.append((segment, first, self._docs[first:last] - base))
        # A word is asked for by itself and as a form of its stem.
        self._look_up = lru_cache(maxsize=None)(self._look_up_form)
        self._postings: dict[_Token, list[tuple[SegmentArrays, int, FormPostings]]] = {}
        self._places: dict[_Token, Array] = {}
        self._masks: dict[_Token, Array] = {}

    def has(self, match: m.Match) -> Array:
        """Return the mask of the documents that match, in the order in which they were given."""
        mask = np.empty(self._docs.size, dtype=bool)
        mask[self._order] = self._has(match)
        return mask

    def _has(self, match: m.Match) -> Array:
        """The mask of the documents that match, by ascending number."""
        match match:
            case m.Term(alternatives) if not any(isinstance(way, m.WordPrefix) for way in alternatives):
                masks = [self._has_phrase(way) for way in alternatives if isinstance(way, m.Sequence)]
                return reduce(np.logical_or, masks)
            case m.AllOf(parts):
                return reduce(np.logical_and, map(self._has, parts), np.ones(self._docs.size, dtype=bool))
            case m.AnyOf(parts):
                return reduce(np.logical_or, map(self._has, parts), np.zeros(self._docs.size, dtype=bool))
            case m.Not(part):
                return ~self._has(part)
            case _:
                return _among(self._docs, self._match_all(match))

    def _has_phrase(self, way: m.Sequence) -> Array:
        """The mask of the documents in which the tokens are side by side; chunks are further apart than that.

        Positions are read only where some document has all of the tokens.
        """
        tokens = [(token, way.field, way.stemmed) for token in way.tokens]
        mask = self._has_token(tokens[0])
        for token in tokens[1:]:
            if not mask.any():
                return mask
            mask = mask & self._has_token(token)
        if len(tokens) == 1 or not mask.any():
            return mask
        places = self._places_of(tokens[0])
        for distance, token in enumerate(tokens[1:], 1):
            if not places.size:
                break
            places = places[_among(places + distance, self._places_of(token))]
        found = np.zeros(self._docs.size, dtype=bool)
        found[places >> _SHIFT] = True
        return found

    def _has_token(self, token: _Token) -> Array:
        """The mask of the documents that have a token."""
        if token not in self._masks:
            mask = self._masks[token] = np.zeros(self._docs.size, dtype=bool)
            for _, first, postings in self._postings_of(token):
                mask[postings.owners + first] = True
        return self._masks[token]

    def _postings_of(self, token: _Token) -> list[tuple[SegmentArrays, int, FormPostings]]:
        if token not in self._postings:
            text, field, stemmed = token
            found = [
                (segment, first, self._look_up(number, form, field))
                for number, (segment, first, _) in enumerate(self._parts)
                for form in segment.forms_of(text, stemmed)
            ]
            self._postings[token] = [each for each in found if each[2].owners.size]
        return self._postings[token]

    def _look_up_form(self, number: int, form: int, field: m.TextField) -> FormPostings:
        segment, _, docs = self._parts[number]
        return segment.find_postings(form, field, docs)

    def _places_of(self, token: _Token) -> Array:
        """Where a token occurs in the documents of the window, ascending."""
        if token not in self._places:
            found = [
                segment.places_of(postings, token[1]) + (first << _SHIFT) for segment, first, postings in self._postings_of(token)
            ]
            places = concatenate(found) if found else np.zeros(0, np.int64)
            self._places[token] = np.sort(places) if len(found) > 1 else places
        return self._places[token]


def _among(wanted: Array, values: Array) -> Array:
    """The mask of the wanted numbers that are among some values; these ascending."""
    if not values.size:
        return np.zeros(wanted.size, dtype=bool)
    at = values.searchsorted(wanted)
    at[at == values.size] = 0
    found: Array = values[at] == wanted
    return found
