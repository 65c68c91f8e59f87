"""Exclude a part of a query, once for any number of negations: people repeat them for emphasis or by mistake."""

from __future__ import annotations

from collections.abc import Sequence

from search.query_language.tree import Either, Group, Not, Part, Word


def exclude(part: Part) -> Not:
    """Return the exclusion of a part, which is the part itself where it is one: -(-china) and -(not china) are -china."""
    if isinstance(part, Group) and len(part.parts) > 1 and _is_not(part.parts[0]):
        rest = part.parts[1:]
        return exclude(rest[0] if len(rest) == 1 else Group(rest))
    if isinstance(part, Not):
        return part
    return Not(Group((part,)) if isinstance(part, Either) else part)


def join_negations(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts with "not" and a minus beside it as one exclusion: "not -china" and "-not china" are -china."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(before, Not) and _is_not(before.item):
            joined[-1] = exclude(part)
        elif before is not None and _is_not(before) and isinstance(part, Not):
            joined[-1] = part
        else:
            joined.append(part)
    return tuple(joined)


def _is_not(part: Part) -> bool:
    return isinstance(part, Word) and part.text.lower() == "not"
