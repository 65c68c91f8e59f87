"""Decide what to search for: the words as typed, corrected, or most of them. Filters never decide it.

The readings of a text are tried in order, and the first that finds anything in the whole archive runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from search.engines.contract import Engine, count_matching
from search.essentials import leave_out_what_is_told, match_person
from search.model.query import Sort
from search.model.results import Ran
from search.own_words import excluded_words, match_without_labels, may_be_in_labels
from search.query_language import tree as ql
from search.query_language.compiling import compile_tree
from search.query_language.matching import AtLeast, Boost, Match, Sequence, Term, all_of, any_of
from search.query_language.other_trees import is_binding, joined_in_words, restore_words, split_words
from search.query_language.plain_questions import PlainQuestions
from search.query_language.question import Question, Vocabulary
from search.suggestions.spelling import correct

_FEWEST_REQUIRED, _HARDLY_ANY = 3, 2
"""Words of a question, and documents with all of them, from which on those with most of the words are found too."""

Understand = Callable[[ql.Tree, str, bool], tuple[ql.Tree, Sort | None]]
"""Returns the tree with dates, types and names understood, and the order requested in words. The last argument says whether
words may be read as exclusions."""


MOST_FURTHER = 2
"""Further searches, for other or fewer words than those typed, that one question may cost."""


@dataclass
class Spent:
    """The further searches made for one question."""

    further: int = 0

    @property
    def left(self) -> int:
        """The number of further searches still allowed."""
        return MOST_FURTHER - self.further


class Run(Struct, frozen=True, gc=False):
    """One way to run a query. Documents matching `first` come first, those matching `boosts` rank higher.

    `typed_total` is how many documents have all words of a search for most of them; `is_literal` says whether a search for
    exactly what was typed finds as many. `corrected_text` is the text with its misspelt words corrected, "" if there are none.
    `in_labels_only` are the excluded words that documents may have in the labels of their topics and types.
    """

    ran: Ran
    tree: ql.Tree
    question: Question
    match: Match
    sort: Sort | None = None
    first: tuple[Match, ...] = ()
    boosts: tuple[Boost, ...] = ()
    typed_total: int = 0
    is_literal: bool = False
    corrected_text: str = ""
    in_labels_only: tuple[str, ...] = ()


class Readings:
    """Makes the runs for a text, at most four, the one nearest to the text as typed first."""

    def __init__(
        self,
        engine: Engine,
        vocabulary: Vocabulary,
        exact_vocabulary: Vocabulary,
        understand: Understand,
        plain: PlainQuestions,
        labels: frozenset[str] = frozenset(),
    ) -> None:
        """`labels` are the stems of the words in the labels of topics and types."""
        self._engine = engine
        self._vocabulary = vocabulary
        self._exact_vocabulary = exact_vocabulary
        self._understand = understand
        self._plain = plain
        self._labels = labels

    def runs(self, tree: ql.Tree, text: str, is_exact: bool, spent: Spent) -> Iterator[Run]:
        """Yield the runs to try in order. A run is made only if the one before found nothing."""
        vocabulary = self._exact_vocabulary if is_exact else self._vocabulary
        plain = self._plain.read(text)
        understood, sort = (tree, None) if plain else self._read(tree, text, spent)
        is_plain = plain is not None or (understood == tree and sort is None)
        meant = Run("as typed", tree, plain, plain.match) if plain else self._run_as_typed(understood, vocabulary, sort)
        is_literal = is_exact or isinstance(tree, ql.Passage)
        yield self._widen(meant, text, spent) if is_plain and not is_literal else meant
        if not is_literal and (in_labels := self._run_without_labels(meant, vocabulary, spent)) is not None:
            yield in_labels
        fallback = meant if is_plain or is_binding(understood) else self._run_as_typed(tree, vocabulary)
        small = meant.question.words_not_required(vocabulary.analyzer)
        correction = None if is_literal else correct(understood, vocabulary.analyzer, self._engine, small)
        if correction is None and fallback is not meant:
            spent.further += 1
            yield fallback
        if is_literal:
            return
        if correction is not None:
            spent.further += correction.searches
            respelled = ql.format_tree(correction.tree)
            corrected = replace(self._run_as_typed(correction.tree, vocabulary, sort), corrected_text=respelled)
            if correction.may_find and not corrected.question.is_sentence:
                spent.further += 1
                yield replace(corrected, ran="corrected")
            fallback = corrected
            if not is_binding(understood):
                fallback = replace(self._run_as_typed(restore_words(correction.tree), vocabulary), corrected_text=respelled)
        if spent.left > 0 and (most := self._find_most_words(fallback, meant.question, spent)) is not None:
            yield most

    def _read(self, tree: ql.Tree, text: str, spent: Spent) -> tuple[ql.Tree, Sort | None]:
        """Return the understood query. Nothing is excluded if a document contains the words as typed: they may be its title."""
        understood, sort = self._understand(tree, text, True)
        if not isinstance(understood, ql.All):
            return understood, sort
        for number, part in enumerate(understood.parts):
            if isinstance(part, ql.Understood) and part.is_exclusion:
                before = ql.format_tree(understood.parts[number - 1]) if number else ""
                if self._is_part_of_title(before, part, spent):
                    return self._understand(tree, text, False)
                return understood, sort
        if (
            isinstance(tree, ql.All)
            and (joined := joined_in_words(understood, tree, text))
            and self._is_in_a_document(joined, spent)
        ):
            return self._understand(tree, text, False)
        return understood, sort

    def _is_in_a_document(self, text: str, spent: Spent) -> bool:
        spent.further += 1
        return count_matching(self._engine, self._match_words_in_order("", text)) > 0

    def _is_part_of_title(self, before: str, part: ql.Understood, spent: Spent) -> bool:
        """Return whether an exclusion in words is none: documents contain it as typed, or none has what it excludes.

        `before` is what was typed before it. The latter is searched for where the request begins with it, as in "not enough".
        """
        spent.further += 1
        if count_matching(self._engine, self._match_words_in_order(before, part.text)):
            return True
        if before:
            return False
        spent.further += 1
        excluded = [ql.All((each.item,)) for each in part.filters if isinstance(each, ql.Not)]
        return not count_matching(self._engine, any_of(tuple(compile_tree(tree, self._vocabulary).match for tree in excluded)))

    def _match_words_in_order(self, before: str, text: str) -> Match:
        """Return the match of documents with the last word of `before` followed by the words of `text`."""
        analyzer = self._vocabulary.analyzer
        return Term((Sequence((*analyzer.query_stems(before)[-1:], *analyzer.query_stems(text))),))

    def _run_as_typed(self, tree: ql.Tree, vocabulary: Vocabulary, sort: Sort | None = None) -> Run:
        question = compile_tree(tree, vocabulary)
        return Run("as typed", tree, question, question.match, sort)

    def _run_without_labels(self, run: Run, vocabulary: Vocabulary, spent: Spent) -> Run | None:
        """Return the run that finds documents with the excluded words only in labels; None if there are none."""
        words = excluded_words(run.tree)
        if spent.left == 0 or not may_be_in_labels(words, self._labels, vocabulary.analyzer) or isinstance(run.tree, ql.Passage):
            return None
        spent.further += 1
        match = match_without_labels(run.tree, vocabulary, self._engine)
        if match is None:
            return None
        spent.further = MOST_FURTHER
        return replace(run, match=match, in_labels_only=tuple(" ".join(word.text for word in each) for each in words))

    def cost_of_first_run(self, tree: ql.Tree, text: str) -> int:
        """Return how many searches the first run for a text may take, including the search for its results."""
        return 1 + self._cost_of_widening(self._run_as_typed(tree, self._vocabulary), text)

    def _cost_of_widening(self, run: Run, text: str) -> int:
        """Return how many further searches it may take to decide whether most of the words are enough."""
        question = run.question
        if question.is_plain or len(question.clauses) < _FEWEST_REQUIRED or question.has_quotation:
            return 0
        if question.is_sentence:
            return 2
        is_question = question.has_opener or "?" in text
        return int(is_question and len(question.word_clauses) >= _FEWEST_REQUIRED and not question.filters)

    def _widen(self, run: Run, text: str, spent: Spent) -> Run:
        """Return the run of a sentence or a question, for which most of the words may be enough."""
        if not self._cost_of_widening(run, text):
            return run
        return self._widen_sentence(run, spent) if run.question.is_sentence else self._widen_question(run, spent)

    def _widen_question(self, run: Run, spent: Spent) -> Run:
        """Return the run of a question: most of its words are enough if hardly any document has all of them.

        Long documents have all words of many questions by chance; the one with the answer may use another word.
        """
        total = count_matching(self._engine, run.match)
        if not 0 < total <= _HARDLY_ANY:
            return run
        spent.further += 1
        required = run.question.word_matches
        most = AtLeast(max(2, -(-len(required) * 2 // 3)), required)
        if count_matching(self._engine, most) <= total:
            return run
        return replace(run, ran="most words", match=most, typed_total=total, is_literal=self._is_literal(run))

    def _widen_sentence(self, run: Run, spent: Spent) -> Run:
        """Return the run of a pasted sentence: as typed if a document contains it, or if no document has all its words.

        If documents have all its words, but not together, the quoted document may lack a few: then most of the words are enough.
        Long documents have all of them by chance, so none comes first for that.
        """
        total = count_matching(self._engine, run.match)
        if total == 0:
            return run
        spent.further += 1
        if count_matching(self._engine, run.question.phrase(self._vocabulary.analyzer)):
            return run
        spent.further += 1
        return self._ask_for_most_words(run, run.question, len(run.question.word_matches), total)

    def _find_most_words(self, run: Run, meant: Question, spent: Spent) -> Run | None:
        """Return the run for the documents with the most of the words; None if no document has half of them.

        Those of a person named are found with fewer, but never outside the dates and types that are `meant`.
        """
        tree = split_words(run.tree, self._vocabulary.analyzer)
        question = run.question if tree == run.tree else compile_tree(tree, self._vocabulary)
        if len(question.word_matches) < 2:  # they may be one name in several words
            question = compile_tree(tree, self._exact_vocabulary)
        family = question.without_initials(self._vocabulary.analyzer) if len(question.word_matches) < 2 else None
        required = (family or question).word_matches
        if len(required) < 2 and family is None:
            return None
        spent.further += 1
        most = self._engine.count_most_matched(required, all_of(question.filters))
        asked = family or question
        if 2 * most < len(required) and spent.left > 0:
            asked = leave_out_what_is_told(asked, most, self._vocabulary.analyzer, self._engine)
            if asked.word_matches != required:  # documents may have other forms of what is left out
                spent.further += 1
                most = self._engine.count_most_matched(asked.word_matches, all_of(question.filters))
        if most and 2 * most >= len(asked.word_matches):
            return self._ask_for_most_words(replace(run, tree=tree), asked, most)
        person = match_person(question, meant.filters, self._vocabulary.analyzer, self._engine)
        return replace(run, ran="most words", tree=tree, question=question, match=person) if person is not None else None

    def _ask_for_most_words(self, run: Run, question: Question, most: int, typed_total: int = 0) -> Run:
        """Return the run for documents with `most` of the words; for a sentence with at least half of them."""
        required = question.word_matches
        least = -(-len(required) // 2) if question.is_sentence else most
        match = all_of((*question.filters, AtLeast(least, required)))
        ran: Ran = "most words"
        is_literal = typed_total > 0 and self._is_literal(run)
        return replace(run, ran=ran, question=question, match=match, typed_total=typed_total, is_literal=is_literal)

    def _is_literal(self, run: Run) -> bool:
        """Return whether the words have no other names that were searched too."""
        return compile_tree(run.tree, self._exact_vocabulary).match == run.question.match
