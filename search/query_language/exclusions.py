"""Read exclusions in words: "china without spying", "cyber but not insurance", "everything except podcasts".

Only short requests are read so. In a question or a sentence such words usually belong to the subject: "how can states
cooperate without trust".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from search.text.characters import PLAIN_APOSTROPHES
from search.text.language_codes import base_code

_CONNECTORS = {
    "en": """
        but not,and not,not including,rather than,instead of,not,that are not,which are not,but no,and no,with no,but nothing on,
        but neither,and neither,with neither,nor,minus,not in,not from,not at,but skip
    """,
    "de": "aber nicht,und nicht,nicht",
    "fr": "mais pas,et pas",
    "es": "pero no,y no",
}
"""Connectors that exclude the words after them if words precede them. Those of `_ALL_BUT` do so too."""
_NONE = {"en": "no nothing", "de": "kein keine keinen", "fr": "aucun aucune", "es": "ningún ninguna"}
"""Words for no. They exclude what follows them after a comma, as in "reports, no podcasts", or a type or date at the start."""
_ALL_BUT = {
    "en": """
        without,excluding,exclude,except,except for,apart from,other than,anything but,everything but,all but,neither,hide,
        leave out,do not show,don't show,nothing on,nothing about,not about,not on,not by,not mentioning,do not mention,
        does not mention,don't mention,doesn't mention,never mention,never mentions,never mentioning,is not about,are not about,
        isn't about,aren't about,never about,not written by,never written by,not published by,w/o,omit,omitting,
        leaving out,don't include,do not include,not interested in,no mention of,unrelated to,not related to,not including,
        not covering,not regarding,not concerning,i don't mean,i do not mean,i don't want,i do not want
    """,
    "de": "ohne,außer,ausser,alles bis auf",
    "fr": "sans,sauf,excepté,hormis,tout sauf",
    "es": "sin,excepto,salvo,todo menos,todos menos,todas menos",
}
"""Connectors that may also begin a request, the usual one first: they mean everything except what follows."""
_IN_ANY_LANGUAGE = {"without": "en", "ohne": "de"}
"""Connectors that mean nothing else in another language, and their own: a question need not be in that of the archive."""
_BETWEEN = {"en": "and or nor", "de": "und oder", "fr": "et ou ni", "es": "y o ni"}
_ARTICLES = {"en": "the a an any", "de": "der die das den dem"}
ALSO = {"en": "only just merely simply", "de": "nur", "fr": "seulement", "es": "sólo solo solamente"}
"""Words after "not" with which it excludes nothing, as in "not only china"."""
_AROUND = "\"“”'‘’.,;:?!()[]"
_LONGEST_CONNECTOR = 4
_MOST_EXCLUDED_WORDS = 4
_MOST_SMALL = 2
"""Most small words between the connector and what it excludes, as in "except for those on spam"."""


def usual_connector(language: str) -> str:
    """Return the usual connector of a language, such as "without"; "" if none is known."""
    return _ALL_BUT.get(base_code(language), "").partition(",")[0].strip()


def strip_marks(piece: str) -> str:
    """Return the piece without marks around it, but with the apostrophe of a year such as ’11."""
    if piece.isalnum():
        return piece
    plain = piece.strip(_AROUND)
    is_short_year = len(plain) == 2 and plain.isdigit() and fold_piece(piece[0]) == "'"
    return f"'{plain}" if is_short_year else plain


def fold_piece(piece: str) -> str:
    """Return the piece in small letters, with plain apostrophes: keyboards and writing programs type others."""
    return piece.lower() if piece.isalnum() and piece.isascii() else piece.casefold().translate(PLAIN_APOSTROPHES)


class Exclusion(Struct, frozen=True):
    """An exclusion: its first piece, the number of its pieces, and the places of what it excludes."""

    start: int
    count: int
    excluded: tuple[tuple[int, int], ...]


class ExclusionReader:
    """Reads exclusions in one language. `is_small` returns whether a word is not searched for by itself."""

    def __init__(self, language: str, is_small: Callable[[str], bool]) -> None:
        code = base_code(language)
        self._all_but = _phrases(_ALL_BUT.get(code, "")) | _phrases(",".join(_IN_ANY_LANGUAGE))
        self._connectors = _phrases(_CONNECTORS.get(code, "")) | self._all_but
        self.none = frozenset(_NONE.get(code, "").split())
        self.openings = frozenset(each[0] for each in self._connectors) | self.none
        self._also = frozenset(ALSO.get(code, "").split())
        self._between = frozenset(_BETWEEN.get(code, "").split())
        self._usual = usual_connector(code)
        self._is_small = is_small

    def fold(self, pieces: Sequence[str], plain: Sequence[str]) -> list[str]:
        """Return the plain pieces folded, with the usual connector for "no" after a comma."""
        folded = list(map(fold_piece, plain))
        if not self.none.isdisjoint(folded):
            for place in range(1, len(folded)):
                if folded[place] in self.none and pieces[place - 1].endswith((",", ";")):
                    folded[place] = self._usual
                    if folded[0] in self.none:  # no spam, no botnets
                        folded[0] = self._usual
        return folded

    def connector_at(self, folded: Sequence[str], start: int) -> int:
        """Return the number of pieces of the connector that begins at `start`; 0 if none does."""
        sizes = range(min(_LONGEST_CONNECTOR, len(folded) - start), 0, -1)
        return next((size for size in sizes if tuple(folded[start : start + size]) in self._connectors), 0)

    def opening_of(self, folded: Sequence[str]) -> int:
        """Return the number of pieces of the connector, or of the word for no, that begins a request; 0 if none does."""
        return self.connector_at(folded, 0) or int(folded[0] in self.none)

    def may_read(self, folded: Sequence[str]) -> bool:
        """Return whether one of the pieces may begin an exclusion."""
        return not self.openings.isdisjoint(folded)

    def read(
        self, pieces: Sequence[str], folded: Sequence[str], dates: dict[int, int], first_type: range = range(0)
    ) -> Exclusion | None:
        """Return the first exclusion, or None. `dates` maps the first piece of each date to its number of pieces.

        `first_type` are the pieces of the type named first. Any connector may begin a request with a date or a type behind it,
        or nothing but what it excludes.
        """
        inside = {place for start, size in dates.items() for place in range(start, start + size)}
        for start in range(len(folded)):
            size = self.connector_at(folded, start) if start not in inside else 0
            if not start and 0 not in inside and not size and folded[0] in self.none and (1 in first_type or 1 in inside):
                size = 1
            if not size or (size == 1 and folded[start - 1] and self._is_small(folded[start - 1]) and start > 1):
                continue
            language = _IN_ANY_LANGUAGE.get(folded[start], "")
            between = self._between.union(_BETWEEN.get(language, "").split())
            if not (self._also | between).isdisjoint(folded[start + size : start + size + 1]):  # not only; hide and seek
                continue
            articles = _ARTICLES.get(language, "").split()
            at = start + size + any(word in articles for word in folded[start + size : start + size + 1])
            excluded, end = self._read_excluded(pieces, folded, at, dates, between)
            may_begin = tuple(folded[:size]) in self._all_but or size in inside or size in first_type or end == len(folded)
            if excluded and (start or may_begin):
                return Exclusion(start, end - start, excluded)
        return None

    def _read_excluded(
        self, pieces: Sequence[str], folded: Sequence[str], at: int, dates: dict[int, int], between: Collection[str]
    ) -> tuple[tuple[tuple[int, int], ...], int]:
        excluded: list[tuple[int, int]] = []
        end = at
        is_listed = was_date = False
        while (found := self._next_excluded(pieces, folded, at, dates, between)) is not None:
            is_date = found[0] in dates or folded[found[0]].isdigit()
            if is_listed and is_date != was_date:  # not spam, 2013
                break
            was_date = is_date
            excluded.append(found)
            at = end = sum(found)
            more = int(at < len(folded) and folded[at] in between)
            more += self.connector_at(folded, at + more)
            is_listed = not more
            if is_listed and not pieces[at - 1].endswith(","):
                break
            at += more
        return tuple(excluded), end

    def _next_excluded(
        self, pieces: Sequence[str], folded: Sequence[str], at: int, dates: dict[int, int], between: Collection[str]
    ) -> tuple[int, int] | None:
        """Return the first piece of the next date, or run of words, that is excluded, and its number of pieces."""
        for start in range(at, min(at + _MOST_SMALL + 1, len(folded))):
            if start in dates:
                return start, dates[start]
            if not self._is_small(folded[start]):
                end = self._end_of_words(pieces, folded, start, dates, between)
                return (start, end - start) if end > start else None
        return None

    def _end_of_words(
        self, pieces: Sequence[str], folded: Sequence[str], start: int, dates: Collection[int], between: Collection[str]
    ) -> int:
        end = start
        while end < min(start + _MOST_EXCLUDED_WORDS, len(folded)):
            if end in dates or self._is_small(folded[end]) or folded[end] in between or self.connector_at(folded, end):
                break
            end += 1
            if pieces[end - 1].endswith((",", ";", ".")):
                break
        return end


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(each.split()) for each in listed.split(",") if each)
