"""Why a document matched: its words marked, and the stretch of its text where most of them stand together.

Marks are ours and the same on every engine. Candidates are found by plain string search for the beginnings that a
matching word must have, and only those places are analysed: a page of ten hits costs well under a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from search.analysis import Analyzer, run_at, to_plain
from search.document import Document, Section
from search.matching import Match, Sequence, Starting, scored_terms
from search.results import Fragment, Fragments

WINDOW = 240
"""Characters of a snippet: three lines of a readable measure."""
_LOOK_AHEAD = 120
"""Characters analysed from a place on: more than the words of any but the longest phrase."""
_MOST_PLACES = 60
"""Places looked at in one text; more do not change which stretch is best, and bound the cost of a book."""


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sequence to find: its tokens, whether they are stems, the beginning its first word must have, and its term."""

    tokens: tuple[str, ...]
    stemmed: bool
    beginning: str
    term: int


class Marker:
    """Finds the words of one query in texts. For one thread."""

    def __init__(self, match: Match, analyzer: Analyzer) -> None:
        terms = list(enumerate(scored_terms(match)))
        self._as_typed = _Finder([_pattern(term.alternatives[0], number) for number, term in terms], analyzer)
        others = [_pattern(other, number) for number, term in terms for other in term.alternatives[1:]]
        self._otherwise = _Finder(others, analyzer)

    def _places(self, text: str) -> list[_Place]:
        """Where the words stand as typed; only where none does, those written in two, which cost more to find."""
        return self._as_typed.places(text) or self._otherwise.places(text)

    def mark(self, text: str) -> Fragments:
        """The whole text in fragments."""
        return _fragments(text, self._places(text), 0, len(text)) if text else ()

    def snippet(self, document: Document) -> tuple[Fragments, Section | None]:
        """The best stretch of the document's summary and text, and the section it is from (None for the summary).

        Without a match the beginning of the summary or text, unmarked.
        """
        best: tuple[int, str, list[_Place], int, Section | None] | None = None
        texts: list[tuple[str, Section | None]] = [(document.summary, None)] if document.summary else []
        texts += ((section.text, section) for section in document.sections)
        for text, section in texts:
            places = self._places(text)
            if places:
                worth, first = _densest(places)
                if best is None or worth > best[0]:
                    best = (worth, text, places, first, section)
        if best is None:
            text, section = next(((text, section) for text, section in texts if text), ("", None))
            return (_cut(text, [], 0) if text else ()), section
        return _cut(best[1], best[2], best[3]), best[4]


