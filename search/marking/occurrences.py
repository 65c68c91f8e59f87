"""Find where the words of a query occur in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from search.marking.plain_text import is_joining, is_unspaced, leading_run, next_run, rewritten_words
from search.query_language.matching import Sequence, WordPrefix
from search.text.analysis import MAX_WORD, Analyzer

_LOOK_AHEAD = 120
"""Characters analysed after a place: enough for all but the longest phrases."""
_MOST_PLACES = 60
"""Places of one prefix kept for a text; more hardly change which passage is chosen."""

MOST_KEPT = 200
"""Runs of letters that a finder keeps the result for, some 100 bytes each: those of many pages, but not of a vocabulary."""

_AROUND_WORDS = ' \n\t()[]"-/,:;'
"""The characters most often beside a word; none is ever part of one."""
_LONGEST_INITIALS = 3
_JOINED = "dlo"
"""What precedes the apostrophe of a name, as in D'Souza."""
_LIGATURES = (("ss", "ß"), ("ae", "æ"), ("oe", "œ"))

Place = tuple[int, int, int]
"""Where a term occurs: its start, its end and the term's number."""


class _Pattern(NamedTuple):
    """A sequence to find: its tokens (none for a prefix), whether they are stems, the prefix of its first word, its term."""

    tokens: tuple[str, ...]
    stemmed: bool
    prefix: str
    term: int


_Numbered = tuple[int, _Pattern]


class Opening(NamedTuple):
    """Where to look for one way to write a term: at the prefix `prefix`, in texts that contain `needle`."""

    needle: str
    prefix: str
    pattern: _Pattern


def make_opening(term: int, way: Sequence | WordPrefix) -> Opening:
    """Return where to look for the usual spelling of a term: the prefixes of its first and of its longest word."""
    if isinstance(way, WordPrefix):
        return Opening(way.prefix, way.prefix, _Pattern((), False, way.prefix, term))
    first, longest = (_shared_prefix(token) for token in (way.tokens[0], max(way.tokens, key=len)))
    return Opening(longest, first, _Pattern(way.tokens, way.stemmed, first, term))


def list_respellings(pattern: _Pattern) -> Iterator[Opening]:
    """Yield where to look for words that the analyzer shortens or simplifies: U.S., O'Brien, Straße."""
    for token in pattern.tokens[:1]:
        for spelled in _spellings(token):
            yield Opening(spelled, spelled, pattern)
    if len(pattern.tokens) > 1 and any(_spellings(max(pattern.tokens, key=len))):
        yield Opening(pattern.prefix, pattern.prefix, pattern)


def _spellings(token: str) -> Iterator[str]:
    """Yield other prefixes of words that the analyzer reads as `token`."""
    if 2 <= len(token) <= _LONGEST_INITIALS and token.isalpha():
        yield ".".join(token)
    if len(token) > 3:
        if token[0] in _JOINED:
            yield f"{token[0]}'{token[1:-1]}"
        yield from (token.replace(two, one)[:-1] for two, one in _LIGATURES if two in token)


def _shared_prefix(token: str) -> str:
    """Return the prefix that a token shares with every word it is made of.

    The last letter of a stem can differ from its words ("spi" of "spying"), as can that of a token ("dont" of "don't").
    """
    return token[: max(2, len(token) - 1)] if token.isascii() else token


_NOWHERE, _LOOK, _LOOK_IF_SECOND = -1, -2, -3
"""Results for a run of letters that is no term by itself: no pattern begins with it; the text around it must be analysed; the
same, but only if the next run may be the second word of a pattern."""


Learnt = dict[str, tuple[int, int]]
"""By run of letters, the term that it is, or one of the three results above, and its length."""
_MOST_LEARNT = 40
"""Runs of letters that are handed on. A page of ten hits teaches nine in the mean."""


