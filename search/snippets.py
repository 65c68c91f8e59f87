"""Why a document matched: its words marked, and the stretch of its text where most of them stand together.

Marks are ours and the same on every engine. Candidates are found by plain string search for the beginnings that a
matching word must have, and only those places are analysed: a page of ten hits costs a quarter of a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from search.analysis import Analyzer, next_run, run_at, to_plain
from search.document import Document, Section
from search.matching import Match, Sequence, Starting, scored_terms
from search.results import Fragment, Fragments

WINDOW = 240
"""Characters of a snippet: three lines of a readable measure."""
_LOOK_AHEAD = 120
"""Characters analysed from a place on: more than the words of any but the longest phrase."""
_MOST_PLACES = 60
"""Places of one beginning looked at in one text; more do not change which stretch is best, and bound the cost of a book."""


class _Place(Struct, frozen=True, gc=False):
    start: int
    end: int
    term: int


class _Pattern(Struct, frozen=True):
    """A sequence to find: its tokens, whether they are stems, the beginning its first word must have, and its term.

    `needle` is the beginning of its longest word: a text without it is not looked at any further.
    """

    tokens: tuple[str, ...]
    stemmed: bool
    beginning: str
    needle: str
    term: int


class Marker:
    """Finds the words of one query in texts. For one thread."""

    def __init__(self, match: Match, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._terms = list(enumerate(scored_terms(match)))
        self._as_typed = _Finder([_pattern(term.alternatives[0], number) for number, term in self._terms], analyzer)

    @cached_property
    def _otherwise(self) -> _Finder:
        others = [_pattern(other, number) for number, term in self._terms for other in term.alternatives[1:]]
        return _Finder(others, self._analyzer)

    def _places(self, text: str, window: int = 0) -> list[_Place]:
        """Where the words stand as typed; only where none does, those written in two, which cost more to find."""
        return self._as_typed.places(text, window) or self._otherwise.places(text)

    def mark(self, text: str) -> Fragments:
        """The whole text in fragments."""
        return _fragments(text, self._places(text), 0, len(text)) if text else ()

    def mark_all(self, texts: list[str]) -> list[Fragments]:
        """Each whole text in fragments, as `mark` gives them. What none of them can have is looked for only once."""
        together = to_plain("\n".join(texts))
        if together is None:
            return [self.mark(text) for text in texts]
        finders = [finder for finder in (self._as_typed, self._otherwise) if finder.may_stand_in(together)]
        marked = []
        for text in texts:
            places = next((places for finder in finders if (places := finder.places(text))), [])
            marked.append(_fragments(text, places, 0, len(text)) if text else ())
        return marked

    def snippet(self, document: Document) -> tuple[Fragments, Section | None]:
        """The best stretch of the document's summary and text, and the section it is from (None for the summary).

        Without a match the beginning of the summary or text, unmarked.
        """
        best: tuple[int, str, list[_Place], int, Section | None] | None = None
        texts: list[tuple[str, Section | None]] = [(document.summary, None)] if document.summary else []
        texts += [(section.text, section) for section in document.sections]
        for text, section in texts:
            places = self._places(text, WINDOW)
            if places:
                worth, first = _densest(places)
                if best is None or worth > best[0]:
                    best = (worth, text, places, first, section)
                if worth == len(self._terms):
                    break
        if best is None:
            text, section = next(((text, section) for text, section in texts if text), ("", None))
            return (_cut(text, [], 0) if text else ()), section
        return _cut(best[1], best[2], best[3]), best[4]


_NOWHERE, _LOOK, _LOOK_IF_NEXT_FITS = -1, -2, -3
"""What may be known of a run of letters where it is not a term by itself: no pattern begins with it; only the text around it
can tell; the same, and the next run must be some pattern's second word."""


