"""Find similar searches for one that finds nothing. Each was run, and is offered only if it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from msgspec.structs import replace

from search.model.dates import parse_bound
from search.model.query import Query
from search.model.results import Way, WayOut
from search.model.sentences import sentence
from search.query_language import tree as ql
from search.query_language.compiling import required_parts
from search.query_language.parser import MAX_WORDS
from search.text.analysis import Analyzer

MOST_OFFERED = 5
_LAST = ("without_words", "everything")
"""Offered only if no other kind finds anything."""
_MOST_DROPPED = 5
_LONGEST_SHOWN = 80

Candidate = tuple[Way, str, Query]
"""A search to try: its kind, its label, and the query."""
Part = ql.Part


def ways_out(
    query: Query, tree: ql.Tree, analyzer: Analyzer, count: Callable[[Query], int], cost: Callable[[str], int], most: int
) -> tuple[WayOut, ...]:
    """Return other searches that find something, nearest first. `tree` is what ran last for the query.

    `count` returns the number of documents of a query, and `cost` the number of searches that takes; `most` is the limit of all.
    """
    trials = _Trials(query, count, cost, most)
    tried = (trials.way(*candidate) for candidate in _list_similar(query, tree, analyzer))
    found = tuple(islice(filter(None, tried), MOST_OFFERED))
    if not found:
        last = trials.way("everything", sentence("everything in the archive"), Query(per_page=query.per_page))
        found = (last,) if last else ()
    return found


class _Trials:
    """Runs candidates, each once and none equal to the query; those with other words only while searches are left."""

    def __init__(self, asked: Query, count: Callable[[Query], int], cost: Callable[[str], int], left: int) -> None:
        self.seen = {replace(asked, page=1)}
        self.known_texts = {"", asked.text}
        self.left = left
        self.count = count
        self.cost = cost

    def way(self, kind: Way, label: str, query: Query) -> WayOut | None:
        """Return this search as a way out if it finds something, or without the filters if only that does."""
        if query.text not in self.known_texts:
            if self.left <= 0 or (cost := self.cost(query.text)) > self.left:
                return None
            self.left -= cost
            self.known_texts.add(query.text)
        tried = [(label, replace(query, page=1))]
        if query.is_filtered and kind not in _LAST:
            tried.append((sentence("%(what)s (without filters)", what=label), query.without_filters()))
        for name, other in tried:
            if other not in self.seen:
                self.seen.add(other)
                if total := self.count(other):
                    return WayOut(kind, name, other, total)
        return None


def _list_similar(query: Query, tree: ql.Tree, analyzer: Analyzer) -> Iterator[Candidate]:
    """Yield searches similar to the query, the most similar first."""
    if query.since and query.until and parse_bound(query.since).bounds[0] > parse_bound(query.until).bounds[1]:
        label: str = sentence("from %(first)s to %(last)s", first=query.until, last=query.since)
        yield "turned_round", label, replace(query, since=query.until, until=query.since)
    if query.is_filtered:
        yield "without_filters", sentence("the same words without filters"), query.without_filters()
    if isinstance(tree, ql.All):
        relaxed = [*_relax_parts(tree, analyzer)]
        fewer = [other for start in (tree, *(one for *_, one in relaxed)) for other in _require_fewer(start, analyzer)]
        for kind, label, other in (*relaxed, *fewer):
            text = ql.format_tree(other)
            yield kind, sentence("%(what)s: %(query)s", what=label, query=_shorten(text)), query.with_text(text)
    if query.is_filtered and query.text:
        yield "without_words", sentence("these filters without the words"), query.with_text("")


def _relax_parts(tree: ql.All, analyzer: Analyzer) -> Iterator[tuple[Way, str, ql.All]]:
    """Yield the query with all parts of one kind made less strict."""

    def split_words(part: Part) -> tuple[Part, ...]:
        item = part.item if isinstance(part, ql.InTitle) else part
        words = analyzer.query_words(item.text) if isinstance(item, (ql.Word, ql.Phrase)) else []
        if (len(words) < 2 and not isinstance(item, ql.Phrase)) or len(words) > MAX_WORDS:
            return (part,)
        return tuple(ql.InTitle(ql.Word(word)) if isinstance(part, ql.InTitle) else ql.Word(word) for word in words)

    def search_everywhere(part: Part) -> tuple[Part, ...]:
        return (part.item if isinstance(part, ql.InTitle) else part,)

    def swap_years(part: Part) -> tuple[Part, ...]:
        if isinstance(part, ql.YearRange) and part.first is not None and part.last is not None and part.first > part.last:
            return (ql.YearRange(part.last, part.first),)
        return (part,)

    changes: tuple[tuple[Way, str, Callable[[Part], tuple[Part, ...]]], ...] = (
        ("apart", sentence("the words apart"), split_words),
        ("anywhere", sentence("not only in the title"), search_everywhere),
        ("turned_round", sentence("the years in the other order"), swap_years),
    )
    for kind, label, change in changes:
        parts = tuple(new for part in tree.parts for new in change(part))
        if parts != tree.parts:
            yield kind, label, ql.All(parts)


def _require_fewer(tree: ql.All, analyzer: Analyzer) -> Iterator[tuple[Way, str, ql.All]]:
    """Yield the query with any of its words required, and without some of its parts."""
    required = required_parts(tree, analyzer)
    if len(required) < 2:
        return
    words = tuple(part for part in required if isinstance(part, (ql.Word, ql.Phrase, ql.Prefix)))
    if len(words) > 1:
        others = tuple(part for part in required if part not in words)
        yield "any_word", sentence("any of the words"), ql.All((ql.Either(words), *others))
    # Exclusions are dropped first: that keeps every word that was searched for.
    order = sorted(range(len(required)), key=lambda number: not _is_exclusion(required[number]))
    for number in order[:_MOST_DROPPED]:
        part = required[number]
        rest = ql.All(required[:number] + required[number + 1 :])
        yield "without_part", sentence("without %(what)s", what=_shorten(ql.format_tree(part))), rest


def _is_exclusion(part: Part) -> bool:
    return isinstance(part, ql.Not) or (isinstance(part, ql.Understood) and part.is_exclusion)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1].rstrip()}…"
