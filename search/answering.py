"""What runs for the words typed: as typed, corrected, or most of the words; decided by the words alone, never by filters.

The readings of a text are tried in order, and the first that finds anything in the whole archive runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.engines.contract import Engine
from search.model.query import Sort
from search.model.results import Ran
from search.query_language import tree as ql
from search.query_language.compiling import compile_tree
from search.query_language.matching import AtLeast, Match, all_of
from search.query_language.question import Question, Vocabulary
from search.suggestions.spelling import correct
from search.text.analysis import Analyzer

_MOST_APART, _SHORTEST_APART = 4, 3
"""Words that a hyphen joins, and their letters, where most of them may do; longer rows are addresses or names of files."""

_HYPHENATED = re.compile(r"\w+(?:-\w+)+")

Understand = Callable[[ql.Tree, str], tuple[ql.Tree, Sort | None]]
"""From a tree to the tree with dates, types and names understood, and the order asked for in words."""


@dataclass(frozen=True)
class Run:
    """One way to search for what was typed. `text` is what is looked for, as somebody would type it; documents matching
    `first` come first."""

    ran: Ran
    tree: ql.Tree
    question: Question
    match: Match
    text: str
    sort: Sort | None = None
    first: tuple[Match, ...] = ()


class Readings:
    """Makes the runs for a text, nearest to what was typed first. At most two follow the first two."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, exact_vocabulary: Vocabulary, understand: Understand) -> None:
        self._engine = engine
        self._vocabulary = vocabulary
        self._exact_vocabulary = exact_vocabulary
        self._understand = understand

    def runs(self, tree: ql.Tree, text: str, is_exact: bool) -> Iterator[Run]:
        """Yield the runs to try, one after the other; each is made only when the one before found nothing."""
        vocabulary = self._exact_vocabulary if is_exact else self._vocabulary
        understood, sort = self._understand(tree, text)
        plain = self._run_as_typed(tree, vocabulary)
        if is_plain := understood == tree and sort is None:
            yield plain
        else:
            yield self._run_as_typed(understood, vocabulary, sort)
        correction = None if is_exact or isinstance(tree, ql.Passage) else self._correction(tree)
        if correction is None and not is_plain:
            yield plain
        if is_exact or isinstance(tree, ql.Passage):
            return
        if correction is not None:
            yield self._run_corrected(correction, vocabulary)
            plain = self._run_as_typed(correction, vocabulary)
        if (most := self._most_words(plain)) is not None:
            yield most

    def _correction(self, tree: ql.All) -> ql.All | None:
        corrected = correct(tree, self._vocabulary.analyzer, self._engine)
        return corrected if isinstance(corrected, ql.All) else None

    def _run_as_typed(self, tree: ql.Tree, vocabulary: Vocabulary, sort: Sort | None = None) -> Run:
        question = compile_tree(tree, vocabulary)
        match = question.match
        if question.is_sentence and vocabulary is self._vocabulary:
            asked = tuple(clause.match for clause in question.asked if clause.match is not None)
            match = AtLeast(-(-len(asked) // 2), asked)
        return Run("as typed", tree, question, match, ql.format_tree(tree), sort)

    def _run_corrected(self, tree: ql.All, vocabulary: Vocabulary) -> Run:
        question = compile_tree(tree, vocabulary)
        return Run("corrected", tree, question, question.match, ql.format_tree(tree))

    def _most_words(self, run: Run) -> Run | None:
        """Return the search for the documents with the most of the words; None where none has half of them."""
        tree = _with_words_apart(run.tree, self._vocabulary.analyzer)
        question = run.question if tree == run.tree else compile_tree(tree, self._vocabulary)
        asked = tuple(clause.match for clause in question.asked if clause.match is not None)
        filters = question.filters
        if len(asked) < 2:
            return None
        most = self._engine.most_matched(asked, all_of(filters))
        if most == 0 or 2 * most < len(asked):
            return None
        match = all_of((*filters, AtLeast(most, asked)))
        return Run("most words", tree, question, match, run.text)


def _with_words_apart(tree: ql.Tree, analyzer: Analyzer) -> ql.Tree:
    """Return the query with words that hyphens join each by itself: "public-private" may stand the other way round."""
    if isinstance(tree, ql.Passage):
        return tree
    return ql.All(tuple(apart for part in tree.parts for apart in _apart(part, analyzer)))


def _apart(part: ql.Part, analyzer: Analyzer) -> tuple[ql.Part, ...]:
    words = analyzer.query_words(part.text) if isinstance(part, ql.Word) and _HYPHENATED.fullmatch(part.text) else []
    if not 2 <= len(words) <= _MOST_APART or not all(word.isalpha() and len(word) >= _SHORTEST_APART for word in words):
        return (part,)
    return tuple(map(ql.Word, words))
