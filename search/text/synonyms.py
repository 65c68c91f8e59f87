"""Read the synonyms of an archive from a text file, and find those of a query.

    # One line for each group of words or phrases; # begins a comment.
    undersea, submarine          two-way: each finds the other
    hacking => spying, espionage one-way: the left finds the right as well

A listed word that is spelled like a stop word ("US", "WHO") is meant only if it is typed in capitals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.errors import ConfigError, Problem
from search.text.analysis import Analyzer
from search.text.language_codes import base_code
from search.text.spelling_forms import other_spellings

_ONE_WAY = "=>"
_EXAMPLE = "write `undersea, submarine`, or `hacking => spying` for one way"

Key = tuple[str, ...]
"""The stems of a word or phrase."""


@dataclass(frozen=True)
class Expansion:
    """A synonym found in a question: how many of the typed pieces it takes up, and the phrases that mean the same."""

    pieces: int
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """The synonyms of one archive: the phrases to look for as well, by the stems of what is typed."""

    analyzer: Analyzer
    phrases: dict[Key, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def longest(self) -> int:
        """Words of the longest listed phrase."""
        return max(map(len, self.phrases), default=0)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first stem of each listed phrase."""
        return frozenset(key[0] for key in self.phrases)

    def names_of(self, name: str) -> tuple[str, ...]:
        """Return a name and the phrases that mean the same; none of an empty name."""
        found = self.find(name.split()) if name else None
        return (name, *(found.phrases if found else ())) if name else ()

    def find(self, pieces: Sequence[str]) -> Expansion | None:
        """Return the longest synonym that the typed pieces begin with, a word of it also in two or with a hyphen; or None."""
        found = self._find(pieces)
        if found is None and "-" in "".join(pieces[: self.longest]):
            found = self._find([piece.replace("-", "") for piece in pieces])  # e-mail, sub-marine
        return found

    def _find(self, pieces: Sequence[str]) -> Expansion | None:
        if not self.phrases:
            return None
        first = self.analyzer.query_stems(pieces[0])
        may_begin = not first or first[0] in self.openings or "." in pieces[0]  # as in U. S., which is one word
        for count in range(min(self.longest, len(pieces)) if may_begin else 0, 0, -1):
            typed = " ".join(pieces[:count])
            key = self.analyzer.query_stems(typed)
            if key in self.phrases and (typed.isupper() or not self.analyzer.has_only_stop_words(typed)):
                return Expansion(count, self.phrases[key])
        joined, stem = "".join(pieces[:2]), self.analyzer.stem
        is_apart = len(pieces) > 1 and stem(joined.casefold()) in self.openings and self.analyzer.may_be_parts(*pieces[:2])
        found = self._find((joined, *pieces[2:])) if is_apart else None
        return found and Expansion(found.pieces + 1, found.phrases)


def parse_synonyms(text: str, name: str, analyzer: Analyzer) -> Synonyms:
    """Read the text of a file of synonyms. Raises ConfigError with every mistake as file (`name`), line and fix."""
    listed: dict[Key, dict[str, None]] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        rule = line.partition("#")[0].strip()
        if rule and (reason := _add_rule(rule, listed, analyzer)):
            problems.append(Problem(name, number, "", reason))
    if problems:
        raise ConfigError(problems)
    return Synonyms(analyzer, {key: tuple(phrases) for key, phrases in listed.items()})


def _add_rule(rule: str, listed: dict[Key, dict[str, None]], analyzer: Analyzer) -> str:
    """Add one line to the synonyms; return its mistake, "" if there is none."""
    if rule.count(_ONE_WAY) > 1:
        return f'found "{_ONE_WAY}" twice; {_EXAMPLE}'
    left, arrow, right = rule.partition(_ONE_WAY)
    typed, meant = _phrases(left), _phrases(right if arrow else left)
    if not typed or not meant or (not arrow and len(typed) < 2):
        return f'found "{rule}", expected at least two words or phrases; {_EXAMPLE}'
    stems_of = analyzer.query_stems
    wordless = next((phrase for phrase in (*typed, *meant) if not stems_of(phrase)), None)
    if wordless is not None:
        return f'found "{wordless}", which contains no word; remove it'
    for phrase in typed:
        key = stems_of(phrase)
        keys = [key, *map(stems_of, _other_spellings(phrase, analyzer))]
        # An index folds case, so a phrase of stop words alone ("US") would find every "us": it is typed, never looked for.
        others = {other: None for other in meant if stems_of(other) != key and not analyzer.has_only_stop_words(other)}
        for each in keys:
            listed.setdefault(each, {}).update(others)
    return ""


def _other_spellings(phrase: str, analyzer: Analyzer) -> list[str]:
    """Return a phrase with each word that is spelled otherwise in British or American English: "fibre-optic cable"."""
    if base_code(analyzer.language) != "en":
        return []
    words = analyzer.query_words(phrase)
    pairs = [(word, other) for word in words for other in other_spellings(word)]
    return [" ".join(other if each == word else each for each in words) for word, other in pairs]


def _phrases(text: str) -> list[str]:
    return [phrase for part in text.split(",") if (phrase := " ".join(part.split()))]
