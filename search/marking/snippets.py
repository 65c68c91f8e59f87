"""Why a document matched: its words marked, and the part of its text where most of them are close together.

Marks are ours and the same on every engine. Candidates are found by plain string search for the prefixes that a
matching word must have, and only those places are analysed: a page of ten hits costs a fifth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from search.marking.occurrences import Finder, Learnt, Place, list_respellings, make_opening, without_overlaps
from search.marking.plain_text import rewritten_words, to_plain
from search.model.document import Document, Section
from search.model.results import Fragment, Fragments
from search.query_language.matching import Term
from search.text.analysis import Analyzer

WINDOW = 240
"""Characters of a snippet: three lines of a readable measure."""


class Marker:
    """Finds the words of one query in texts, faster once it has seen some. Threads may share it.

    `learnt` is what another marker of the same terms has learnt.
    """

    def __init__(self, terms: Iterable[Term], analyzer: Analyzer, learnt: Learnt | None = None) -> None:
        self._analyzer = analyzer
        self._terms = list(enumerate(terms))
        self._as_typed = Finder([make_opening(number, term.alternatives[0]) for number, term in self._terms], analyzer, learnt)

    @property
    def learnt(self) -> Learnt:
        """What it has learnt, for another marker of the same terms."""
        return self._as_typed.learnt

    @cached_property
    def _alternatives(self) -> Finder:
        others = [make_opening(number, other) for number, term in self._terms for other in term.alternatives[1:]]
        others += [each for one in (*self._as_typed.openings, *others) for each in list_respellings(one.pattern)]
        return Finder(others, self._analyzer)

    @cached_property
    def _all_spellings(self) -> Finder:
        return Finder([*self._as_typed.openings, *self._alternatives.openings], self._analyzer)

    def _places(self, text: str, plain: str | None, window: int = 0, may_be_rewritten: bool = True) -> list[Place]:
        """Return where the terms occur: as typed, and those that do not occur so, as they may be written otherwise."""
        places = self._as_typed.places(text, plain, window)
        if places and len(self._terms) == 1:
            return places
        found = {term for _, _, term in places}
        if len(found) == len(self._terms):
            return places
        others = self._alternatives.places(text, plain, without=found)
        found |= {term for _, _, term in others}
        if may_be_rewritten and len(found) < len(self._terms):
            others = others + self._all_spellings.rewritten_places(text, plain, found)
        return without_overlaps(sorted(places + others)) if others else places

    def mark(self, text: str) -> Fragments:
        """Return the whole text in fragments."""
        return _fragments(text, self._places(text, to_plain(text)), 0, len(text)) if text else ()

    def mark_all(self, texts: list[str]) -> list[Fragments]:
        """Return each whole text in fragments, see `mark`."""
        found = self._places_in_all(texts)
        return [
            _fragments(text, found[number], 0, len(text)) if number in found else (Fragment(text),) if text else ()
            for number, text in enumerate(texts)
        ]

    def find_matching(self, texts: list[str]) -> list[int]:
        """Return the numbers of the texts that contain one of the words, ascending."""
        found = self._places_in_all(texts) if texts else {}
        return sorted([number for number, places in found.items() if places])

    def _places_in_all(self, texts: list[str]) -> dict[int, list[Place]]:
        """Return where the terms occur in each text that may contain a word, by the number of the text.

        The texts are looked through as one: most of them hold none of the words, and are not looked at by themselves.
        """
        together = to_plain("\n".join(texts))
        plains = together.split("\n") if together is not None else []
        if together is None or len(plains) != len(texts):
            return {number: self._places(text, to_plain(text)) for number, text in enumerate(texts) if text}
        may_match: set[int] = set()
        for prefix in dict.fromkeys([each.prefix for each in (*self._as_typed.openings, *self._alternatives.openings)]):
            at = together.find(prefix)
            while at >= 0:
                may_match.add(together.count("\n", 0, at))
                line = together.find("\n", at)
                at = together.find(prefix, line) if line >= 0 else -1
        rewritten: set[int] = set()
        if rewritten_words(together):
            rewritten.update([number for number, plain in enumerate(plains) if rewritten_words(plain)])
        return {
            number: self._places(texts[number], plains[number], may_be_rewritten=number in rewritten)
            for number in may_match | rewritten
        }

    def excerpt(self, text: str) -> Fragments:
        """Return the best stretch of one text, unmarked and from its beginning where it has no match."""
        places = self._places(text, to_plain(text), WINDOW) if text else []
        return _cut_window(text, places, _densest(places)[1] if places else 0) if text else ()

    def snippet(self, document: Document) -> tuple[Fragments, Section | None]:
        """Return the best stretch of the document's summary and text, and the section it is from (None for the summary).

        Without a match the beginning of the summary or text, unmarked.
        """
        best: tuple[int, str, list[Place], int, Section | None] | None = None
        texts: list[tuple[str, Section | None]] = [(document.summary, None)] if document.summary else []
        texts += [(section.text, section) for section in document.sections]
        for text, section in texts:
            places = self._places(text, to_plain(text), WINDOW)
            if places:
                worth, first = _densest(places) if len(self._terms) > 1 else (1, places[0][0])
                if best is None or worth > best[0]:
                    best = (worth, text, places, first, section)
                if worth == len(self._terms):
                    break
        if best is None:
            text, section = next(((text, section) for text, section in texts if text), ("", None))
            return (_cut_window(text, [], 0) if text else ()), section
        return _cut_window(best[1], best[2], best[3]), best[4]


def _densest(places: list[Place]) -> tuple[int, int]:
    """Return how many different terms the best window holds, and where that window's first match starts. One pass."""
    most = len({term for _, _, term in places})
    if most == 1:
        return 1, places[0][0]
    best = (0, 0)
    inside: dict[int, int] = {}
    last, count = 0, len(places)
    for number, (start, _, first) in enumerate(places):
        while last < count and (places[last][1] - start <= WINDOW or last == number):
            term = places[last][2]
            inside[term] = inside.get(term, 0) + 1
            last += 1
        if len(inside) > best[0]:
            best = (len(inside), start)
            if best[0] == most:
                break
        inside[first] -= 1
        if not inside[first]:
            del inside[first]
    return best


