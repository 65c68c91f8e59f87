"""Meanings of words in a question: a time, a type, an order or an exclusion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from search.query_language.time_words import Bound

Bounds = tuple[int | None, int | None]
"""First and last day, both included; None is open. Days are numbers as in `search.model.days`."""


class DatePhrase(Struct, frozen=True):
    """A time named in words: any of its bounds. Two where a date can be read in two ways, as 5/6/2013."""

    bounds: tuple[Bounds, ...]


class TypePhrase(Struct, frozen=True):
    """A document type, or a group of types, named in words."""

    value: str


class SortPhrase(Struct, frozen=True):
    """An order named in words."""

    sort: Literal["newest", "oldest"]


class ExclusionPhrase(Struct, frozen=True):
    """An exclusion in words: each thing is a date, a type, or words as typed."""

    things: tuple[DatePhrase | TypePhrase | str, ...]


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
