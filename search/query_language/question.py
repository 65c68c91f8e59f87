"""A question: a query tree with its words analysed, clause by clause."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Pieces
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from search.query_language import tree as ql
from search.query_language.matching import Match, Sequence, Term, all_of
from search.query_language.question_words import FEWEST_IN_SENTENCE, QuestionWords
from search.query_language.words import match_text
from search.text.analysis import Analyzer
from search.text.synonyms import Expansion

_SENTENCE_REQUIRED = 4
"""Fewest words of a pasted sentence that are no stop words; one more where it begins as a question."""


@dataclass(frozen=True)
class Vocabulary:
    """What compiling needs to know of an archive.

    `value_named` returns the value of a keyword field that somebody typed; `expand` the phrases that mean the same as the first
    of the typed pieces, `abbreviate` the letters that stand for them. `worded_fields` are the archive's own fields whose words
    are searched; those that are no `valued_fields` have no values to be found by, only words. `full_names` returns the names of
    the people with one of the keys in `search.lookups.name_keys`.
    """

    analyzer: Analyzer
    value_named: Callable[[str, str], str] = lambda field, value: value
    expand: Callable[[Pieces[str]], Expansion | None] = lambda pieces: None
    abbreviate: Callable[[Pieces[str]], Expansion | None] = lambda pieces: None
    worded_fields: frozenset[str] = frozenset()
    valued_fields: frozenset[str] = frozenset()
    full_names: Callable[[Pieces[str]], Pieces[str]] = lambda keys: ()

    @cached_property
    def question_words(self) -> QuestionWords:
        """The question words of the archive's language."""
        return QuestionWords(self.analyzer)


class Clause(Struct, frozen=True, gc=False):
    """One clause of a question: its parts of the query, and the match for engines, None if it matches nothing.

    `phrases` are other names that are searched too.
    """

    parts: tuple[ql.Part, ...]
    match: Match | None
    is_required: bool = True
    phrases: tuple[str, ...] = ()

    @property
    def is_filter(self) -> bool:
        """Whether it only filters: a field's value, years, an exclusion."""
        return isinstance(self.parts[0], (ql.FieldValue, ql.YearRange, ql.Not, ql.Understood))

    @property
    def text(self) -> str:
        """The clause as it would be typed."""
        return " ".join(map(ql.format_tree, self.parts))


class Question(Struct, frozen=True, gc=False):
    """A query tree with its words analysed: the clauses, the words of its plain parts in the order typed, whether these begin as
    a question does, whether it is a passage, of which any word is enough, and whether it is only words (`plain_questions`)."""

    clauses: tuple[Clause, ...]
    words: tuple[str, ...] = ()
    has_opener: bool = False
    is_passage: bool = False
    is_plain: bool = False

    @property
    def match(self) -> Match:
        """The match of all required clauses."""
        return all_of(tuple([clause.match for clause in self.required if clause.match is not None]))

    @property
    def is_sentence(self) -> bool:
        """Whether it is a pasted sentence: it has so many words, some in quotation marks, that a few may be wrong."""
        if len(self.words) < FEWEST_IN_SENTENCE or len(self.word_clauses) < _SENTENCE_REQUIRED + self.has_opener:
            return False
        return all(isinstance(part, (ql.Word, ql.Phrase)) for clause in self.clauses for part in clause.parts)

    @property
    def has_quotation(self) -> bool:
        """Whether some of its words are in quotation marks."""
        return any(isinstance(part, ql.Phrase) for clause in self.clauses for part in clause.parts)

    def phrase(self, analyzer: Analyzer) -> Match:
        """Return the match of all words of its plain parts as a phrase."""
        return Term((Sequence(tuple(map(analyzer.stem, self.words))),))

    @property
    def required(self) -> tuple[Clause, ...]:
        """The clauses that must match."""
        return tuple([clause for clause in self.clauses if clause.is_required])

    @property
    def filters(self) -> tuple[Match, ...]:
        """The matches that only filter; they also apply to a search for most of the words."""
        return tuple(clause.match for clause in self.required if clause.is_filter and clause.match is not None)

    @property
    def word_clauses(self) -> tuple[Clause, ...]:
        """The required clauses that ask for words."""
        return tuple([clause for clause in self.required if clause.match is not None and not clause.is_filter])

    def words_not_required(self, analyzer: Analyzer) -> frozenset[str]:
        """Return the words of the clauses that need not match."""
        optional = (clause for clause in self.clauses if not clause.is_required)
        return frozenset(word for clause in optional for word in analyzer.query_words(clause.text))

    def without_initials(self, analyzer: Analyzer) -> Question | None:
        """Return the question of a name in a text, which may give first names in full: "Chertoff M." asks for Chertoff.

        None if no clause is a name with initials.
        """
        named = next((clause for clause in self.word_clauses if len(clause.parts) > 1), None)
        words = [part for part in named.parts if isinstance(part, ql.Word)] if named else []
        if named is None or len(words) < len(named.parts) or not any(len(word.text.strip(".")) == 1 for word in words):
            return None
        names = (Clause((word,), match_text(word, "text", analyzer), len(word.text.strip(".")) > 1) for word in words)
        return replace(self, clauses=(*names, *(clause for clause in self.clauses if clause is not named)))

    @property
    def word_matches(self) -> tuple[Match, ...]:
        """The matches of these clauses."""
        return tuple(clause.match for clause in self.word_clauses if clause.match is not None)