def _cut_window(text: str, places: list[Place], first: int) -> Fragments:
    """Return a window around `first`, from word to word, with an ellipsis in place of omitted text."""
    start, end = 0, len(text)
    if first >= WINDOW // 4:
        start = _space_near(text, first - WINDOW // 6) + 1
    if end - start > WINDOW:
        end = _space_near(text, start + WINDOW)
    fragments = _fragments(text, places, start, end)
    if start > 0:
        fragments = (_LEFT_OUT_BEFORE, *fragments)
    return (*fragments, _LEFT_OUT_AFTER) if end < len(text) else fragments


def _space_near(text: str, at: int) -> int:
    """Return where the last white space before `at` is; where none is near, as in Chinese, `at` itself."""
    earliest = max(at - WINDOW // 6, 0)
    space = text.rfind(" ", earliest, at)
    if space >= 0:
        return space
    return next((place for place in range(at - 1, earliest - 1, -1) if text[place].isspace()), at)


_LEFT_OUT_BEFORE, _LEFT_OUT_AFTER = Fragment("… "), Fragment(" …")


def _fragments(text: str, places: list[Place], start: int, end: int) -> Fragments:
    fragments: list[Fragment] = []
    at = start
    for begin, stop, _ in places:
        if stop > end:
            break
        if begin < at:
            continue
        if begin > at:
            fragments.append(Fragment(text[at:begin]))
        fragments.append(Fragment(text[begin:stop], True))
        at = stop
    if at < end:
        fragments.append(Fragment(text[at:end]))
    return tuple(fragments)
