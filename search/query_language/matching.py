"""What an engine is asked to match: a tree of finished tokens, made from the query tree once, here.

Term        one thing asked for, scored as one: any of its alternatives
  Sequence    tokens side by side in one chunk of a field, as stems or as surface words
  WordPrefix    a surface word that begins so
HasValue      a keyword field has one of these values (`none`: has none)
Within      the date lies, at least in part, between two days
AtLeast     so many of its parts match
AllOf, AnyOf, Not, Everything
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from search.model.days import day_number
from search.query_language import parser as ql
from search.text.analysis import Analyzer

TextField = Literal["text", "title"]

MAX_COMPOUND = 24
"""Letters of a word that is also looked for written as two; a query of the longest words must stay one of some hundred terms."""
MAX_PASSAGE_WORDS = 500
"""Different words of a passage that are looked for; engines limit the terms of a query to about a thousand."""


class Sequence(Struct, frozen=True):
    """Tokens that stand side by side; one token is a sequence too. `stemmed` says which kind of token they are."""

    tokens: tuple[str, ...]
    field: TextField = "text"
    stemmed: bool = True


class WordPrefix(Struct, frozen=True):
    prefix: str
    field: TextField = "text"


class Term(Struct, frozen=True):
    """`weight` is how many times a passage holds the word: BM25 counts it so many times."""

    alternatives: tuple[Sequence | WordPrefix, ...]
    weight: int = 1


class HasValue(Struct, frozen=True):
    field: str
    values: tuple[str, ...]


class Within(Struct, frozen=True):
    """The date has a day between two days (numbers as in `search.model.days`), both included; None is no limit."""

    first: int | None
    last: int | None


class Everything(Struct, frozen=True):
    pass


class AllOf(Struct, frozen=True):
    parts: tuple[Match, ...]


class AnyOf(Struct, frozen=True):
    parts: tuple[Match, ...]


class AtLeast(Struct, frozen=True):
    """Matches documents that match `count` of the parts or more. Its terms are scored as those of `AnyOf`."""

    count: int
    parts: tuple[Match, ...]


class Not(Struct, frozen=True):
    part: Match


Match = Term | HasValue | Within | Everything | AllOf | AnyOf | AtLeast | Not


Names = Callable[[str, str], str]
"""From a keyword field and what was typed as its value to the value."""


def _as_typed(field: str, value: str) -> str:
    return value


def to_match(tree: ql.Tree, analyzer: Analyzer, named: Names = _as_typed) -> Match:
    """What the query asks engines to match. Parts without any word in them ask for nothing."""
    if isinstance(tree, ql.Passage):
        return _any_word(tree.text, analyzer)
    return _Compiler(analyzer, named).all_of(tree)


def optional_parts(tree: ql.Tree, analyzer: Analyzer) -> tuple[ql.Item | ql.Either, ...]:
    """The parts that are not required because they are stop words."""
    if isinstance(tree, ql.Passage):
        return ()
    required = _Compiler(analyzer).required(tree)
    return tuple(part for part in tree.parts if part not in required)


def _any_word(text: str, analyzer: Analyzer) -> Match:
    words = analyzer.query_words(text)
    kept = [word for word in words if word not in analyzer.stop_words] or words
    spelled: dict[str, str] = {}
    for word in kept:
        spelled.setdefault(analyzer.stem(word), word)
    counted = Counter(map(analyzer.stem, kept))
    asked = [(_word_term(word, analyzer, "text"), counted[stem]) for stem, word in islice(spelled.items(), MAX_PASSAGE_WORDS)]
    return _any(tuple(replace(term, weight=times) for term, times in asked))


def _any(parts: tuple[Match, ...]) -> Match:
    return parts[0] if len(parts) == 1 else AnyOf(parts) if parts else Everything()


def _all(parts: tuple[Match, ...]) -> Match:
    return parts[0] if len(parts) == 1 else AllOf(parts) if parts else Everything()


def _word_term(word: str, analyzer: Analyzer, field: TextField) -> Term:
    """One word in any form, also written as two ("cybersecurity" finds "cyber security" and "cyber-security")."""
    if analyzer.is_single_character(word):
        return Term((WordPrefix(word, field),))
    stem = analyzer.stem(word)
    alternatives = {Sequence((stem,), field): None}
    if len(word) <= MAX_COMPOUND:
        for first, second in analyzer.two_parts(word):
            alternatives[Sequence((analyzer.stem(first), analyzer.stem(second)), field)] = None
    return Term(tuple(alternatives))


class _Compiler:
    def __init__(self, analyzer: Analyzer, named: Names = _as_typed) -> None:
        self.analyzer = analyzer
        self.named = named

    def required(self, tree: ql.All) -> list[ql.Item | ql.Either]:
        """The parts that must match: all but stop words, unless there is nothing else to look for."""
        required = [part for part in tree.parts if not self._is_stop(part)]
        only_narrows = all(isinstance(part, (ql.FieldValue, ql.YearRange, ql.Not)) for part in required)
        return list(tree.parts) if only_narrows else required

    def all_of(self, tree: ql.All) -> Match:
        required = self.required(tree)
        parts: list[Match] = []
        for number, part in enumerate(required):
            match = self.part(part)
            if match is None:
                continue
            joined = [
                compound
                for pair in ((number - 1, number), (number, number + 1))
                if pair[0] >= 0
                and pair[1] < len(required)
                and (compound := self._compound(required[pair[0]], required[pair[1]])) is not None
            ]
            parts.append(AnyOf((match, *joined)) if joined else match)
        return _all(tuple(parts))

    def _is_stop(self, part: ql.Item | ql.Either) -> bool:
        if not isinstance(part, ql.Word):
            return False
        if "." in part.text.strip("."):  # initials, as in U.S.
            return False
        words = self.analyzer.query_words(part.text)
        return len(words) == 1 and words[0] in self.analyzer.stop_words

    def _compound(self, first: ql.Item | ql.Either, second: ql.Item | ql.Either) -> Term | None:
        """ "cyber" beside "security" may be written as one word in a document."""
        if not (isinstance(first, ql.Word) and isinstance(second, ql.Word)):
            return None
        words = [*self.analyzer.query_words(first.text), *self.analyzer.query_words(second.text)]
        if len(words) != 2 or not self.analyzer.may_be_parts(words[0], words[1]):
            return None
        return Term((Sequence((self.analyzer.stem(words[0] + words[1]),)),))

    def part(self, part: ql.Item | ql.Either) -> Match | None:
        match part:
            case ql.Either(items):
                either = tuple(match for item in items if (match := self.part(item)) is not None)
                return _any(either) if either else None
            case ql.Not(item):
                inner = self.part(item)
                return None if inner is None else Not(inner)
            case ql.InTitle(item):
                return self._text(item, "title")
            case ql.FieldValue(field, value):
                return HasValue(field, (self.named(field, value),))
            case ql.YearRange(first, last):
                return Within(None if first is None else day_number(first), None if last is None else day_number(last, 12, 31))
            case ql.Word() | ql.Phrase() | ql.Prefix():
                return self._text(part, "text")

    def _text(self, item: ql.Word | ql.Phrase | ql.Prefix, field: TextField) -> Match | None:
        words = self.analyzer.query_words(item.text)
        if not words:
            return None
        match item:
            case ql.Phrase():
                return self._phrase(words, field)
            case ql.Prefix():
                *before, last = words
                start = Term((WordPrefix(last, field),))
                return AllOf((self._beside(before, field), start)) if before else start
            case ql.Word(text):
                if len(words) == 1:
                    return _word_term(words[0], self.analyzer, field)
                return self._beside(words, field, hyphenated="-" in text or "‐" in text or "‑" in text)

    def _phrase(self, words: list[str], field: TextField) -> Term:
        if len(words) == 1 and self.analyzer.is_single_character(words[0]):
            return Term((WordPrefix(words[0], field),))
        return Term((Sequence(tuple(words), field, stemmed=False),))

    def _beside(self, words: list[str], field: TextField, hyphenated: bool = False) -> Term:
        stems = Sequence(tuple(map(self.analyzer.stem, words)), field)
        if not (hyphenated and all(word.isalpha() for word in words)):
            return Term((stems,))
        as_one = _word_term("".join(words), self.analyzer, field)
        return Term(tuple(dict.fromkeys((*as_one.alternatives, stems))))


def scored_terms(match: Match) -> Iterator[Term]:
    """The terms that count for relevance: those asked for, not those excluded, each once, in reading order."""
    return iter(dict.fromkeys(_positive(match)))


def _positive(match: Match) -> Iterator[Term]:
    match match:
        case Term():
            yield match
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _positive(part)
        case _:
            return