class _Finder:
    """Finds some patterns in texts."""

    def __init__(self, patterns: list[_Pattern], analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.patterns = patterns
        self._longest = max((len(pattern.tokens) for pattern in patterns), default=1) or 1
        self._beginnings = sorted({pattern.beginning for pattern in patterns})
        self._may_begin: dict[str, bool] = {}
        self._terms: dict[str, int | None] = {}

    def places(self, text: str) -> list[_Place]:
        """Where the patterns stand, in order. Their beginnings are found first, and looked at one by one."""
        if not self.patterns:
            return []
        plain = to_plain(text)
        if plain is None:
            starts = dict.fromkeys((start for _, start, _ in islice(self.analyzer.spans(text), _MOST_PLACES * 10)), "")
        else:
            starts = self._candidates(plain)
        places: list[_Place] = []
        for start, run in sorted(starts.items()):
            if places and start < places[-1].end:
                continue
            term = self._alone(run) if run else None
            if term is not None:
                places.append(_Place(start, start + len(run), term))
            elif (place := self._place_at(text, start)) is not None:
                places.append(place)
        return places

    def _candidates(self, plain: str) -> dict[int, str]:
        """Where a pattern may begin, and the run of letters there."""
        starts: dict[int, str] = {}
        for beginning in self._beginnings:
            at = plain.find(beginning)
            while at >= 0 and len(starts) < _MOST_PLACES:
                if not (at and plain[at - 1].isalnum()) or not beginning.isascii():
                    run = run_at(plain, at)
                    if self._begins(run):
                        starts[at] = run
                at = plain.find(beginning, at + 1)
        return starts

    def _begins(self, run: str) -> bool:
        """Whether some pattern's first token is the first word of this run of letters."""
        known = self._may_begin.get(run)
        if known is None:
            words = self.analyzer.words(run)[:1]
            known = self._may_begin[run] = not run.isascii() or any(
                self._is_first(pattern, word) for word in words for pattern in self.patterns
            )
        return known

    def _alone(self, run: str) -> int | None:
        """The term of the first pattern that this run matches by itself, None where more must be looked at."""
        if run not in self._terms:
            words = self.analyzer.words(run) if run.isascii() else []
            pattern = next((pattern for pattern in self.patterns if words and self._is_first(pattern, words[0])), None)
            alone = pattern is not None and len(words) == 1 and len(pattern.tokens) < 2
            self._terms[run] = pattern.term if pattern is not None and alone else None
        return self._terms[run]

    def _is_first(self, pattern: _Pattern, word: str) -> bool:
        if not pattern.tokens:
            return word.startswith(pattern.beginning)
        return pattern.tokens[0] == (self.analyzer.stem(word) if pattern.stemmed else word)

    def _place_at(self, text: str, start: int) -> _Place | None:
        ahead = list(islice(self.analyzer.spans(text[start : start + _LOOK_AHEAD]), self._longest))
        if not ahead or ahead[0][1]:
            return None
        words = [word for word, _, _ in ahead]
        for pattern in self.patterns:
            size = max(len(pattern.tokens), 1)
            rest = zip(pattern.tokens[1:], words[1:size], strict=False)
            if (
                size <= len(words)
                and self._is_first(pattern, words[0])
                and all(token == (self.analyzer.stem(word) if pattern.stemmed else word) for token, word in rest)
            ):
                return _Place(start, start + ahead[size - 1][2], pattern.term)
        return None


def _pattern(alternative: Sequence | Starting, term: int) -> _Pattern:
    if isinstance(alternative, Starting):
        return _Pattern((), False, alternative.prefix, term)
    first = alternative.tokens[0]
    # A stem can differ from its words in its last letters: "spi" stands for "spying", "technat" for "techNationalism".
    beginning = first[: max(2, len(first) - 1)] if alternative.stemmed and first.isascii() else first
    return _Pattern(alternative.tokens, alternative.stemmed, beginning, term)


def _densest(places: list[_Place]) -> tuple[int, int]:
    """How many different terms the best window holds, and where that window's first match starts."""
    best = (0, 0)
    for number, first in enumerate(places):
        inside = {place.term for place in islice(places, number, None) if place.end - first.start <= WINDOW}
        if len(inside) > best[0]:
            best = (len(inside), first.start)
    return best


def _cut(text: str, places: list[_Place], first: int) -> Fragments:
    """A window around `first`, from word to word, with an ellipsis where text was left out."""
    start = 0 if first < WINDOW // 4 else text.rfind(" ", 0, first - WINDOW // 6) + 1
    end = len(text) if len(text) - start <= WINDOW else max(text.rfind(" ", start, start + WINDOW), 0) or start + WINDOW
    fragments = _fragments(text, places, start, end)
    before = (Fragment("… "),) if start > 0 else ()
    after = (Fragment(" …"),) if end < len(text) else ()
    return (*before, *fragments, *after)


def _fragments(text: str, places: list[_Place], start: int, end: int) -> Fragments:
    fragments: list[Fragment] = []
    at = start
    for place in places:
        if place.start < at or place.end > end:
            continue
        if place.start > at:
            fragments.append(Fragment(text[at : place.start]))
        fragments.append(Fragment(text[place.start : place.end], match=True))
        at = place.end
    if at < end:
        fragments.append(Fragment(text[at:end]))
    return tuple(fragments)
