"""Passages: texts too long to require every word of them. Any of their words is looked for."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from msgspec.structs import replace

from search.query_language import tree as ql
from search.query_language.matching import Match, Sequence, Term, WordPrefix, any_of
from search.query_language.question import Clause, Question
from search.text.analysis import Analyzer

MAX_PASSAGE_WORDS = 500
"""Most different words of a passage that are searched; engines limit a query to about a thousand terms."""


_JOINABLE = re.compile(r"[^\W\d][\w'’-]+\w")
"""A word that may be joined to others by commas."""


def gather_words(tree: ql.All, text: str, most: int) -> ql.Tree:
    """Return words joined by commas as a passage, with the other parts beside it; all is a passage if these are too many."""
    is_gathered = [isinstance(part, ql.Word) and _JOINABLE.fullmatch(part.text) is not None for part in tree.parts]
    words = [ql.format_tree(part) for part, is_word in zip(tree.parts, is_gathered, strict=True) if is_word]
    others = tuple(part for part, is_word in zip(tree.parts, is_gathered, strict=True) if not is_word)
    return ql.All((ql.Passage(",".join(words)), *others)) if len(words) > 1 and 0 < len(others) < most else ql.Passage(text)


def gather_alternatives(tree: ql.All, text: str, most: int) -> ql.Tree:
    """Return more than `most` words with OR between them as a passage, with the other parts beside it.

    With fewer words the query stays; all is a passage if there are other words too.
    """
    items = [item for part in tree.parts for item in (part.items if isinstance(part, ql.Either) else (part,))]
    if len(items) <= most:
        return tree
    either = [part for part in tree.parts if isinstance(part, ql.Either)]
    others = [part for part in tree.parts if part not in either]
    is_list = len(either) == 1 and all(isinstance(item, ql.Word) for item in either[0].items)
    if not is_list or any(isinstance(part, ql.Word) for part in others):
        return ql.Passage(text)
    return gather_words(ql.All((*either[0].items, *others)), text, most)


def compile_passage(passage: ql.Passage, analyzer: Analyzer) -> Question:
    """Return the question of a text that is a passage."""
    words = tuple(analyzer.query_words(passage.text))
    return Question((Clause((ql.Word(passage.text),), match_passage(passage, analyzer)),), words, is_passage=True)


def match_passage(passage: ql.Passage, analyzer: Analyzer) -> Match:
    """Return the match of a passage: any of its words, without compounds and other names."""
    words = analyzer.query_words(passage.text)
    kept = [word for word in words if word not in analyzer.stop_words] or words
    spelled: dict[str, str] = {}
    for word in kept:
        spelled.setdefault(analyzer.stem(word), word)
    counted = Counter(map(analyzer.stem, kept))
    terms = (
        replace(_plain_term(word, stem, analyzer), weight=counted[stem])
        for stem, word in islice(spelled.items(), MAX_PASSAGE_WORDS)
    )
    return any_of(tuple(terms))


def _plain_term(word: str, stem: str, analyzer: Analyzer) -> Term:
    """Return the term of one word of a passage, without compounds: a passage has many words."""
    return Term((WordPrefix(word) if analyzer.is_single_character(word) else Sequence((stem,)),))
