"""The best documents of one search, looked at closely: which of some matches each of them has.

Only the positions of these documents are read, however many others contain the words, and those of each word once. A place
is one whole number: the document's number within the window << 32 | position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

import numpy as np

from search.engines.whoosh.arrays import Array, find_among
from search.engines.whoosh.document_runs import InBlock, TermPostings, split_by_block
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.query_language import matching as m

_SHIFT = 32

_Token = tuple[str, m.TextField, bool]
"""A token, the field it is looked for in, and whether it is a stem."""


class Window:
    """Some documents of a snapshot, ascending. `match_all` returns all documents of a match, ascending."""

    def __init__(
        self, snapshot: Snapshot, docs: Array, match_all: Callable[[m.Match], Array], in_all: Iterable[m.Sequence] = ()
    ) -> None:
        """`in_all` are words and phrases that are known to be in each of the documents."""
        self._docs = docs
        self._match_all = match_all
        self._parts = []
        for segment, base in zip(snapshot.segments, snapshot.bases, strict=True):
            first, last = docs.searchsorted((base, base + segment.size)).tolist()
            if first < last:
                self._parts.append((segment, split_by_block(docs[first:last] - base, first)))
        self._forms: dict[tuple[SegmentArrays, int, m.TextField], TermPostings] = {}
        self._places: dict[_Token, Array] = {}
        self._begins: dict[tuple[_Token, ...], Array] = {}
        self._none = np.zeros(docs.size, dtype=bool)
        self._all = ~self._none
        known = list(in_all)
        self._masks: dict[_Token, Array] = {token: self._all for way in known for token in _tokens_of(way)}
        self._phrases_in_all = [way for way in known if len(way.tokens) > 1 or not way.stemmed]

    def factors(self, boosts: Iterable[m.Boost]) -> Array:
        """Return by what the score of each document is multiplied."""
        factors = np.ones(self._docs.size, np.float32)
        for boost in boosts:
            mask = self._has(boost.match)
            if mask is not self._none:
                factors += np.float32(boost.factor) * mask
        return factors

    def _has(self, match: m.Match) -> Array:
        """Return the mask of the documents that match, by ascending number; mostly `_none` itself where none does."""
        match match:
            case m.Term((m.Sequence() as way,)):
                return self._has_phrase(way)
            case m.Term(alternatives) if not any(isinstance(way, m.WordPrefix) for way in alternatives):
                return reduce(np.logical_or, [self._has_phrase(way) for way in alternatives if isinstance(way, m.Sequence)])
            case m.AllOf(parts):
                return reduce(np.logical_and, map(self._has, parts), ~self._none)
            case m.AnyOf(parts):
                return reduce(np.logical_or, map(self._has, parts), self._none)
            case m.Not(part):
                return ~self._has(part)
            case _:
                docs = self._match_all(match)
                return find_among(docs, self._docs)[1] if docs.size else self._none

    def _has_phrase(self, way: m.Sequence) -> Array:
        """Return the mask of the documents in which the tokens are side by side; chunks are further apart than that.

        Positions are read only where some document has all of the tokens.
        """
        if any(self._is_part(way, phrase) for phrase in self._phrases_in_all):
            return self._all
        tokens = _tokens_of(way)
        mask = self._has_token(tokens[0])
        if len(tokens) == 1:
            return mask
        for token in tokens[1:]:
            if mask is self._none or not np.count_nonzero(mask := mask & self._has_token(token)):
                return self._none
        self._read_places(tokens)
        begins = self._begins_of(tokens)
        if not begins.size:
            return self._none
        found = np.zeros(self._docs.size, dtype=bool)
        found[begins >> _SHIFT] = True
        return found

    def _begins_of(self, tokens: tuple[_Token, ...]) -> Array:
        """Return the places from which on tokens are side by side. Kept: the first words of a phrase are looked for too."""
        begins = self._begins.get(tokens)
        if begins is None:
            begins = self._places[tokens[0]] if len(tokens) == 1 else self._begins_of(tokens[:-1])
            if len(tokens) > 1 and begins.size:
                begins = begins[find_among(self._places[tokens[-1]], begins + (len(tokens) - 1))[1]]
            self._begins[tokens] = begins
        return begins

    def _is_part(self, way: m.Sequence, phrase: m.Sequence) -> bool:
        """Whether all documents with a phrase have this one too: its tokens, or their stems, are side by side in it."""
        if way.field != phrase.field or (phrase.stemmed and not way.stemmed):
            return False
        is_same = str.__eq__ if way.stemmed == phrase.stemmed else self._is_stem_of
        size = len(way.tokens)
        starts = range(len(phrase.tokens) - size + 1)
        return any(all(map(is_same, way.tokens, phrase.tokens[start : start + size])) for start in starts)

    def _is_stem_of(self, stem: str, word: str) -> bool:
        return any(segment.word_number(word) in segment.forms_of(stem, stemmed=True) for segment, _ in self._parts)

    def _has_token(self, token: _Token) -> Array:
        """Return the mask of the documents that have a token; `_none` itself where none has it."""
        mask = self._masks.get(token)
        if mask is None:
            mask = self._none
            for segment, docs in self._parts:
                for postings in self._postings_of(token, segment, docs):
                    mask = mask.copy() if mask is self._none else mask
                    mask[postings.owners] = True
            self._masks[token] = mask
        return mask

    def _postings_of(self, token: _Token, segment: SegmentArrays, docs: list[InBlock]) -> list[TermPostings]:
        """Return the postings of the forms of a token in a segment, those that are some document's.

        They are kept by form: a word is asked for by itself and as a form of its stem.
        """
        text, field, stemmed = token
        found = []
        for form in segment.forms_of(text, stemmed):
            key = segment, form, field
            postings = self._forms.get(key)
            if postings is None:
                postings = self._forms[key] = segment.documents[field].find(form, docs)
            if postings.owners.size:
                found.append(postings)
        return found

    def _read_places(self, tokens: Iterable[_Token]) -> None:
        """Read where tokens of one field, all in some document, occur in the documents of the window, ascending."""
        found: dict[_Token, list[Array]] = {token: [] for token in tokens if token not in self._places}
        for segment, docs in self._parts if found else ():
            wanted = [(token, postings) for token in found for postings in self._postings_of(token, segment, docs)]
            if wanted:
                places = segment.places_of([postings for _, postings in wanted], wanted[0][0][1])
                for (token, _), each in zip(wanted, places, strict=True):
                    found[token].append(each)
        for token, several in found.items():
            self._places[token] = several[0] if len(several) == 1 else np.sort(np.concatenate(several))


def _tokens_of(way: m.Sequence) -> tuple[_Token, ...]:
    return tuple([(token, way.field, way.stemmed) for token in way.tokens])
