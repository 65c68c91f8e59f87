"""Passages: texts too long to require every word of them. Any of their words is looked for."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from msgspec.structs import replace

from search.query_language import tree as ql
from search.query_language.matching import Sequence, Term, WordPrefix, any_of
from search.query_language.question import Clause, Question
from search.text.analysis import Analyzer

MAX_PASSAGE_WORDS = 500
"""Most different words of a passage that are searched; engines limit a query to about a thousand terms."""


def compile_passage(passage: ql.Passage, analyzer: Analyzer) -> Question:
    """Return the question of a passage: any of its words, without compounds and other names."""
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
    return Question((Clause((ql.Word(passage.text),), any_of(tuple(terms))),))


def _plain_term(word: str, stem: str, analyzer: Analyzer) -> Term:
    """Return the term of one word of a passage, without compounds: a passage has many words."""
    return Term((WordPrefix(word) if analyzer.is_single_character(word) else Sequence((stem,)),))
