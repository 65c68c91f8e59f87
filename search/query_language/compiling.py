"""Compile the query tree to what engines match. A query's words are analysed here, once.

Each thing asked for is a `Clause`. All required clauses must match; a search for most words asks for some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from search.fields import IDENTIFIER, PERSON
from search.lookups import identifier_key
from search.model.days import day_number
from search.query_language import tree as ql
from search.query_language.field_values import match_field_value
from search.query_language.matching import (
    AllOf,
    AnyOf,
    AtLeast,
    HasValue,
    Match,
    Not,
    Sequence,
    Term,
    Within,
    all_of,
    any_of,
)
from search.query_language.passages import compile_passage, match_passage
from search.query_language.question import Clause, Question, Vocabulary
from search.query_language.words import MAX_TOKENS, compound_of, match_text, match_words, term_of_word, tokens_of
from search.text.analysis import Analyzer, fold_value
from search.text.synonyms import Expansion

_LONGEST_NAME, _SHORTEST_FAMILY_NAME = 4, 3
_MOST_NAMES = 40
"""The most names in one question for which other names are looked up; each may cost two look-ups."""
_MOST_FULL_NAMES = 3
"""The most names with initials in one question for which full names are looked up."""
_LIKE_AN_ID = re.compile(r"(?=\D*\d)(?=[^-_.:/]+[-_.:/])\w+(?:[-.:/]\w+)*")
"""A word that may be the id of a document, as in "-entry-2014-01-31"."""
_CITED_WORDS = 70
"""Percentage of the words of a cited title that a document must have, as titles are copied with mistakes."""

_plain_vocabulary = lru_cache(maxsize=8)(Vocabulary)
"""The vocabulary of an analyzer without synonyms and acronyms."""


def to_match(tree: ql.Tree, analyzer: Analyzer) -> Match:
    """Return the match of a query, without synonyms and acronyms."""
    return compile_tree(tree, _plain_vocabulary(analyzer)).match


def required_parts(tree: ql.All, analyzer: Analyzer) -> tuple[ql.Part, ...]:
    """Return the parts that must match: all but stop words and question words, or all if there are no others."""
    return tuple(part for clause in compile_tree(tree, _plain_vocabulary(analyzer)).required for part in clause.parts)


def compile_tree(tree: ql.Tree, vocabulary: Vocabulary) -> Question:
    """Return the question of a query. Parts without a word are ignored."""
    if isinstance(tree, ql.Passage):
        return compile_passage(tree, vocabulary.analyzer)
    return _Compiler(tree, vocabulary).question()


class _Compiler:
    def __init__(self, tree: ql.All, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.analyzer = vocabulary.analyzer
        self.tree = tree
        self.tokens = [tokens_of(part, self.analyzer) for part in tree.parts]
        self.texts = [part.text if isinstance(part, ql.Word) else "" for part in tree.parts]
        self.plain = [number for number, text in enumerate(self.texts) if text]
        self.initials = frozenset(filter(self._is_initials, self.plain))
        self._compounds: dict[tuple[int, int], Term | None] = {}
        self.looked_up = self.names_read = 0

    def question(self) -> Question:
        optional = self._optional()
        required = [number for number in range(len(self.tree.parts)) if number not in optional]
        clauses: list[Clause] = []
        end = 0  # of the last clause
        for number, part in enumerate(self.tree.parts):
            if number >= end:
                is_optional = number in optional
                clause = Clause((part,), None, False) if is_optional else self._clause(required, required.index(number))
                clauses.append(clause)
                end = number + len(clause.parts)
        words = tuple(chain.from_iterable(self.tokens))
        return Question(tuple(clauses), words, self.vocabulary.question_words.has_opener(words))

    def _optional(self) -> set[int]:
        """Return the parts that are not required: stop words and question words, unless the query has no other words."""
        words = [word for number in self.plain for word in self.tokens[number]]
        if self.vocabulary.question_words.small.isdisjoint(words):
            return set()
        shouts = all(self.texts[number].isupper() for number in self.plain)
        text = ql.format_tree(self.tree)
        is_understood = any(isinstance(part, ql.Understood) for part in self.tree.parts)
        fillers = self.vocabulary.question_words.fillers(words, text, is_understood)
        for also in (fillers, frozenset[str]()):
            optional = {number for number in self.plain if self._is_small(number, also, shouts)}
            others = (part for number, part in enumerate(self.tree.parts) if number not in optional)
            if not all(isinstance(part, (ql.FieldValue, ql.YearRange, ql.Not)) for part in others):
                return optional
        return set()

    def _is_small(self, number: int, fillers: frozenset[str], shouts: bool) -> bool:
        tokens, text = self.tokens[number], self.texts[number]
        is_initials = "." in text.strip(".")  # as in U.S.
        if len(tokens) != 1 or is_initials or (len(text) > 1 and text.isupper() and not shouts):
            return False
        return tokens[0] in self.analyzer.stop_words or tokens[0] in fillers

    def _clause(self, required: list[int], at: int) -> Clause:
        """Return the clause that begins with a required part. It has several parts if they are one name."""
        part = self.tree.parts[required[at]]
        if isinstance(part, ql.Either):
            return self._alternatives(part)
        if not isinstance(part, ql.Word):  # no name, and no part of a compound
            return Clause((part,), self._match_of(required[at]))
        pieces = list(takewhile(bool, self.texts[required[at] :]))
        expansion = self._other_names(pieces) if pieces else None
        if expansion is None and at == 0:
            expansion = self.vocabulary.abbreviate(pieces)
        if expansion is not None:
            return self._expand(required, at, expansion)
        if self.initials and (named := self._name(self._plain_run(required, at))) is not None:
            return named
        match = self._with_compounds(required, at)
        apart = self._names_apart(part.text) if "-" in part.text else None
        return Clause((part,), match if match is None or apart is None else AnyOf((match, apart)))

    def _alternatives(self, part: ql.Either) -> Clause:
        """Return the clause of alternatives, each of them also under its other names."""
        names = [self._other_names([item.text]) for item in part.items if isinstance(item, ql.Word)]
        phrases = tuple(dict.fromkeys(phrase for name in names if name for phrase in name.phrases))
        others = tuple(self._sequences_of(phrases))
        match = self._match(part)
        return Clause((part,), any_of(tuple(filter(None, (match, Term(others) if others else None)))), True, phrases)

    def _other_names(self, pieces: list[str]) -> Expansion | None:
        """Return the other names of the name with which the pieces begin; None if there are none, or too many were looked up."""
        self.looked_up += 1
        return self.vocabulary.expand(pieces) if self.looked_up <= _MOST_NAMES else None

    def _names_apart(self, text: str) -> Match | None:
        """Return the match of names that a hyphen joins, each by itself and under its other names, as in "U.S.-China"."""
        names = text.split("-")
        if len(names) < 2 or len(names) > _LONGEST_NAME or not all(name[:1].isupper() for name in names):
            return None
        matches = []
        for name in names:
            words = self.analyzer.query_words(name)
            if len(words) != 1:
                return None
            term = term_of_word(words[0], name, self.analyzer, "text")
            expansion = self._other_names([name])
            matches.append(self._with_phrases(term, expansion.phrases if expansion else ()))
        return AllOf(tuple(matches))

    def _with_phrases(self, term: Term, phrases: tuple[str, ...]) -> Term:
        return Term(tuple(dict.fromkeys((*term.alternatives, *self._sequences_of(phrases)))))

    def _sequences_of(self, phrases: tuple[str, ...]) -> Iterator[Sequence]:
        return (Sequence(stems) for phrase in phrases if (stems := self.analyzer.query_stems(phrase)))

    def _plain_run(self, required: list[int], at: int) -> list[int]:
        """Return the numbers of the plain words from a required part on; stop words between them end the run."""
        run: list[int] = []
        for number in required[at:]:
            if not isinstance(self.tree.parts[number], ql.Word) or (run and number != run[-1] + 1):
                break
            run.append(number)
        return run

    def _expand(self, required: list[int], at: int, expansion: Expansion) -> Clause:
        """Return the clause of words with other names. Small words between them, as in "Internet of Things", belong to it."""
        end = required[at] + expansion.pieces
        parts = self.tree.parts[required[at] : end]
        others = tuple(self._sequences_of(expansion.phrases))
        places = [n for n, number in enumerate(required) if required[at] <= number < end]
        own = all_of(tuple(m for n in places if (m := self._with_compounds(required, n)) is not None))
        if isinstance(own, Term):
            return Clause(parts, Term(tuple(dict.fromkeys((*own.alternatives, *others)))), True, expansion.phrases)
        return Clause(parts, AnyOf((own, Term(others))) if others else own, True, expansion.phrases)

    def _name(self, run: list[int]) -> Clause | None:
        """Return the clause of a name with initials ("K. Rauscher", "Rauscher, K."): the words, or a person of that name.

        It is the longest name that `run`, the numbers of plain words, begins with; None if it begins with none.
        """
        for length in range(min(len(run), _LONGEST_NAME), 1, -1):
            numbers = run[:length]
            if any(len(self.tokens[number]) != 1 for number in numbers):
                continue
            names = [number for number in numbers if number not in self.initials]
            family = names[-1] if names else None
            if family is None or len(names) == length or not self._may_be_family_name(self.tokens[family][0]):
                continue
            given = [number for number in numbers if number != family]
            letters = "".join(self.tokens[n][0] if n in self.initials else self.tokens[n][0][0] for n in given)
            name = self.tokens[family][0]
            keys = (fold_value(f"{letters} {name}"), fold_value(f"{letters[0]} {name}"))
            person = HasValue(PERSON, keys)
            every, whole = (self._match_each(each) for each in (numbers, names))
            by_name = (whole,) if len(names) > 1 else ()
            parts = tuple(self.tree.parts[number] for number in numbers)
            scored = self._match_of(family) or person
            return Clause(parts, AnyOf((every, *by_name, AllOf((person, scored)), *self._match_full_names(keys))))
        return None

    def _match_each(self, numbers: list[int]) -> Match:
        matches = (self._with_compounds(numbers, place) for place in range(len(numbers)))  # J.P. Morgan is also JPMorgan
        return all_of(tuple(match for match in matches if match is not None))

    @staticmethod
    def _may_be_family_name(word: str) -> bool:
        return len(word) >= _SHORTEST_FAMILY_NAME and word.isalpha()  # not the year in "et al., 2014"

    def _match_full_names(self, keys: tuple[str, ...]) -> tuple[Match, ...]:
        """Return the match of the full names of a person whose name was typed with initials; empty if none is known."""
        self.names_read += 1
        names = self.vocabulary.full_names(keys) if self.names_read <= _MOST_FULL_NAMES else ()
        written = (tuple(map(self.analyzer.stem, self.analyzer.words(name))) for name in names)
        ways = tuple(dict.fromkeys(Sequence(words) for words in written if len(words) > 1))
        return (Term(ways),) if ways else ()

    def _match_of(self, number: int) -> Match | None:
        part = self.tree.parts[number]
        if isinstance(part, (ql.Word, ql.Phrase)):
            return match_words(part, self.tokens[number], "text", self.analyzer)
        return self._match(part)

    def _is_initials(self, number: int) -> bool:
        text, tokens = self.texts[number], self.tokens[number]
        return len(tokens) == 1 and tokens[0].isalpha() and (len(tokens[0]) == 1 or (len(tokens[0]) <= 3 and "." in text))

    def _with_compounds(self, required: list[int], at: int) -> Match | None:
        """Return the match of a part, or of the compound it forms with the part before or after it."""
        match = self._match_of(required[at])
        if match is None:
            return None
        pairs = pairwise(required[max(at - 1, 0) : at + 2])
        joined = [compound for pair in pairs if (compound := self._compound_of(pair)) is not None]
        return AnyOf((match, *joined)) if joined else match

    def _compound_of(self, pair: tuple[int, int]) -> Term | None:
        """Return the compound of two parts. Cached, as both of them ask for it."""
        if pair not in self._compounds:
            self._compounds[pair] = self._compound(*pair)
        return self._compounds[pair]

    def _compound(self, first: int, second: int) -> Term | None:
        if not (self.texts[first] and self.texts[second]):
            return None
        words = (*self.tokens[first], *self.tokens[second])
        return compound_of(words[0], words[1], self.analyzer) if len(words) == 2 else None

    def _match(self, part: ql.Part) -> Match | None:
        match part:
            case ql.Word() | ql.Phrase() | ql.Prefix():
                return match_text(part, "text", self.analyzer)
            case ql.Passage():
                return match_passage(part, self.analyzer)
            case ql.Either(items):
                either = tuple(found for item in items if (found := self._match(item)) is not None)
                return any_of(either) if either else None
            case ql.Group(parts):
                every = tuple(found for each in parts if (found := self._match(each)) is not None)
                return all_of(every) if every else None
            case ql.Not(item):
                inner = self._match(item)
                if isinstance(item, ql.Word) and _LIKE_AN_ID.fullmatch(item.text):  # the document of this id, if there is one
                    named = HasValue(IDENTIFIER, (identifier_key(item.text),))
                    inner = named if inner is None else any_of((inner, named))
                return None if inner is None else Not(inner)
            case ql.InTitle(item):
                return match_text(item, "title", self.analyzer)
            case ql.FieldValue(field, value):
                return match_field_value(field, value, self.vocabulary)
            case ql.Identifier(text):
                return HasValue(IDENTIFIER, (identifier_key(text),))
            case ql.Cited(_, title):
                return self._match_cited_title(title)
            case ql.Understood(_, _, filters):
                return all_of(tuple(found for each in filters if (found := self._match(each)) is not None))
            case ql.DayRange(first, last):
                return Within(first, last)
            case ql.YearRange(first, last):
                return Within(None if first is None else day_number(first), None if last is None else day_number(last, 12, 31))

    def _match_cited_title(self, title: str) -> Match | None:
        """Return the match of a cited title: most of its words."""
        words = [word for word in self.analyzer.query_words(title)[:MAX_TOKENS] if word not in self.analyzer.stop_words]
        terms = tuple(dict.fromkeys(term_of_word(word, "", self.analyzer, "text") for word in words))
        return AtLeast(-(-len(terms) * _CITED_WORDS // 100), terms) if terms else None
