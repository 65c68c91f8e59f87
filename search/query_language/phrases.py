"""Dates, types and orders that people put into words: "commentary about China in 2013", "latest podcasts", "before 2014".

What is read here is a proposal: the archive uses it only where it finds something, shows it, and lets it be taken back.
Years without any other word of time stay words, as in a title that holds one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from search.model.dates import DateSpan
from search.query_language.parts_of_years import read_part_of_year
from search.query_language.question_words import QuestionWords
from search.query_language.time_words import time_words
from search.text.analysis import Analyzer

Bounds = tuple[int | None, int | None]
"""First and last day, both included; None is open. Days are numbers as in `search.model.days`."""


class DatePhrase(Struct, frozen=True):
    """A time named in words: any of its bounds. Two where a date can be read in two ways, as 5/6/2013."""

    bounds: tuple[Bounds, ...]


class TypePhrase(Struct, frozen=True):
    """A document type, or a group of types, named in words."""

    value: str


class SortPhrase(Struct, frozen=True):
    """An order named in words."""

    sort: Literal["newest", "oldest"]


class Phrase(Struct, frozen=True):
    """Some typed pieces that are understood together: from which piece on, how many, and what they mean."""

    start: int
    count: int
    meaning: DatePhrase | TypePhrase | SortPhrase


_MAX_DATE_PIECES = 5
"""As in "the 10th of September 2012"."""
_BARE_YEAR = re.compile(r"\d{4}", re.ASCII)
_AROUND = "\"“”'‘’.,;:?!()[]"


class PhraseReader:
    """Reads the phrases of one archive: its language, its types by folded label, and how it reads a date."""

    def __init__(self, analyzer: Analyzer, types: Mapping[str, str], read_dates: Callable[[str], tuple[DateSpan, ...]]) -> None:
        """`types` gives the value of each type by the label or value people may type; a label in the singular is enough."""
        self._analyzer = analyzer
        self._words = time_words(analyzer.language)
        self._questions = QuestionWords(analyzer)
        self._types = {key: value for label, value in types.items() if (key := self._stems([label]))}
        self._longest_type = max(map(len, self._types), default=0)
        self._openings_of_types = {key[0] for key in self._types}
        words = self._words
        self._ordering = words.newest | words.oldest | words.last | words.first | words.new
        self._bounding = words.within | words.since | words.after | words.before | words.until
        self._read_dates = read_dates

    def read(self, pieces: Sequence[str]) -> tuple[Phrase, ...]:
        """Return the phrases among the typed pieces in order; they never overlap."""
        plain = [piece.strip(_AROUND) for piece in pieces]
        folded = [piece.casefold() for piece in plain]
        has_digits = any(map(str.isdigit, "".join(plain)))  # without one there is no date
        dates = list(self._dates(plain, folded)) if has_digits else []
        kinds = self._read_type(plain, folded, dates)
        if kinds:
            dates += self._bare_years(plain, [*dates, *kinds])
        orders = self._orders(folded, kinds)
        return tuple(sorted((*dates, *kinds, *orders), key=lambda phrase: phrase.start))

    # dates

    def _dates(self, plain: list[str], folded: list[str]) -> Iterator[Phrase]:
        start = 0
        while start < len(plain):
            found = (
                self._part_of_year_at(folded, start)
                or self._range_at(plain, folded, start)
                or self._bound_at(plain, folded, start)
                or self._date_at(plain, start)
            )
            if found is None:
                start += 1
            else:
                yield found
                start += found.count

    def _part_of_year_at(self, folded: list[str], start: int) -> Phrase | None:
        """Read a part of a year, as in `first quarter of 2013`, with the word of time before it."""
        words, word = self._words, folded[start]
        before = int(word in self._bounding)
        before += folded[start + before : start + before + 1] == ["the"] and before
        found = read_part_of_year(folded, start + before) if self._analyzer.language[:2].lower() == "en" else None
        if found is None:
            return None
        (first, last), size = found
        bounds: Bounds = (first, last)
        if word in words.since:
            bounds = (first, None)
        elif word in words.after:
            bounds = (last + 1, None)
        elif word in words.before:
            bounds = (None, first - 1)
        elif word in words.until:
            bounds = (None, last)
        return Phrase(start, before + size, DatePhrase((bounds,)))

    def _range_at(self, plain: list[str], folded: list[str], start: int) -> Phrase | None:
        """Read `from A to B` and `A to B`."""
        begin = start + (folded[start] in self._words.between)
        first, size = self._spans_at(plain, begin)
        middle = begin + size
        if not first or middle >= len(plain) - 1 or folded[middle] not in self._words.to:
            return None
        last, last_size = self._spans_at(plain, middle + 1)
        if not last or first[0].first_day is None or last[0].last_day is None or last[0].last_day < first[0].first_day:
            return None
        bounds = ((first[0].first_day, last[0].last_day),)
        return Phrase(start, middle + 1 + last_size - start, DatePhrase(bounds))

    def _bound_at(self, plain: list[str], folded: list[str], start: int) -> Phrase | None:
        """Read a date behind a word of time, as in `since 2012`."""
        words, word = self._words, folded[start]
        spans, size = self._spans_at(plain, start + 1)
        if not spans:
            return None
        if word in words.since:
            bounds: tuple[Bounds, ...] = tuple((span.first_day, None) for span in spans)
        elif word in words.after:
            bounds = tuple((None if span.last_day is None else span.last_day + 1, None) for span in spans)
        elif word in words.before:
            bounds = tuple((None, None if span.first_day is None else span.first_day - 1) for span in spans)
        elif word in words.until:
            bounds = tuple((None, span.last_day) for span in spans)
        elif word in words.within or (word in words.between and size > 1):
            bounds = tuple((span.first_day, span.last_day) for span in spans)
        else:
            return None
        return Phrase(start, size + 1, DatePhrase(bounds)) if (None, None) not in bounds else None

    def _date_at(self, plain: list[str], start: int) -> Phrase | None:
        """Read a date that needs no word of time: anything but a bare year."""
        spans, size = self._spans_at(plain, start)
        if not spans or (size == 1 and _BARE_YEAR.fullmatch(plain[start])):
            return None
        return Phrase(start, size, DatePhrase(tuple((span.first_day, span.last_day) for span in spans)))

    def _spans_at(self, plain: list[str], start: int) -> tuple[tuple[DateSpan, ...], int]:
        """Return the readings of the longest date that begins at a piece, and how many pieces it takes."""
        for size in range(min(_MAX_DATE_PIECES, len(plain) - start) if _has_letters(plain[start : start + 1]) else 0, 0, -1):
            spans = self._spans_of(plain[start : start + size])
            if spans and (size == 1 or self._spans_of(plain[start : start + size - 1]) != spans):  # the last piece says something
                return spans, size
        return (), 0

    def _spans_of(self, pieces: list[str]) -> tuple[DateSpan, ...]:
        text = " ".join(pieces)
        return self._read_dates(text) if any(char.isdigit() for char in text) else ()

    def _bare_years(self, plain: list[str], others: list[Phrase]) -> list[Phrase]:
        """Read a year at either end of a question that names a type, as in `podcasts 2019`."""
        taken = {place for phrase in others for place in range(phrase.start, phrase.start + phrase.count)}
        found = []
        for place in sorted({0, len(plain) - 1} - taken):
            spans = self._read_dates(plain[place]) if _BARE_YEAR.fullmatch(plain[place]) else ()
            if spans:
                found.append(Phrase(place, 1, DatePhrase(tuple((span.first_day, span.last_day) for span in spans))))
        return found

    # types and orders

    def _read_type(self, plain: list[str], folded: list[str], dates: list[Phrase]) -> list[Phrase]:
        """Read the type that a question begins with, small words left out, where it ends there or says what it is about."""
        dated = {place for phrase in dates for place in range(phrase.start, phrase.start + phrase.count)}
        for start in range(len(plain)):
            if start in dated:
                continue
            found = self._type_at(plain, start)
            if found is not None:
                end = start + found.count
                rest = range(end, len(plain))
                ends = all(
                    place in dated or self._is_small(folded[place]) or _BARE_YEAR.fullmatch(plain[place]) for place in rest
                )
                says_about = end < len(plain) and (end in dated or folded[end] in self._words.about)
                return [found] if ends or says_about else []
            if not (self._is_small(folded[start]) or self._is_order(folded[start])):
                return []
        return []

    def _type_at(self, plain: list[str], start: int) -> Phrase | None:
        first = self._stems(plain[start : start + 1])
        if first and first[0] not in self._openings_of_types:
            return None
        for size in range(min(self._longest_type, len(plain) - start), 0, -1):
            value = self._types.get(self._stems(plain[start : start + size]))
            if value is not None and self._stems(plain[start + size - 1 : start + size]):  # the last piece says something
                return Phrase(start, size, TypePhrase(value))
        return None

    def _orders(self, folded: list[str], kinds: list[Phrase]) -> list[Phrase]:
        """Read `latest` anywhere, and `last` or `first` where a type follows."""
        if self._ordering.isdisjoint(folded):
            return []
        before_types = {phrase.start - 1 for phrase in kinds}
        words = self._words
        for place, word in enumerate(folded):
            is_all = len(folded) > 1 and self._asks_for_nothing_else(folded, kinds, place)
            if word in words.newest or (word in words.last | words.new and (place in before_types or is_all)):
                return [Phrase(place, 1, SortPhrase("newest"))]
            if word in words.oldest or (word in words.first and (place in before_types or is_all)):
                return [Phrase(place, 1, SortPhrase("oldest"))]
        return []

    def _asks_for_nothing_else(self, folded: list[str], kinds: list[Phrase], place: int) -> bool:
        """Whether all words but one ask for nothing of their own, as in "what did you publish last?" or "what's new"."""
        typed = {number for phrase in kinds for number in range(phrase.start, phrase.start + phrase.count)}
        rest = (folded[number] for number in range(len(folded)) if number not in typed | {place})
        return all(self._is_small(word) or self._questions.says_nothing(word) for word in rest)

    def _is_order(self, word: str) -> bool:
        return word in self._ordering

    def _is_small(self, word: str) -> bool:
        small = not word or word in self._words.fillers or word in self._words.about
        return small or self._analyzer.stop_words.issuperset(self._analyzer.query_words(word))

    def _stems(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._analyzer.stem(word) for text in texts for word in self._analyzer.query_words(text))


def _has_letters(pieces: Iterable[str]) -> bool:
    """Whether there is a letter or digit: marks alone belong to no phrase."""
    return any(char.isalnum() for piece in pieces for char in piece)
