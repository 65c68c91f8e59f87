"""Evaluate a match tree on a snapshot: the documents, their order, and the count of each facet value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from hashlib import blake2b

import numpy as np
from msgspec.msgpack import Encoder

from search.engines.contract import FIRST_SCORE, WINDOW, Request
from search.engines.whoosh.arrays import UNDATED, Array, are_few, find_among, mask_of, sort_once
from search.engines.whoosh.segment import Matches
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.window import Window
from search.model.days import EARLIEST, LATEST
from search.model.query import Selection, Sort
from search.query_language import matching as m

_encode = Encoder().encode
_BLOCK = 16
"""Scores in a block, of which only the highest is compared at first: of thousands of scores some twelve then contend for ten."""


class Evaluation:
    """One request. Sets of documents are ascending arrays of document numbers; only live documents are ever in them."""

    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        self.snapshot = snapshot
        self.request = request
        self._terms: dict[m.Term, tuple[m.Term, Matches]] = {}
        self.matching = self._match(request.match)
        self._found = [self._term(term) for term in m.scored_terms(request.match)]
        self._scored = [(term, matches) for term, matches in self._found if matches.docs.size]
        self._masks = {chosen.field: self._find_chosen(chosen) for chosen in request.selections}
        """By field, the mask of the matching documents that have the chosen values."""
        self.selected = self._select()
        """The documents that match and have all chosen values."""

    def terms(self) -> tuple[m.Term, ...]:
        """Return the scored terms, without those, and their alternatives, that no document contains.

        What no title has may still be marked in a text.
        """
        return tuple([term for term, matches in self._found if matches.docs.size or term.alternatives[0].field == "title"])

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return for each facet the number of documents by value, under the selections of all other facets."""
        keywords, facets = self.snapshot.keywords, self.request.facets
        counted = dict(keywords.count([name for name in facets if name not in self._masks], self.selected))
        for name in self._masks:
            if name in facets:
                counted |= keywords.count([name], self._select(without=name))
        return counted

    def slice(self) -> tuple[Array, Array]:
        """Return the documents of the requested slice, in order, and their scores (0 unless sorted by relevance)."""
        docs, first, last = self.selected, self.request.offset, self.request.offset + self.request.limit
        if self.request.limit <= 0 or first >= docs.size:
            return docs[:0], np.zeros(0, np.float32)
        if self.request.sort == "relevance":
            return self._best_slice(docs, first, last)
        keys = self._sort_keys(docs, self.request.sort)
        ordered = _smallest(keys, last)[first:]
        return docs[ordered], np.zeros(ordered.size, np.float32)

    def _best_slice(self, docs: Array, first: int, last: int) -> tuple[Array, Array]:
        """Return the slice by relevance: the window of the best documents reordered by the boosts, then the others."""
        scores, ranks = self._scores(docs), self.snapshot.id_ranks
        if self.request.first:
            named = mask_of(self._match(m.AnyOf(self.request.first)), self.snapshot.size)
            scores = scores + np.float32(FIRST_SCORE) * named[docs]
        if not self.request.boosts or first >= WINDOW:
            best = _order(_best(scores, docs, ranks, last), scores, docs, ranks)[first:]
            return docs[best], scores[best]
        best = _best(scores, docs, ranks, max(last, WINDOW))
        if last > WINDOW:
            best = _order(best, scores, docs, ranks)
        window = np.sort(best[:WINDOW])
        scores[window] *= self._boosts(docs[window])
        best[:WINDOW] = _order(window, scores, docs, ranks)
        return docs[best[first:last]], scores[best[first:last]]

    def _boosts(self, docs: Array) -> Array:
        """Return by what the scores of the best documents are multiplied.

        They are kept, because the next page of a search, and the same search again, has the same best documents.
        """
        kept, key = self.snapshot.kept_factors, _digest(self.request.boosts, docs)
        packed = kept.find(key)
        if packed is not None:
            return np.frombuffer(packed, np.float32)
        window = Window(self.snapshot, docs, self._match, self._phrases_in_all(self.request.match))
        factors = window.factors(self.request.boosts)
        kept.keep(key, factors.tobytes())
        return factors

    def _phrases_in_all(self, match: m.Match) -> Iterator[m.Sequence]:
        """Yield the words and phrases that each matching document has: terms that are required and can be written in one way."""
        match match:
            case m.AllOf(parts):
                for part in parts:
                    yield from self._phrases_in_all(part)
            case m.Term():
                ways = self._term(match)[0].alternatives
                if len(ways) == 1 and isinstance(ways[0], m.Sequence):
                    yield ways[0]

    # matching

    def _match(self, match: m.Match) -> Array:
        match match:
            case m.Term():
                return self._term(match)[1].docs
            case m.AllOf(parts):
                return self._all_of(parts)
            case m.AnyOf(parts):
                return self._any_of([self._match(part) for part in parts])
            case m.AtLeast(count, parts):
                return np.flatnonzero((self._count_parts(parts) >= count) & self.snapshot.live)
            case m.HasValue():
                return self.snapshot.documents_with(match)
            case m.Within() | m.Not():
                return self._all_of((match,))
            case m.Everything():
                return np.flatnonzero(self.snapshot.live)

    def _term(self, term: m.Term) -> tuple[m.Term, Matches]:
        """Return the term without alternatives that no document contains, and the documents that contain it."""
        found = self._terms.get(term)
        if found is None:
            known = self.snapshot.without_unknown_alternatives(term)
            found = self._terms[term] = (known, self.snapshot.term(known))
        return found

    def _all_of(self, parts: tuple[m.Match, ...]) -> Array:
        wanted = sorted((self._match(part) for part in parts if not isinstance(part, m.Not | m.Within)), key=len)
        docs = wanted[0] if wanted else np.flatnonzero(self.snapshot.live)
        for other in wanted[1:]:
            docs = docs[self._find_in(other, docs)]
        for part in parts:
            if isinstance(part, m.Within) and docs.size:
                docs = docs[self._find_within(part, docs)]
            elif isinstance(part, m.Not) and docs.size:
                docs = docs[~self._find_in(self._match(part.part), docs)]
        return docs

    def _find_within(self, part: m.Within, docs: Array) -> Array:
        """Return the mask of those of some documents that have a day of the range."""
        begins, ends = (days[docs] for days in self.snapshot.days)
        found: Array = begins <= (LATEST if part.last is None else part.last)
        found &= ends >= (EARLIEST if part.first is None else part.first)
        return found

    def _any_of(self, sets: list[Array]) -> Array:
        sets = [docs for docs in sets if docs.size]
        if len(sets) < 2:
            return sets[0] if sets else np.zeros(0, np.int64)
        if are_few(sum(docs.size for docs in sets), self.snapshot.size):
            return sort_once(np.concatenate(sets))
        together = np.zeros(self.snapshot.size, dtype=bool)
        for docs in sets:
            together[docs] = True
        return together.nonzero()[0]

    def count_most_matched(self, parts: Sequence[m.Match]) -> int:
        """Return the largest number of `parts` that one of the matching documents has."""
        return int(self._count_parts(parts)[self.matching].max(initial=0))

    def _count_parts(self, parts: Sequence[m.Match]) -> Array:
        """For each document of the snapshot, how many of the parts it has."""
        counts = np.zeros(self.snapshot.size, dtype=np.int32)
        for part in parts:
            counts[self._match(part)] += 1  # no document is twice in the set of one part
        return counts

    def _find_in(self, others: Array, docs: Array) -> Array:
        """Return the mask of those of some documents that are among others."""
        if are_few(docs.size, others.size):
            return find_among(others, docs)[1]
        return mask_of(others, self.snapshot.size)[docs]

    def _find_chosen(self, chosen: Selection) -> Array:
        """Return the mask of the matching documents that have the values of a selection."""
        column = self.snapshot.keywords.columns.get(chosen.field)
        kept = np.full(self.matching.size, not chosen.include)
        if column and chosen.include:
            kept = column.find_having(chosen.include, self.matching)
        if column and chosen.exclude:
            kept &= ~column.find_having(chosen.exclude, self.matching)
        return kept

    def _select(self, without: str = "") -> Array:
        """Return the matching documents that have the chosen values of all fields but one."""
        masks = [mask for field, mask in self._masks.items() if field != without]
        return self.matching[reduce(np.logical_and, masks)] if masks else self.matching

    # order

    def _scores(self, docs: Array) -> Array:
        """Return BM25 (Robertson and Zaragoza 2009, 3.1): sum of idf tf (k1 + 1) / (tf + norm), idf over live documents."""
        norms = self.snapshot.norms
        if all(matches.docs.size >= docs.size for _, matches in self._scored):
            scores, own_norms = np.zeros(docs.size, dtype=np.float32), norms[docs]
            for term, matches in self._scored:
                scores += self._bm25(term, matches, self._term_frequencies_of(matches, docs), own_norms)
            return scores
        scores = np.zeros(self.snapshot.size, dtype=np.float32)
        for term, matches in self._scored:
            if matches.docs.size > docs.size:
                scores[docs] += self._bm25(term, matches, self._term_frequencies_of(matches, docs), norms[docs])
            else:
                scores[matches.docs] += self._bm25(term, matches, matches.term_frequencies, norms[matches.docs])
        return scores[docs]

    def _bm25(self, term: m.Term, matches: Matches, frequencies: Array, norms: Array) -> Array:
        """Return what one term adds to the scores of documents, from its frequencies in them and their norms."""
        df, live = matches.docs.size, self.snapshot.live_count
        idf = term.weight * math.log(1 + (live - df + 0.5) / (df + 0.5))
        frequencies = frequencies.astype(np.float32)
        saturated: Array = frequencies / (frequencies + norms)
        saturated *= np.float32(idf * (self.snapshot.ranking.k1 + 1))
        return saturated

    def _term_frequencies_of(self, matches: Matches, docs: Array) -> Array:
        """Return the frequency of the term in each of `docs`."""
        if docs is matches.docs:
            return matches.term_frequencies
        if are_few(docs.size, matches.docs.size):
            at, has_term = find_among(matches.docs, docs)
            return np.multiply(matches.term_frequencies.take(at, mode="clip"), has_term)
        dense = np.zeros(self.snapshot.size, matches.term_frequencies.dtype)
        dense[matches.docs] = matches.term_frequencies
        return dense[docs]

    def _sort_keys(self, docs: Array, order: Sort) -> Array:
        """Return a whole number for each document: the smallest comes first, undated ones last, ties are broken by id."""
        if order == "id":
            return self.snapshot.id_ranks[docs]
        if order == "title":
            return self.snapshot.title_ranks[docs]
        begins, ends = (days[docs].astype(np.int64) for days in self.snapshot.days)
        days = np.where(begins == EARLIEST, ends, begins)
        ordered = np.where(begins == UNDATED[0], np.int64(UNDATED[0]), -days if order == "newest" else days)
        return (ordered << 32) + self.snapshot.id_ranks[docs]


