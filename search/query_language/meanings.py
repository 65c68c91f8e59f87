"""Meanings of words in a question: a time, a type, an order or an exclusion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from search.query_language.time_words import Bound, TimeWords

AND = frozenset("and und et y".split())
"""Words between two dates that mean either, unless a word such as "between" precedes them."""

Bounds = tuple[int | None, int | None]
"""First and last day, both included; None is open. Days are numbers as in `search.model.days`."""


class DatePhrase(Struct, frozen=True):
    """A time named in words: any of its bounds. Two where a date can be read in two ways, as 5/6/2013; none for "undated"."""

    bounds: tuple[Bounds, ...]


class TypePhrase(Struct, frozen=True):
    """A document type, or a group of types, named in words."""

    value: str


class SortPhrase(Struct, frozen=True):
    """An order named in words."""

    sort: Literal["newest", "oldest"]


class ExclusionPhrase(Struct, frozen=True):
    """An exclusion in words: each part is a date, a type, or words as typed."""

    excluded: tuple[DatePhrase | TypePhrase | str, ...]


class Phrase(Struct, frozen=True):
    """Pieces that have one meaning: the first piece, the number of pieces, and the meaning."""

    start: int
    count: int
    meaning: DatePhrase | TypePhrase | SortPhrase | ExclusionPhrase


def bounded(bound: Bound | None, first: int | None, last: int | None) -> Bounds:
    """Return the days before, after or within a date from `first` to `last`."""
    match bound:
        case "since":
            return first, None
        case "after":
            return None if last is None else last + 1, None
        case "before":
            return None, None if first is None else first - 1
        case "until":
            return None, last
        case _:
            return first, last


def join_dates(dates: Sequence[Phrase], folded: Sequence[str], words: TimeWords) -> list[Phrase]:
    """Return the dates, with those that "to" or "and" joins as one: "mid-2012 to early 2013", "in 2011 and in 2013"."""
    joined: list[Phrase] = []
    for date in dates:
        before = joined[-1] if joined else None
        if before is not None and (bounds := _join(before, date, folded, words)):
            joined[-1] = Phrase(before.start, date.start + date.count - before.start, DatePhrase(bounds))
        else:
            joined.append(date)
    return joined


def _join(first: Phrase, last: Phrase, folded: Sequence[str], words: TimeWords) -> tuple[Bounds, ...]:
    middle = first.start + first.count
    if last.start != middle + 1 or folded[middle] not in words.to:
        return ()
    assert isinstance(first.meaning, DatePhrase)
    assert isinstance(last.meaning, DatePhrase)
    is_range = folded[middle] not in AND or not words.between.isdisjoint(folded[max(first.start - 1, 0) : first.start + 1])
    return join_bounds((*first.meaning.bounds, *last.meaning.bounds), is_range)


def join_bounds(bounds: Sequence[Bounds], is_range: bool) -> tuple[Bounds, ...]:
    """Return the bounds as one range, or as they are; () if one is open or the range ends before it begins."""
    days = [day for each in bounds for day in each if day is not None]
    if len(days) < 2 * len(bounds) or days[0] > days[-1]:
        return ()
    return ((days[0], days[-1]),) if is_range else tuple(bounds)


def without_overlaps(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Return the phrases without those that share a piece with an earlier one in the list."""
    taken: set[int] = set()
    kept = []
    for phrase in phrases:
        places = set(range(phrase.start, phrase.start + phrase.count))
        if taken.isdisjoint(places):
            kept.append(phrase)
            taken |= places
    return kept
