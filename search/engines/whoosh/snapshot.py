"""Reading one generation: its segments as one collection of documents, numbered across segments, without deleted ones.

Whatever depends on the whole collection (average length, facet bitmaps) is made here, when a generation is opened, from the
segments' own columns; ranks by id and title, which would take long, are read. A snapshot never changes and is safe to share
between threads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from search.config.settings import Ranking
from search.engines.contract import Generation
from search.engines.whoosh.arrays import Array, concatenate
from search.engines.whoosh.keywords import Keywords
from search.engines.whoosh.segment import NO_MATCHES, Matches, SegmentArrays
from search.kept import Kept
from search.model.document import Document
from search.query_language.matching import HasValue, Sequence, Term, WordPrefix

_MOST_TERMS, _MOST_DOCUMENTS = 16, 4096
"""Phrases and prefixes whose documents are kept, and the most documents of one: 1 MB together. With 64, questions that are asked
once were 2 percent slower at 100,000 documents, because memory in the processor's cache is used again less often."""

_MOST_FACTORS = 2 << 20
"""Bytes of the factors that are kept of searches: those of 3,800, as 100 factors take 400 bytes and the entry 150. Compressed
they would take a tenth, but compressing takes 3 µs, a third of a percent of a page, and most searches are for one page."""


@dataclass(frozen=True)
class Snapshot:
    """The segments of a generation. `deleted` holds, for each segment, the numbers of its deleted documents, ascending;
    `ranks` the columns of its file of ranks. What is the same in the snapshot `before` is copied from it."""

    generation: Generation
    names: tuple[str, ...]
    segments: tuple[SegmentArrays, ...]
    deleted: tuple[Array, ...]
    keyword_names: tuple[str, ...]
    ranking: Ranking
    ranks: Mapping[str, Array]
    before: InitVar[Snapshot | None] = None
    keywords: Keywords = field(init=False)
    """The keyword fields, for counting facets and looking values up."""
    kept_factors: Kept = field(init=False, default_factory=lambda: Kept(_MOST_FACTORS))
    """By what boosts multiply the scores of some documents, by a digest of both; filled by `Evaluation`."""
    _kept_matches: dict[Term, Matches] = field(init=False, default_factory=dict)

    def __post_init__(self, before: Snapshot | None) -> None:
        # Made now, so that no visitor's request waits for them.
        for name in ("size", "bases", "live", "live_count", "norms", "days"):
            getattr(self, name)
        keywords = Keywords(self.keyword_names, self.segments, self.bases, self.size, before.keywords if before else None)
        object.__setattr__(self, "keywords", keywords)
        for segment in self.segments:
            segment.words.prepare()
            segment.stems.prepare()

    @cached_property
    def size(self) -> int:
        """Documents in all segments, deleted ones included: the length of every column."""
        return sum(segment.size for segment in self.segments)

    @cached_property
    def bases(self) -> tuple[int, ...]:
        """The number of the first document of each segment."""
        return tuple(np.cumsum([0, *(segment.size for segment in self.segments)]).tolist()[:-1])

    @cached_property
    def live(self) -> Array:
        """Mask of the documents that are not deleted."""
        live = np.ones(self.size, dtype=bool)
        for base, deleted in zip(self.bases, self.deleted, strict=True):
            live[deleted + base] = False
        return live

    @cached_property
    def live_count(self) -> int:
        """The number of live documents."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def norms(self) -> Array:
        """The part of BM25's denominator that depends on the document alone: k1 (1 - b + b length / average length)."""
        lengths = self.column("lengths").astype(np.float64)
        average = lengths[self.live].sum() / self.live_count if self.live_count else 1.0
        k1, b = self.ranking.k1, self.ranking.b
        norms = np.asarray(k1 * (1 - b + b * lengths / (average or 1.0)), dtype=np.float32)
        return np.maximum(norms, np.float32(1e-9))  # with b 1 a document without words would have 0, and divide by it

    @cached_property
    def days(self) -> tuple[Array, Array]:
        """First and last day of each document's date as numbers (`DateSpan.bounds`), `UNDATED` without one."""
        return self.column("first_day"), self.column("last_day")

    @property
    def id_ranks(self) -> Array:
        """The rank of each document in order of id."""
        return self.ranks["id_ranks"]

    @property
    def title_ranks(self) -> Array:
        """The rank of each document in order of title."""
        return self.ranks["title_ranks"]

    def column(self, name: str) -> Array:
        """Return one column of all segments."""
        columns = [segment.arrays[name] for segment in self.segments]
        return columns[0] if len(columns) == 1 else np.concatenate([np.zeros(0, np.uint8), *columns])

    def split(self, column: Array) -> list[Array]:
        """Return the part of a column that each segment has."""
        return [column[base : base + segment.size] for segment, base in zip(self.segments, self.bases, strict=True)]

    @cached_property
    def without_unknown_alternatives(self) -> Callable[[Term], Term]:
        """Return a term without alternatives, other than the first, whose words are in no segment: most compounds are not."""
        segments = self.segments
        return lru_cache(maxsize=1024)(lambda term: _without_unknown_alternatives(term, segments))

    def term(self, term: Term) -> Matches:
        """Return the live documents of a term in all segments.

        Those of phrases and prefixes are kept: they take longest to find, and each page and filter of a search asks for them.
        """
        matches = self._kept_matches.get(term)
        if matches is None:
            matches = self._find_matches(term)
            if matches.docs.size <= _MOST_DOCUMENTS and any(map(_is_phrase_or_prefix, term.alternatives)):
                if len(self._kept_matches) >= _MOST_TERMS:
                    self._kept_matches.clear()
                self._kept_matches[term] = matches
        return matches

    def _find_matches(self, term: Term) -> Matches:
        found = []
        for segment, base, deleted in zip(self.segments, self.bases, self.deleted, strict=True):
            matches = segment.term(term)
            if deleted.size and matches.docs.size:
                kept = self.live[base : base + segment.size][matches.docs]
                matches = Matches(matches.docs[kept], matches.term_frequencies[kept])
            if matches.docs.size:
                found.append(matches if base == 0 else Matches(matches.docs + base, matches.term_frequencies))
        if not found:
            return NO_MATCHES
        return Matches(concatenate([part.docs for part in found]), concatenate([part.term_frequencies for part in found]))

    def documents_with(self, match: HasValue) -> Array:
        """Return the live documents that have one of the values, ascending."""
        column = self.keywords.columns.get(match.field)
        docs = column.documents_with(match.values) if column else np.zeros(0, np.int64)
        return docs[self.live[docs]] if docs.size else docs

    def has_value(self, field: str, value: str) -> bool:
        """Return whether a live document has this value of a keyword field: a question asks it of some values that none has."""
        column = self.keywords.columns.get(field)
        return column is not None and any(self.live[docs].any() for docs in column.lists_of((value,)))

    def document(self, number: int) -> Document:
        """Return a stored document."""
        at, within = self.place_of(number)
        return self.segments[at].document(within)

    def place_of(self, number: int) -> tuple[int, int]:
        """Return the index of the segment of a document, and the document's number within it."""
        at = bisect_right(self.bases, number) - 1
        return at, number - self.bases[at]

    def number_of(self, document_id: str) -> int:
        """Return the number of the live document with this id, -1 when there is none."""
        for segment, base in zip(self.segments, self.bases, strict=True):
            number = segment.number_of(document_id)
            if number >= 0 and self.live[base + number]:
                return base + number
        return -1


def _is_phrase_or_prefix(way: Sequence | WordPrefix) -> bool:
    return isinstance(way, WordPrefix) or len(way.tokens) > 1


def _without_unknown_alternatives(term: Term, segments: tuple[SegmentArrays, ...]) -> Term:
    first, *others = term.alternatives
    known = [way for way in others if any(segment.has_tokens(way) for segment in segments)]
    return term if len(known) == len(others) else Term((first, *known), term.weight)