class _Finder:
    """Finds some patterns in texts. What it learns of a run of letters it keeps: a page's texts share most of them."""

    def __init__(self, patterns: list[_Pattern], analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.patterns = patterns
        self._longest = max((len(pattern.tokens) for pattern in patterns), default=1) or 1
        self._beginnings = list(dict.fromkeys((pattern.needle, pattern.beginning) for pattern in patterns))
        self._known: dict[str, int] = {}
        self._fits: dict[str, bool] = {}

    def may_stand_in(self, plain: str) -> bool:
        """Whether some pattern may stand in a text that is plain already."""
        return any(needle in plain for needle, _ in self._beginnings)

    def places(self, text: str, window: int = 0) -> list[_Place]:
        """Where the patterns stand, in order.

        With `window`, places so many characters behind the first may be left out where that cannot change the best stretch.
        """
        if not self.patterns:
            return []
        plain = to_plain(text)
        if plain is None:
            starts = [start for _, start, _ in islice(self.analyzer.spans(text), _MOST_PLACES * 10)]
            return _apart(place for start in starts if (place := self._place_at(text, start)) is not None)
        if len(self._beginnings) == 1:
            ((needle, beginning),) = self._beginnings
            return self._beginning(beginning, plain, text, window) if needle in plain else []
        beginnings = {beginning for needle, beginning in self._beginnings if needle in plain}
        if not beginnings:
            return []
        found = [place for beginning in beginnings for place in self._beginning(beginning, plain, text, 0)]
        found.sort(key=_by_start)
        return _apart(found)

    def _beginning(self, beginning: str, plain: str, text: str, window: int) -> list[_Place]:
        """The places of the patterns that begin so, apart from each other."""
        places: list[_Place] = []
        find, known, everywhere = plain.find, self._known.get, not beginning.isascii()
        at, last = find(beginning), len(plain)
        while 0 <= at < last:
            end, place = at + 1, None
            if not at or everywhere or not plain[at - 1].isalnum():
                run = run_at(plain, at)
                term = known(run)
                if term is None:
                    term = self._known[run] = self._of_run(run)
                if term >= 0:
                    place = _Place(at, at + len(run), term)
                elif term == _LOOK or (term == _LOOK_IF_NEXT_FITS and self._next_fits(plain, at + len(run))):
                    place = self._place_at(text, at)
            if place is not None:
                end = place.end
                places.append(place)
                if window:
                    last = places[0].start + window
                if len(places) == _MOST_PLACES:
                    break
            at = find(beginning, end)
        return places

    def _of_run(self, run: str) -> int:
        """The term of the first pattern that this run matches by itself, or what else is known of it."""
        if not run.isascii():
            return _LOOK
        words = self.analyzer.words(run)
        pattern = next((pattern for pattern in self.patterns if words and self._is(pattern, 0, words[0])), None)
        if pattern is None:
            return _NOWHERE
        if len(words) > 1:
            return _LOOK
        return pattern.term if len(pattern.tokens) < 2 else _LOOK_IF_NEXT_FITS

    def _next_fits(self, plain: str, end: int) -> bool:
        """Whether the first word behind `end` may be the second of some pattern."""
        run = next_run(plain, end)
        fits = self._fits.get(run)
        if fits is None:
            words = self.analyzer.words(run)[:1]
            fits = self._fits[run] = not run.isascii() or any(
                len(pattern.tokens) < 2 or self._is(pattern, 1, word) for word in words for pattern in self.patterns
            )
        return fits

    def _is(self, pattern: _Pattern, number: int, word: str) -> bool:
        """Whether `word` may be the pattern's word of that number."""
        if not pattern.tokens:
            return word.startswith(pattern.beginning)
        return pattern.tokens[number] == (self.analyzer.stem(word) if pattern.stemmed else word)

    def _place_at(self, text: str, start: int) -> _Place | None:
        ahead = list(islice(self.analyzer.spans(text[start : start + _LOOK_AHEAD]), self._longest))
        if not ahead or ahead[0][1]:
            return None
        for pattern in self.patterns:
            size = max(len(pattern.tokens), 1)
            if size <= len(ahead) and all(self._is(pattern, number, ahead[number][0]) for number in range(size)):
                return _Place(start, start + ahead[size - 1][2], pattern.term)
        return None


_by_start = attrgetter("start")


def _apart(places: Iterable[_Place]) -> list[_Place]:
    """Places in order, without those that begin inside the one before."""
    apart: list[_Place] = []
    end = 0
    for place in places:
        if place.start >= end:
            apart.append(place)
            end = place.end
    return apart


def _pattern(alternative: Sequence | Starting, term: int) -> _Pattern:
    if isinstance(alternative, Starting):
        return _Pattern((), False, alternative.prefix, alternative.prefix, term)
    beginnings = [_beginning(token, alternative.stemmed) for token in alternative.tokens]
    return _Pattern(alternative.tokens, alternative.stemmed, beginnings[0], max(beginnings, key=len), term)


def _beginning(token: str, stemmed: bool) -> str:
    """A stem can differ from its words in its last letters: "spi" stands for "spying", "technat" for "techNationalism"."""
    return token[: max(2, len(token) - 1)] if stemmed and token.isascii() else token


def _densest(places: list[_Place]) -> tuple[int, int]:
    """How many different terms the best window holds, and where that window's first match starts."""
    most = len({place.term for place in places})
    if most == 1:
        return 1, places[0].start
    best = (0, 0)
    for number, first in enumerate(places):
        inside = {place.term for place in islice(places, number, None) if place.end - first.start <= WINDOW}
        if len(inside) > best[0]:
            best = (len(inside), first.start)
            if len(inside) == most:
                break
    return best


def _cut(text: str, places: list[_Place], first: int) -> Fragments:
    """A window around `first`, from word to word, with an ellipsis where text was left out."""
    start = 0 if first < WINDOW // 4 else text.rfind(" ", 0, first - WINDOW // 6) + 1
    end = len(text) if len(text) - start <= WINDOW else max(text.rfind(" ", start, start + WINDOW), 0) or start + WINDOW
    fragments = _fragments(text, places, start, end)
    if start > 0:
        fragments = (_LEFT_OUT_BEFORE, *fragments)
    return (*fragments, _LEFT_OUT_AFTER) if end < len(text) else fragments


_LEFT_OUT_BEFORE, _LEFT_OUT_AFTER = Fragment("… "), Fragment(" …")


def _fragments(text: str, places: list[_Place], start: int, end: int) -> Fragments:
    fragments: list[Fragment] = []
    at = start
    for place in places:
        if place.end > end:
            break
        if place.start < at:
            continue
        if place.start > at:
            fragments.append(Fragment(text[at : place.start]))
        at = place.end
        fragments.append(Fragment(text[place.start : at], True))
    if at < end:
        fragments.append(Fragment(text[at:end]))
    return tuple(fragments)
