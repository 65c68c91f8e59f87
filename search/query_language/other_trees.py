"""Other trees for a query: what was understood as words again, and words that signs join apart."""

from __future__ import annotations

import re

from search.query_language import tree as ql
from search.text.analysis import Analyzer

_MOST_APART, _SHORTEST_APART = 4, 3
"""Words joined by signs such as hyphens, and their letters, that may be searched apart. Longer ones are addresses or files."""

_SHORTEST_QUOTATION = 5
"""Length of a quotation from which most of its words are enough if no document has it: a title quoted with a mistake."""
_JOINED_BY_SIGNS = re.compile(r"\w+(?:[^\w\s'’:]\w+)+")


def joined_in_words(understood: ql.All, tree: ql.All, text: str) -> str:
    """Return the words that "or" in small letters joined, with it; "" for none."""
    joined = (part for part in understood.parts if isinstance(part, ql.Either) and part not in tree.parts)
    first = next(joined, None)
    ends = [re.escape(ql.format_tree(item)) for item in first.items[:2]] if first else []
    found = re.search(rf"{ends[0]} \w+ {ends[1]}", text) if ends else None
    return found[0] if found else ""


def is_binding(tree: ql.Tree) -> bool:
    """Return whether the query has an understood part without which its results could be the opposite of what is meant."""
    parts = tree.parts if isinstance(tree, ql.All) else ()
    return any(isinstance(part, ql.Understood) and (part.is_exclusion or part.is_bound) for part in parts)


def restore_words(tree: ql.All) -> ql.All:
    """Return the query with its understood parts as plain words, as they were typed."""
    return ql.All(
        tuple(
            word
            for part in tree.parts
            for word in (map(ql.Word, part.text.split()) if isinstance(part, ql.Understood) else (part,))
        )
    )


def split_words(tree: ql.Tree, analyzer: Analyzer) -> ql.Tree:
    """Return the query with hyphenated words split, and the words of a long quotation, which may contain mistakes."""
    if isinstance(tree, ql.Passage):
        return tree
    is_sentence = sum(isinstance(part, ql.Word) for part in tree.parts) >= _SHORTEST_QUOTATION
    return ql.All(tuple(apart for part in tree.parts for apart in _split_part(part, analyzer, is_sentence)))


def _split_part(part: ql.Part, analyzer: Analyzer, is_sentence: bool) -> tuple[ql.Part, ...]:
    if isinstance(part, ql.Phrase):
        quoted = part.text.split()
        return tuple(map(ql.Word, quoted)) if is_sentence or len(quoted) >= _SHORTEST_QUOTATION else (part,)
    words = analyzer.query_words(part.text) if isinstance(part, ql.Word) and _JOINED_BY_SIGNS.fullmatch(part.text) else []
    if not 2 <= len(words) <= _MOST_APART or not all(word.isalpha() and len(word) >= _SHORTEST_APART for word in words):
        return (part,)
    return tuple(map(ql.Word, words))
