"""Spelling: for a word that finds nothing, the nearest word that finds something."""

from __future__ import annotations

from search import query_language as ql
from search.analysis import Analyzer
from search.engine import Engine, Request
from search.matching import to_match

MAX_EDITS = 2
"""Edits within which two words are spelled alike; three turn most short words into each other."""
MIN_LENGTH = 4
"""Shorter words have too many neighbours within two edits to guess from."""


def alike(word: str, other: str, edits: int) -> bool:
    """Whether two different words so many edits apart are spelled alike: one edit, or two behind the same first letter."""
    return 0 < edits < MAX_EDITS or (edits == MAX_EDITS and other[0] == word[0])


def corrected(tree: ql.Tree, analyzer: Analyzer, engine: Engine) -> ql.Tree | None:
    """The query with each unknown word replaced by the nearest known one; None when no word is unknown, one stays so, or
    nothing but stop words would be left to look for."""
    if isinstance(tree, ql.Passage):
        return None
    parts: list[ql.Item | ql.Either] = []
    changed = False
    for part in tree.parts:
        if not isinstance(part, ql.Word) or _known(part, analyzer, engine):
            parts.append(part)
            continue
        nearest = _nearest(part, analyzer, engine)
        if nearest is None:
            return None
        parts.append(nearest)
        changed = True
    return ql.All(tuple(parts)) if changed and not all(_says_nothing(part, analyzer) for part in parts) else None


def _says_nothing(part: ql.Item | ql.Either, analyzer: Analyzer) -> bool:
    return isinstance(part, ql.Word) and analyzer.stop_words.issuperset(analyzer.query_words(part.text))


def _known(word: ql.Word, analyzer: Analyzer, engine: Engine) -> bool:
    return engine.find(Request(to_match(ql.All((word,)), analyzer), limit=0)).total > 0


def _nearest(word: ql.Word, analyzer: Analyzer, engine: Engine) -> ql.Word | None:
    words = analyzer.query_words(word.text)
    if len(words) != 1 or len(words[0]) < MIN_LENGTH:
        return None
    similar = engine.similar_words(words[0], 1)
    return ql.Word(similar[0][0]) if similar else None
