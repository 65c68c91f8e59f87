"""Dates that people put into words: "in 2013", "from 2012 to 2014", "since May 2011 and before 2014", "the early 1990s"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from search.model.dates import DateSpan
from search.query_language.meanings import AND, DatePhrase, Phrase, bounded, join_bounds, join_dates
from search.query_language.parts_of_years import NAMES_WITHOUT_DIGITS, read_part_of_year
from search.query_language.time_words import TimeWords

BARE_YEAR = re.compile(r"\d{4}|'\d\d", re.ASCII)
"""A year, also as in '12."""
_MAX_DATE_PIECES = 7
"""As in "between 17 February and 28 February 2011"."""
_OR = re.compile(" (?:or|oder|ou|o) ", re.IGNORECASE)
_OR_AND = re.compile(f" (?:or|oder|ou|o|{'|'.join(sorted(AND))}) ", re.IGNORECASE)
_JOINED_BOUND = re.compile(r"(pre|post)-(\d{4}s?)", re.ASCII)
"""As in "pre-2012"."""


class DatePhraseReader:
    """Reads dates in one language. `read_dates` returns the readings of a date by itself."""

    def __init__(self, words: TimeWords, language: str, read_dates: Callable[[str], tuple[DateSpan, ...]]) -> None:
        self._words = words
        self._language = language
        self._read_dates = read_dates
        self.openings_of_undated = frozenset(phrase[0] for phrase in words.undated)

    def read(self, plain: list[str], folded: list[str]) -> list[Phrase]:
        """Return the dates among the typed pieces, in order. Without a digit, or the name of a decade, there is none."""
        undated = self._undated(folded)
        if not any(map(str.isdigit, "".join(plain))) and NAMES_WITHOUT_DIGITS.isdisjoint(folded):
            return undated
        return undated + join_dates(list(self._read_each(plain, folded)), folded, self._words)

    def _undated(self, folded: list[str]) -> list[Phrase]:
        """Read `undated`, and `without a date` at the end of a request: a date with no bounds."""
        for place, word in enumerate(folded):
            for run in ((word,), tuple(folded[place:])) if word in self.openings_of_undated else ():
                if run in self._words.undated:
                    return [Phrase(place, len(run), DatePhrase(()))]
        return []

    def _read_each(self, plain: list[str], folded: list[str]) -> Iterator[Phrase]:
        start = 0
        while start < len(plain):
            found = (
                self._part_of_year_at(plain, folded, start)
                or self._range_at(plain, folded, start)
                or self._bound_at(plain, folded, start)
                or self._date_at(plain, start)
            )
            if found is None:
                start += 1
            else:
                yield found
                start += found.count

    def _part_of_year_at(self, plain: list[str], folded: list[str], start: int) -> Phrase | None:
        """Read a part of a year or a decade, as in `first quarter of 2013` or `the early 1990s`, with the words that bound it."""
        bound, ahead = self._words.bound_ahead(folded, start)
        ahead = ahead or int(folded[start] in self._words.articles)
        found = read_part_of_year(folded, start + ahead, self._language)
        if found is None:
            return None
        size = ahead + found[1]
        later, behind = self._words.bound_behind(folded, start + size)
        return Phrase(start, size + behind, DatePhrase(tuple(bounded(later or bound, *each) for each in found[0])))

    def _range_at(self, plain: list[str], folded: list[str], start: int) -> Phrase | None:
        """Read `from A to B`, `A to B` and `between 2012 & 2014`, and either date of `A and B`."""
        begin = start + (folded[start] in self._words.between)
        first, size = self._spans_at(plain, begin, is_range=begin > start)
        middle = begin + size
        if not first or middle == len(plain):
            return None
        is_range = begin > start or folded[middle] not in AND
        if folded[middle] in self._words.to:
            middle += 1
        elif begin == start or not self.bare_year(plain[middle]) or self._goes_on(plain, folded, middle + 1):
            return None
        last, last_size = self._spans_at(plain, middle)
        if not last:
            return None
        bounds = join_bounds([(span.first_day, span.last_day) for span in (first[0], last[0])], is_range)
        return Phrase(start, middle + last_size - start, DatePhrase(bounds)) if bounds else None

    def _goes_on(self, plain: list[str], folded: list[str], place: int) -> bool:
        """Return whether more years are listed at a place, as in `from 2012, 2013 and 2014`."""
        return place < len(plain) and (folded[place] in self._words.to or self.bare_year(plain[place]) is not None)

    def _bound_at(self, plain: list[str], folded: list[str], start: int) -> Phrase | None:
        """Read a date with words before or after it that make it a bound, as in `since 2012` or `2012 or later`."""
        bound, ahead = self._words.bound_ahead(folded, start)
        if joined := _JOINED_BOUND.fullmatch(folded[start + ahead]) if start + ahead < len(folded) else None:
            spans, size, bound = self._spans_of([joined[2]]), 1, "before" if joined[1] == "pre" else "after"
        else:
            is_range = not ahead and folded[start] in self._words.between
            spans, size = self._spans_at(plain, start + ahead + is_range, is_range)
            bound, ahead = ("within", 1) if is_range and size > 1 else (bound, ahead)
        later, behind = self._words.bound_behind(folded, start + ahead + size)
        if later and self._spans_at(plain, start + ahead + size + behind)[0]:  # since 2012 and before 2014
            later, behind = None, 0
        if not (spans and (bound or later)):
            return None
        dates = _OR.split(" ".join(plain[start + ahead : start + ahead + size]))
        of_first = max(1, len(self._read_dates(dates[0]))) if dates[1:] and not later else len(spans)  # before 5/6/2012 or 2015
        ways = [later or bound if number < of_first else "within" for number in range(len(spans))]
        bounds = tuple(bounded(way, span.first_day, span.last_day) for way, span in zip(ways, spans, strict=True))
        return Phrase(start, ahead + size + behind, DatePhrase(bounds)) if (None, None) not in bounds else None

    def _date_at(self, plain: list[str], start: int) -> Phrase | None:
        """Read a date that needs no word of time: anything but a bare year."""
        spans, size = self._spans_at(plain, start)
        if not spans or (size == 1 and BARE_YEAR.fullmatch(plain[start])):
            return None
        bounds = tuple((span.first_day, span.last_day) for span in spans)
        return Phrase(start, size, DatePhrase(bounds)) if (None, None) not in bounds else None

    def _spans_at(self, plain: list[str], start: int, is_range: bool = False) -> tuple[tuple[DateSpan, ...], int]:
        """Return the readings of the longest date that begins at a piece, and how many pieces it takes."""
        most = min(_MAX_DATE_PIECES, len(plain) - start) if any(map(str.isalnum, "".join(plain[start : start + 1]))) else 0
        most = next((size for size in range(1, most) if plain[start + size].casefold() in self._words.bounding), most)
        for size in range(most, 0, -1):
            spans = self._spans_of(plain[start : start + size], is_range)
            if spans and (
                size == 1 or self._spans_of(plain[start : start + size - 1], is_range) != spans
            ):  # the last piece has a word
                return spans, size
        return (), 0

    def _spans_of(self, pieces: list[str], is_range: bool = False) -> tuple[DateSpan, ...]:
        """Return the readings of a date, or of each of several with "or" between them, or "and" where it makes no range."""
        text = " ".join(pieces)
        each = [self._read_dates(part) for part in (_OR if is_range else _OR_AND).split(text)]
        spans = tuple(span for spans in each for span in spans)
        is_open = any(span.first_day is None or span.last_day is None for span in spans)
        if all(each) and not (len(each) > 1 and is_open):
            return spans
        as_one = self._read_dates(text)
        return as_one if len(each) == 1 or len(as_one) == 1 else ()  # two readings are of a date inside the text

    def bare_years(self, plain: list[str], others: list[Phrase]) -> list[Phrase]:
        """Read a year at either end of a question that names a type or nothing else, as in `podcasts 2019`, `2013, 2014`."""
        years = [self.bare_year(piece) for piece in plain]
        if len(plain) > 1 and all(years):
            return [Phrase(0, len(plain), _any_year(years))]
        taken = {place for phrase in others for place in range(phrase.start, phrase.start + phrase.count)}
        free = [year is not None and place not in taken for place, year in enumerate(years)]
        ahead = next((place for place, is_free in enumerate(free) if not is_free), 0)
        behind = next((place for place in range(len(free), 0, -1) if not free[place - 1]), len(free))
        runs = [(0, ahead), (behind, len(free))]
        return [Phrase(start, end - start, _any_year(years[start:end])) for start, end in runs if start < end]

    def bare_year(self, text: str) -> DatePhrase | None:
        """Return the meaning of a text that is a year of four digits; None if it is not."""
        spans = self._read_dates(text) if BARE_YEAR.fullmatch(text) else ()
        return DatePhrase(tuple((span.first_day, span.last_day) for span in spans)) if spans else None


def _any_year(years: list[DatePhrase | None]) -> DatePhrase:
    return DatePhrase(tuple(days for year in years if year for days in year.bounds))
