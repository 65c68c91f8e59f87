"""The match that an engine finds: a tree of tokens. `compiling` makes it from the query tree.

Term        one thing asked for, scored as one: any of its alternatives
  Sequence    tokens side by side in one chunk of a field, as stems or as surface words
  WordPrefix  a surface word with this prefix
HasValue    a keyword field has one of these values (`none`: has none)
Within      the date lies, at least in part, between two days
AtLeast     so many of its parts match
AllOf, AnyOf, Not, Everything
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

TextField = Literal["text", "title"]


class _Part(Struct, frozen=True, gc=False, cache_hash=True, array_like=True):
    """A part of a match. It has no cycles, so garbage collection need not visit it; terms are used as keys many times a question.

    Each kind has a tag, its first value as data (`search.choices` keeps matches so).
    """


class Sequence(_Part, frozen=True, tag=1):
    """Tokens that are side by side; one token is a sequence too. `stemmed` says which kind of token they are."""

    tokens: tuple[str, ...]
    field: TextField = "text"
    stemmed: bool = True


class WordPrefix(_Part, frozen=True, tag=2):
    """A surface word with this prefix."""

    prefix: str
    field: TextField = "text"


class Term(_Part, frozen=True, tag=3):
    """One term of a query: any of its alternatives; their frequencies are summed.

    `weight` is the number of times that a passage contains the word, which multiplies its score.
    """

    alternatives: tuple[Sequence | WordPrefix, ...]
    weight: int = 1


class HasValue(_Part, frozen=True, tag=4):
    """A keyword field has one of these values."""

    field: str
    values: tuple[str, ...]


class Within(_Part, frozen=True, tag=5):
    """The date has a day between two days (numbers as in `search.model.days`), both included; None is no limit."""

    first: int | None
    last: int | None


class Everything(_Part, frozen=True, tag=6):
    """Every document."""


class AllOf(_Part, frozen=True, tag=7):
    """Matches documents that match all parts."""

    parts: tuple[Match, ...]


class AnyOf(_Part, frozen=True, tag=8):
    """Matches documents that match one of the parts or more."""

    parts: tuple[Match, ...]


class AtLeast(_Part, frozen=True, tag=9):
    """Matches documents that match `count` of the parts or more. Its terms are scored as those of `AnyOf`."""

    count: int
    parts: tuple[Match, ...]


class Not(_Part, frozen=True, tag=10):
    """Matches documents that do not match the part."""

    part: Match


class Boost(_Part, frozen=True):
    """Raises the score of documents that match: `factor` is added to the 1 by which their score is multiplied.

    `reason` says what the match means, for those who ask why a document ranks where it does.
    """

    match: Match
    factor: float
    reason: str = ""


Match = Term | HasValue | Within | Everything | AllOf | AnyOf | AtLeast | Not


def any_of(parts: tuple[Match, ...]) -> Match:
    """Return a match of any of the parts, in its simplest form; of everything where there are none."""
    return parts[0] if len(parts) == 1 else AnyOf(parts) if parts else Everything()


def all_of(parts: tuple[Match, ...]) -> Match:
    """Return a match of all of the parts, in its simplest form; of everything where there are none."""
    return parts[0] if len(parts) == 1 else AllOf(parts) if parts else Everything()


def scored_terms(match: Match) -> Iterator[Term]:
    """Return the terms that count for relevance: those searched for, not those excluded, each once, in reading order."""
    return iter(dict.fromkeys(_list_scored(match)))


def has_scored_term(match: Match) -> bool:
    """Return whether a match has a term that counts for relevance."""
    return bool(_list_scored(match))


def with_terms(match: Match, terms: Iterable[Term]) -> Match:
    """Return a match with some terms in place of those that count for relevance and have their first alternative and all others.

    A match whose terms would no longer be different ones is returned as it is: each counts by itself.
    """
    left = {(term.weight, term.alternatives[0]): term for term in terms}
    by_term = {}
    for term in _list_scored(match):
        other = left.get((term.weight, term.alternatives[0]), term)
        by_term[term] = other if set(term.alternatives).issuperset(other.alternatives) else term
    return _replace_scored(match, by_term) if len(set(by_term.values())) == len(by_term) else match


def _replace_scored(match: Match, by_term: Mapping[Term, Term]) -> Match:
    match match:
        case Term():
            return by_term.get(match, match)
        case AllOf(parts) | AnyOf(parts):
            return type(match)(tuple([_replace_scored(part, by_term) for part in parts]))
        case AtLeast(count, parts):
            return AtLeast(count, tuple([_replace_scored(part, by_term) for part in parts]))
        case _:
            return match


def _list_scored(match: Match) -> list[Term]:
    if isinstance(match, Term):
        return [match]
    if not isinstance(match, AllOf | AnyOf | AtLeast):
        return []
    found = []
    for part in match.parts:
        if isinstance(part, Term):
            found.append(part)
        else:
            found += _list_scored(part)
    return found