def _digest(boosts: tuple[m.Boost, ...], docs: Array) -> bytes:
    """Return 128 bits that no other boosts and documents have."""
    return blake2b(_encode(boosts) + docs.tobytes(), digest_size=16).digest()


def _smallest(keys: Array, count: int) -> Array:
    """Return indices of the `count` smallest keys, ascending."""
    if count < keys.size:
        nearest = np.argpartition(keys, count - 1)[:count]
        return nearest[np.argsort(keys[nearest])]
    return np.argsort(keys, kind="stable")


def _order(best: Array, scores: Array, docs: Array, ranks: Array) -> Array:
    """Return indices of scores by score, highest first, ties by the documents' rank."""
    return best[np.lexsort((ranks[docs[best]], -scores[best]))]


def _best(scores: Array, docs: Array, ranks: Array, count: int) -> Array:
    """Return indices of the `count` highest scores, ties by the documents' rank, in no order."""
    if scores.size >= 2 * count * _BLOCK:
        contenders = _contenders(scores, count)
        return contenders[_highest(scores[contenders], docs[contenders], ranks, count)]
    return _highest(scores, docs, ranks, count)


def _highest(scores: Array, docs: Array, ranks: Array, count: int) -> Array:
    if scores.size <= count:
        return np.arange(scores.size)
    least = np.partition(scores, scores.size - count)[scores.size - count]
    above, ties = (scores > least).nonzero()[0], (scores == least).nonzero()[0]
    if above.size + ties.size > count:
        ties = ties[_smallest(ranks[docs[ties]], count - above.size)]
    return np.concatenate([above, ties])


def _contenders(scores: Array, count: int) -> Array:
    """Return indices of all that can be among the `count` highest, mostly few more.

    The least of the `count` highest maxima of blocks is a score that at least `count` reach: it takes one pass to find, and a
    partition of all takes the time of four. A block is one score of each row, so that maxima are found a row at a time.
    """
    blocks = scores.size // _BLOCK
    highest = scores[: blocks * _BLOCK].reshape(_BLOCK, blocks).max(axis=0)
    return np.flatnonzero(scores >= np.partition(highest, blocks - count)[blocks - count])
