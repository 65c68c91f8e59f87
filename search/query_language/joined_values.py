"""Values of fields that were typed without quotation marks: type:policy report, topic:election security."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from search.model.query import NOT_STATED
from search.query_language import tree as ql

_MOST_WORDS = 5
"""Most words after a value that may belong to it."""
_MOST_VALUES = 3
"""Most values of one query that are looked up; each word after one costs a look-up."""

_MAY_HOLD_VALUES = frozenset((ql.FieldValue, ql.Not, ql.Either))

IsValue = Callable[[str, str], bool]
"""Whether a field has a value."""


def join_values(tree: ql.Tree, is_value: IsValue) -> ql.Tree:
    """Return the query with each value extended by the plain words after it, as far as the archive has such a value.

    `is_value` says whether a field has a value.
    """
    if isinstance(tree, ql.Passage) or _MAY_HOLD_VALUES.isdisjoint(map(type, tree.parts)):
        return tree
    parts: list[ql.Part] = []
    rest, joined = list(tree.parts), 0
    while rest:
        part = rest.pop(0)
        value = _without_not(part)
        if isinstance(value, ql.FieldValue) and " " not in value.value and joined < _MOST_VALUES:
            joined += 1
            whole, words = _longest_value(value, rest, is_value)
            part = ql.Not(whole) if isinstance(part, ql.Not) else whole
            del rest[:words]
        parts.append(_words_of_topic(part, is_value))
    return ql.All(tuple(parts))


def _words_of_topic(part: ql.Part, is_value: IsValue) -> ql.Part:
    """Return a topic that the archive does not have as words, which are looked for everywhere; any other part as it is.

    An excluded one stays: to leave out its words would leave out documents on other topics.
    """
    if isinstance(part, ql.Either):
        return ql.Either(tuple(_words_of_topic(item, is_value) for item in part.items))  # type: ignore[misc]
    if not isinstance(part, ql.FieldValue) or part.field != "topic" or part.value.lower() == NOT_STATED:
        return part
    if is_value(part.field, part.value):
        return part
    return ql.Phrase(part.value) if " " in part.value else ql.Word(f"{part.field}:{part.value}")


def _without_not(part: ql.Part) -> ql.Part:
    return part.item if isinstance(part, ql.Not) else part


def _longest_value(
    value: ql.FieldValue, behind: list[ql.Part], is_value: Callable[[str, str], bool]
) -> tuple[ql.FieldValue, int]:
    """Return the longest known value that begins here, and how many of the following words it includes."""
    words = [part.text for part in takewhile(lambda part: isinstance(part, ql.Word), behind[:_MOST_WORDS])]  # type: ignore[union-attr]
    for count in range(len(words), 0, -1):
        whole = " ".join((value.value, *words[:count]))
        if is_value(value.field, whole):
            return ql.FieldValue(value.field, whole), count
    return value, 0
