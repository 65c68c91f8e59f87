"""Reading one segment: its vocabulary, postings, positions and columns. Documents are numbered within the segment."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import (
    Array,
    Strings,
    are_few,
    concatenate,
    find_among,
    find_common,
    mask_of,
    open_arrays,
    sort_once,
    sum_up_to,
)
from search.engines.whoosh.document_runs import DocumentRuns, TermPostings
from search.engines.whoosh.document_values import make_rows
from search.engines.whoosh.stored_documents import StoredDocuments
from search.query_language.matching import Sequence, Term, WordPrefix

_SHIFT, _LOWER = 32, (1 << 32) - 1
"""A place in a text is one whole number: document << 32 | position."""


_KNOWN = 16384
"""Tokens whose numbers are cached: some 2 MB. A word of ten letters is also looked for as two words, split in eight ways."""


class Matches(NamedTuple):
    """The documents that match a term, ascending, and their weighted term frequencies."""

    docs: Array
    term_frequencies: Array


_NONE: Array = np.zeros(0, np.intp)
NO_MATCHES = Matches(_NONE, np.zeros(0, np.uint32))


class SegmentArrays:
    """The arrays of one segment. Immutable, and safe to share between threads and generations."""

    def __init__(self, folder: Path, name: str, title_weight: int) -> None:
        self.path = folder / name
        self.arrays = open_arrays(folder / f"{name}.arrays")
        self.document = StoredDocuments(folder / f"{name}.documents", self.arrays).read
        self.title_weight = title_weight
        arrays = self.arrays
        self.strings = lru_cache(maxsize=None)(lambda name: Strings(arrays, name))
        """The strings of a name. Each keeps what it has read for its searches, also for the generations to come."""
        self.values = lru_cache(maxsize=None)(self._read_values)
        """The documents of each value of a keyword field, in the order of the values; kept for the generations to come."""
        self.value_rows = lru_cache(maxsize=None)(lambda name: make_rows([*self.values(name).values()], self.size))
        """The rows of a facet, None if there are none; kept for the generations to come."""
        self.words, self.stems = self.strings("words"), self.strings("stems")
        self.ids, self.titles = self.strings("ids"), self.strings("titles")
        self.size = len(self.ids)
        self.documents = {
            name: DocumentRuns(arrays[f"{name}.starts"], arrays[f"{name}.docs"], self.size) for name in ("text", "title", "stems")
        }
        """The documents of the words in texts, of those in titles, and of the stems of several words."""
        # Looking a word up costs some microseconds, and a query asks for the same few several times.
        self.word_number = lru_cache(maxsize=_KNOWN)(lambda word: self.words.find(word.encode()))
        self.stem_number = lru_cache(maxsize=_KNOWN)(lambda stem: self.stems.find(stem.encode()))

    def _read_values(self, field: str) -> Mapping[str, Array]:
        name = f"keyword.{field}"
        if f"{name}.starts" not in self.arrays:  # built before the field was configured
            return {}
        starts, docs = self.arrays[f"{name}.starts"].tolist(), self.arrays[f"{name}.docs"]
        lists = [docs[begin:end] for begin, end in pairwise(starts)]
        return dict(zip(map(bytes.decode, self.strings(name)), lists, strict=True))

    def term(self, term: Term) -> Matches:
        """Return the documents with any alternative of the term, their frequencies summed."""
        found = [matches for way in term.alternatives if (matches := self._match_alternative(way)).docs.size]
        if not found:
            return NO_MATCHES
        return found[0] if len(found) == 1 else self._sum_postings(*zip(*found, strict=True))

    def has_tokens(self, way: Sequence | WordPrefix) -> bool:
        """Return whether all tokens of an alternative are in the segment; always true for a prefix."""
        if isinstance(way, Sequence):
            number = self.stem_number if way.stemmed else self.word_number
            for token in sorted(way.tokens, key=len, reverse=True):  # the longest is most often unknown, and costs least then
                if number(token) < 0:
                    return False
        return True

    def _match_alternative(self, way: Sequence | WordPrefix) -> Matches:
        if isinstance(way, WordPrefix):
            return self._match_prefix(way)
        if len(way.tokens) > 1:
            return self._match_phrase(way) if self.has_tokens(way) else NO_MATCHES
        token = way.tokens[0]
        if not way.stemmed:
            return self._word(self.word_number(token), way.field)
        stem = self.stem_number(token)
        if stem < 0:
            return NO_MATCHES
        forms = self._forms(stem)
        if len(forms) == 1:
            return self._word(forms[0], way.field)
        if way.field == "text":
            return self.postings("stems", stem, stem + 1)
        found = [self._word(form, way.field) for form in forms]
        return self._sum_postings(*zip(*found, strict=True))

    def _forms(self, stem: int) -> list[int]:
        start = self.arrays["stems.form_starts"].item
        found: list[int] = self.arrays["stems.forms"][start(stem) : start(stem + 1)].tolist()
        return found

    def _word(self, word: int, field: str) -> Matches:
        return NO_MATCHES if word < 0 else self.postings(field, word, word + 1)

    def postings(self, name: str, first: int, last: int) -> Matches:
        """Return the postings of the terms with numbers from `first` up to `last`, term after term."""
        documents = self.documents[name]
        part = slice(documents.starts[first], documents.starts[last])
        return Matches(documents.of_terms(first, last), self.arrays[f"{name}.term_frequencies"][part])

    def _match_prefix(self, way: WordPrefix) -> Matches:
        """Return the documents of all words with a prefix: the words are sorted, so their postings are contiguous."""
        side_by_side = self.postings(way.field, *self.prefix_range(way.prefix))
        return self._sum_postings((side_by_side.docs,), (side_by_side.term_frequencies,))

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Return the first number, and one past the last, of the words that have this prefix."""
        begin = prefix.encode()
        return self.words.lower_bound(begin), self.words.lower_bound(begin + b"\xff")

    def _sum_postings(self, docs: tuple[Array, ...], frequencies: tuple[Array, ...]) -> Matches:
        together, weights = np.concatenate(docs), np.concatenate(frequencies)
        if together.size * 2 > self.size:  # a pass over all documents takes less time than sorting as many
            sums = np.bincount(together, weights, self.size)
            found = np.flatnonzero(sums)
            return Matches(found, sums[found])
        both = together << _SHIFT | weights.astype(np.int64)  # sorted as one number, in half the time of `numpy.unique`
        both.sort()
        return _sum_of_each(both >> _SHIFT, both & _LOWER)

    def _match_phrase(self, way: Sequence) -> Matches:
        """Return the documents with a phrase; each occurrence is weighted as the chunk that contains it."""
        places = self._phrase_places(way, way.field)
        if not places.size:
            return NO_MATCHES
        docs = places >> _SHIFT
        if way.field == "title":
            weights = np.full(docs.size, self.title_weight, dtype=np.int64)
        else:
            weights = self.weights_at(docs, places & _LOWER)
        return _sum_of_each(docs, weights)

    def weights_at(self, docs: Array, positions: Array) -> Array:
        """Return the weight of the chunk at each place. Only chunks with a weight above 1 are stored: mostly titles."""
        weights = np.ones(docs.size, dtype=np.int64)
        starts, begins, ends = (self.arrays[f"boosted.{column}"] for column in ("starts", "begins", "ends"))
        first, last = starts[docs].astype(np.intp), starts[docs + 1].astype(np.intp)
        for number in range(int((last - first).max(initial=0))):
            at = np.minimum(first + number, begins.size - 1)
            inside = (first + number < last) & (begins[at] <= positions) & (positions < ends[at])
            weights[inside] = self.arrays["boosted.weights"][at[inside]]
        return weights

    def _phrase_places(self, way: Sequence, field: str) -> Array:
        """Return where the phrase begins: the places of its rarest token at which all other tokens are at the right distance."""
        numbers = [self.forms_of(token, way.stemmed) for token in way.tokens]
        starts = self.documents[field].starts
        sizes = [sum(int(starts[form + 1]) - int(starts[form]) for form in forms) for forms in numbers]
        order = sorted(range(len(numbers)), key=sizes.__getitem__)
        kept = self._places(numbers[order[0]], field) - order[0]
        for offset in order[1:]:
            if not kept.size:
                break
            places = self._places(numbers[offset], field, kept >> _SHIFT) - offset
            kept = find_common(kept, places)
        return kept

    def forms_of(self, token: str, stemmed: bool) -> list[int]:
        """Return the numbers of the words of a token: those with the stem, or the word itself; none if unknown."""
        number = self.stem_number(token) if stemmed else self.word_number(token)
        return [] if number < 0 else self._forms(number) if stemmed else [number]

    def places_of(self, several: Collection[TermPostings], field: str) -> list[Array]:
        """Return where each word occurs in the documents of its postings: index in their list << 32 | position, ascending."""
        starts, position_starts = self.documents[field].starts.item, self.arrays[f"{field}.position_starts"].item
        all_counts = self.arrays[f"{field}.counts"]
        parts = [all_counts[starts(word) : starts(word) + at.item(-1) + 1] for word, _, at in several]
        sizes = [at.size for _, _, at in several]
        ends = list(accumulate(sizes))
        joined = concatenate(parts)
        at = concatenate([each.at for each in several]) + np.array([0, *accumulate(map(len, parts[:-1]))]).repeat(sizes)
        counts, sums = joined[at], sum_up_to(joined, at)
        # Where the positions of each word begin, less where they would begin if those of all `parts` were side by side.
        before = [0, *(sums.item(end - 1) for end in ends[:-1])]
        shift = [position_starts(each.term) - own for each, own in zip(several, before, strict=True)]
        taken = counts.cumsum(dtype=np.int64)
        found = np.arange(taken.item(-1)) + (sums + np.array(shift).repeat(sizes) - taken).repeat(counts)
        owners = concatenate([each.owners for each in several])
        places = (owners << _SHIFT).repeat(counts) | self.arrays[f"{field}.positions"][found]
        cuts = [0, *(taken.item(end - 1) for end in ends)]
        return [places[begin:end] for begin, end in pairwise(cuts)]

    def _places(self, forms: list[int], field: str, among: Array | None = None) -> Array:
        """Return all places of some words, `among` some documents, ascending."""
        places = concatenate([self._places_of_form(form, field, among) for form in forms])
        return places if len(forms) == 1 else np.sort(places)

    def _places_of_form(self, form: int, field: str, among: Array | None) -> Array:
        docs = self._word(form, field).docs
        starts, position_starts = self.documents[field].starts, self.arrays[f"{field}.position_starts"]
        counts = self.arrays[f"{field}.counts"][starts[form] : starts[form + 1]].astype(np.int64)
        positions = self.arrays[f"{field}.positions"][position_starts[form] : position_starts[form + 1]]
        if among is not None:
            at = self._indices_among(docs, among)
            ends = sum_up_to(counts, at)
            docs, counts = docs[at], counts[at]
            # Where each document's positions begin among those of the word, less where they will begin among those taken.
            taken = counts.cumsum()
            positions = positions[np.arange(taken[-1] if taken.size else 0) + (ends - taken).repeat(counts)]
        places: Array = (docs << _SHIFT).repeat(counts) | positions
        return places

    def _indices_among(self, docs: Array, among: Array) -> Array:
        """Return indices of the documents of `docs` (ascending) that are also in `among`."""
        if not are_few(among.size, docs.size):
            return np.flatnonzero(mask_of(among, self.size)[docs])
        at, is_among = find_among(docs, among)
        return sort_once(at[is_among])

    def number_of(self, document_id: str) -> int:
        """Return the document's number, -1 when no document of the segment has this id."""
        wanted, order = document_id.encode(), self.arrays["id_order"]
        at = bisect_left(order, wanted, key=lambda number: self.ids[int(number)])
        return int(order[at]) if at < self.size and self.ids[int(order[at])] == wanted else -1


def _sum_of_each(docs: Array, weights: Array) -> Matches:
    """Return ascending documents, each once, with the sum of its weights."""
    new = np.ones(docs.size, dtype=bool)
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    begins = new.nonzero()[0]
    return Matches(docs[begins], np.add.reduceat(weights, begins))