class Finder:
    """Finds patterns in texts. The result for each run of letters is kept, since the texts of a page share most runs.

    `learnt` is what another finder of the same patterns has learnt.
    """

    def __init__(self, openings: Iterable[Opening], analyzer: Analyzer, learnt: Learnt | None = None) -> None:
        self.analyzer = analyzer
        self.openings = list(openings)
        self._known: Learnt = dict(learnt or {})
        self._second_words: dict[str, bool] = {}

    @property
    def learnt(self) -> Learnt:
        """What it has learnt, for another finder of the same patterns."""
        return dict(islice(self._known.items(), _MOST_LEARNT))

    @cached_property
    def _patterns(self) -> list[_Pattern]:
        return list(dict.fromkeys(each.pattern for each in self.openings))

    @cached_property
    def _longest(self) -> int:
        return max(len(pattern.tokens) or 1 for pattern in self._patterns)

    def places(self, text: str, plain: str | None, window: int = 0, without: Collection[int] = ()) -> list[Place]:
        """Return where the patterns occur, in order, `without` those of some terms. `plain` is `to_plain` of the text.

        With `window`, places more than that many characters behind the first may be omitted if the best passage is the same.
        """
        if not self.openings:
            return []
        if plain is None:
            starts = [start for _, start, _ in islice(self.analyzer.spans(text), _MOST_PLACES * 10)]
            found = [place for start in starts if (place := self._place_at(text, start)) is not None]
            return without_overlaps(place for place in found if place[2] not in without)
        if len(self.openings) == 1:
            ((needle, prefix, pattern),) = self.openings
            is_looked_for = pattern.term not in without and (needle == prefix or needle in plain)
            at = plain.find(prefix) if is_looked_for else -1
            return self._find_with_prefix(prefix, at, plain, text, window) if at >= 0 else []
        found = []
        for needle, prefix, pattern in self.openings:
            if pattern.term not in without and (needle == prefix or needle in plain):
                at = plain.find(prefix)
                if at >= 0:
                    found += self._find_with_prefix(prefix, at, plain, text, 0)
        found.sort()
        return without_overlaps([place for place in found if place[2] not in without] if without else found)

    def rewritten_places(self, text: str, plain: str | None, without: Collection[int]) -> list[Place]:
        """Return where the patterns occur in words that reading rewrites (Qur'an), `without` those of some terms."""
        if plain is None:
            return []
        found = (self._place_at(text, start) for start in rewritten_words(plain))
        return [place for place in found if place is not None and place[2] not in without]

    def _find_with_prefix(self, prefix: str, at: int, plain: str, text: str, window: int) -> list[Place]:
        """Return the places of the patterns with this prefix, none inside another; `at` is where the first may be."""
        places: list[Place] = []
        find, known = plain.find, self._known.get
        last = len(plain)
        while 0 <= at < last:
            end = at + 1
            before = plain[at - 1] if at else " "
            if before in _AROUND_WORDS or self._may_begin_word(plain, at, before):
                # The text up to the next space was usually seen before, and its end is found faster than that of the letters.
                space = find(" ", at, at + _LOOK_AHEAD)
                written = plain[at:space] if space > 0 else leading_run(plain[at : at + _LOOK_AHEAD])
                term, size = known(written) or self._look_up_run(written)
                if term >= 0:
                    end = at + size
                    places.append((at, end, term))
                elif term != _NOWHERE:
                    place = self._phrase_at(plain, at)
                    if place is None and (term == _LOOK or self._may_be_second(plain, at + size)):
                        place = self._place_at(text, at)
                    if place is not None:
                        end = place[1]
                        places.append(place)
                if places:
                    if window:
                        last = places[0][0] + window
                    if len(places) == _MOST_PLACES:
                        break
            at = find(prefix, end)
        return places

    def _may_begin_word(self, plain: str, at: int, before: str) -> bool:
        """Return whether a word may begin at `at`, directly after `before`."""
        if before.isalnum():
            return not (before.isascii() and plain[at].isascii()) and (is_unspaced(before) or is_unspaced(plain[at]))
        if before not in "'.":
            return before.isascii() or not is_joining(before)
        earlier = plain[max(at - 2, 0) : at - 1]
        if before == "'":
            return self.analyzer.has_elision or not earlier.isalnum()
        is_initial = earlier.isalpha() and plain[at].isalpha() and not (at > 2 and plain[at - 3].isalnum())
        return not is_initial or plain[at + 1 : at + 2].isalnum()

    def _look_up_run(self, written: str) -> tuple[int, int]:
        """Return the result for the run of letters at the start of `written`, and its length; both are kept."""
        run = written if written.isascii() and written.isalnum() else leading_run(written)
        learnt = self._known.get(run)
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        if learnt is None:
            learnt = self._known[run] = (self._match_run(run), len(run))
        self._known[written] = learnt
        return learnt

    def _match_run(self, run: str) -> int:
        """Return the term of the first pattern that this run matches by itself, or one of the three results above."""
        if not run.isascii():
            return _LOOK
        words = [run[:MAX_WORD]] if run.isalnum() else self.analyzer.words(run)
        if not words:
            return _NOWHERE
        patterns = self._patterns_beginning_with(words[0])
        if not patterns:
            return _NOWHERE
        return _LOOK if len(words) > 1 else _LOOK_IF_SECOND if len(patterns[0].tokens) > 1 else patterns[0].term

    def _patterns_beginning_with(self, word: str) -> list[_Pattern]:
        """Return the patterns whose first word this may be, in their order; a passage has more than a hundred others."""
        by_token, prefixes = self._by_first_token
        as_written, stemmed = by_token.get((word, False), ()), by_token.get((self.analyzer.stem(word), True), ())
        if not (as_written or stemmed or prefixes):
            return []
        found = [each for each in prefixes if word.startswith(each[1].prefix)]
        return [pattern for _, pattern in sorted((*found, *as_written, *stemmed))]

    @cached_property
    def _by_first_token(self) -> tuple[dict[tuple[str, bool], list[_Numbered]], list[_Numbered]]:
        """The patterns with their numbers, by their first token and whether it is a stem; those of prefixes apart."""
        by_token: dict[tuple[str, bool], list[_Numbered]] = {}
        prefixes: list[_Numbered] = []
        for number, pattern in enumerate(self._patterns):
            same = by_token.setdefault((pattern.tokens[0], pattern.stemmed), []) if pattern.tokens else prefixes
            same.append((number, pattern))
        return by_token, prefixes

    def _may_be_second(self, plain: str, end: int) -> bool:
        """Return whether the first word after `end` may be the second word of a pattern."""
        run = next_run(plain, end)
        fits = self._second_words.get(run)
        if len(self._second_words) >= MOST_KEPT:
            self._second_words.clear()
        if fits is None:
            words = self.analyzer.words(run)[:1]
            fits = self._second_words[run] = not run.isascii() or any(
                len(pattern.tokens) < 2 or any(self._is_token(pattern, 1, word) for word in words) for pattern in self._patterns
            )
        return fits

    def _is_token(self, pattern: _Pattern, number: int, word: str) -> bool:
        """Return whether `word` may be the pattern's word of that number."""
        if not pattern.tokens:
            return word.startswith(pattern.prefix)
        return pattern.tokens[number] == (self.analyzer.stem(word) if pattern.stemmed else word)

    @cached_property
    def _only_phrase(self) -> str:
        """The words of the only pattern in their usual spelling; "" if there are several patterns, or stems."""
        pattern = self._patterns[0]
        return " ".join(pattern.tokens) if len(self._patterns) == 1 and not pattern.stemmed else ""

    def _phrase_at(self, plain: str, start: int) -> Place | None:
        """Return the place of the only pattern if it begins at `start` in its usual spelling."""
        phrase = self._only_phrase
        end = start + len(phrase)
        is_there = phrase and plain.startswith(phrase, start) and plain[end : end + 1] in _AROUND_WORDS
        return (start, end, self._patterns[0].term) if is_there else None

    def _place_at(self, text: str, start: int) -> Place | None:
        ahead = list(islice(self.analyzer.spans(text[start : start + _LOOK_AHEAD]), self._longest))
        if not ahead or ahead[0][1]:
            return None
        for pattern in self._patterns_beginning_with(ahead[0][0]):
            size = max(len(pattern.tokens), 1)
            if size <= len(ahead) and all(self._is_token(pattern, number, ahead[number][0]) for number in range(1, size)):
                return (start, start + ahead[size - 1][2], pattern.term)
        return None


def without_overlaps(places: Iterable[Place]) -> list[Place]:
    """Return places without those that begin inside the one before. They come in order."""
    kept: list[Place] = []
    end = 0
    for place in places:
        if place[0] >= end:
            kept.append(place)
            end = place[1]
    return kept
