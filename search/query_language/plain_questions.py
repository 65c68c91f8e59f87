"""Read questions that are only words, as most are, without trying each rule on them.

A rule that gives words a meaning declares them where it is written: the words themselves, or their stems. A question with none of
them is known at once to mean its words and nothing else. A test reads mixtures of plain and declared words both ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from search.query_language import tree as ql
from search.query_language.matching import AnyOf
from search.query_language.question import Clause, Question, Vocabulary
from search.query_language.words import compound_of, term_of_word

_WORDS = re.compile("[a-z]{2,40}(?: [a-z]{2,40}){0,6}")
"""Small ASCII letters without signs. A single letter may be an initial; eight words may be a sentence."""


class PlainQuestions:
    """Compiles the questions of one archive that are only words.

    `words` and `stems` are those that a rule may react to; `may_mean_more` says whether others of some words do, because they
    change with the documents. `long_form` returns the long form of an acronym, "" for other words.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        words: frozenset[str],
        stems: frozenset[str],
        may_mean_more: Callable[[Sequence[str]], bool],
        long_form: Callable[[str], str],
    ) -> None:
        self._vocabulary = vocabulary
        self._words = words
        self._stems = stems
        self._may_mean_more = may_mean_more
        self._long_form = long_form

    def read(self, text: str) -> Question | None:
        """Return the question of a text that is only words to which no rule reacts; None for any other."""
        words = tuple(text.split(" ")) if _WORDS.fullmatch(text) else ()
        if not words or not self._words.isdisjoint(words) or self._may_mean_more(words):
            return None
        stem = self._vocabulary.analyzer.stem
        if not self._stems.isdisjoint(map(stem, words)):
            return None
        if not self._stems.isdisjoint([stem(first + second) for first, second in pairwise(words)]):  # a synonym in two words
            return None
        if any(map(self._long_form, words)) or self._vocabulary.abbreviate(words) is not None:
            return None
        return self._compile(words)

    def _compile(self, words: tuple[str, ...]) -> Question:
        """Return what `compile_tree` returns for these words."""
        analyzer = self._vocabulary.analyzer
        compounds = [compound_of(first, second, analyzer) for first, second in pairwise(words)]
        clauses = []
        for word, *beside in zip(words, (None, *compounds), (*compounds, None), strict=True):
            term = term_of_word(word, word, analyzer, "text")
            joined = [compound for compound in beside if compound is not None]
            clauses.append(Clause((ql.Word(word),), AnyOf((term, *joined)) if joined else term))
        return Question(tuple(clauses), words, is_plain=True)
