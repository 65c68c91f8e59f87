"""Dates of documents: a year, a month, a day, a decade, or a range of those.

A `DateSpan` is the span of days a statement covers. `2019` covers the whole year and is displayed as "2019": display
never invents a day. The standard written form is EDTF level 0 and 1 (ISO 8601-2): `2019`, `2019-02`, `2019-02-14`,
`2019/2021`, `192X`, `1925~`, `2019-21` (spring 2019), `1950/..`, `-0043` (44 BC). `search.model.date_forms` reads all other
forms.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from babel import Locale
from msgspec import Struct

from search.model.date_language import DateLanguage, date_language, translate_period
from search.model.date_words import find_locale
from search.model.days import EARLIEST, LATEST, calendar_day, day_number, days_of_month, year_label, year_of

_PART = re.compile(
    r"(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX|\dXXX)|Y-?\d{5,6})(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<sure>[?~%]?)"
)
_DAY = re.compile(r"([1-9]\d{3})-(\d\d)-(\d\d)", re.ASCII)
_ISO = re.compile(r"(?:(?:\.\.)?/)?(\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?)(?![\dX])")
_YEAR = r"-?(?!0000)\d{4}"
BOUND_PATTERN = re.compile(
    rf"(?:-?[1-9]\d{{0,2}}|(?:[1-9]\d{{1,3}}|[2-9]) ?[Bb][Cc][Ee]?|(?:{_YEAR}(?:-(?:2[1-4]|XX(?:-XX)?|(?:0[1-9]|1[0-2])(?:-XX)?"
    r"|(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31))?"
    r"|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
    r"|-?(?:\d{3}X|\d\dXX|\dXXX))[?~%]?)?",
    re.ASCII,
)
"""A bound of a search as programs write it, or nothing: a date of EDTF that is no range, or a year of fewer digits."""
_OPEN = ("", "..")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
"""Months of the seasons, of the northern half; a winter counts only in the year it is named after."""
_SAMPLE_YEAR = 9996
"""A leap year that looks like no day or month: where it stands in a date in words, any other year can be put."""


class DateSpan(Struct, frozen=True, omit_defaults=True):
    """First and last day covered (inclusive; None where that end is open), the date as EDTF, and the words of the source.

    At least one end is known. Days are numbers as in `search.model.days`. `words` is "" where the source wrote EDTF itself.
    """

    first_day: int | None
    last_day: int | None
    edtf: str
    words: str = ""

    @property
    def year(self) -> int:
        """The first year known."""
        return year_of(self.sort_day)

    @property
    def iso(self) -> str:
        """The first date known as ISO 8601 at its precision (`2019`, `2019-02`, `2019-02-14`); "" where that cannot say it."""
        match = _ISO.match(self.edtf)
        return match[1] if match else ""

    @property
    def iso_day(self) -> str:
        """The first day known as ISO 8601, as feeds need it; "" outside the years 1 to 9999."""
        year, month, day = calendar_day(self.sort_day)
        return f"{year:04}-{month:02}-{day:02}" if 1 <= year <= 9999 else ""

    @property
    def years(self) -> range:
        """The years of the span; if an end is open, only the year known."""
        last = self.sort_day if self.last_day is None else self.last_day
        return range(self.year, year_of(last) + 1)

    @property
    def sort_day(self) -> int:
        """The day by which dates are sorted: the first, or the last if the first is unknown."""
        known = self.first_day if self.first_day is not None else self.last_day
        assert known is not None, "a date without any day"
        return known

    @property
    def bounds(self) -> tuple[int, int]:
        """First and last day, with `EARLIEST` and `LATEST` for open ends."""
        first = EARLIEST if self.first_day is None else self.first_day
        return first, LATEST if self.last_day is None else self.last_day

    def is_within(self, first: int | None, last: int | None) -> bool:
        """Whether any day of the span lies between two days, both included; None is no limit."""
        begins, ends = self.bounds
        return (last is None or begins <= last) and (first is None or ends >= first)


def parse_edtf(text: str) -> DateSpan:
    """Read a date of EDTF level 0 or 1, or a range `A/B` of those.

    Raises ValueError with what was found and what is expected.
    """
    parts = [part.strip() for part in text.strip().split("/")]
    is_range = len(parts) == 2
    spans = [None if is_range and part in _OPEN else _bounds(part) for part in parts]
    if len(parts) > 2 or _NO_DATE in spans or spans == [None, None]:
        raise ValueError(f'"{text}" is not a date; write 2019, 2019-02, 2019-02-14 or a range 2019/2021')
    first, last = spans[0], spans[-1]
    if first and last and last[1] < first[0]:
        raise ValueError(f'"{text}" ends before it begins; write the earlier date first')
    return DateSpan(first and first[0], last and last[1], "/".join(parts))


def find_edtf(text: str) -> DateSpan | None:
    """Return the date of a text in EDTF level 0 or 1; None if it is not in that form."""
    with suppress(ValueError):
        return parse_edtf(text)
    return None


def parse_bound(text: str) -> DateSpan:
    """Read a bound of a search: EDTF, or a year of fewer digits, as in 985, -43 or 44 BC. Raises ValueError as `parse_edtf`."""
    written = text.strip()
    before_christ = re.fullmatch(r"(\d{1,4}) ?bce?", written, re.ASCII | re.I)
    if before_christ and int(before_christ[1]) > 1:
        written = edtf_year(1 - int(before_christ[1]))
    if re.fullmatch(r"-?\d{1,3}", written, re.ASCII) and int(written):
        written = edtf_year(int(written))
    return parse_edtf(written)


def edtf_year(year: int) -> str:
    """Return a year as EDTF writes it: "2019", "0985", "-0043"."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{'-' if year < 0 else ''}{abs(year):04}"


_NO_DATE = (1, 0)
"""Result of `_bounds` for text that is no date: a span that ends before it starts."""


@lru_cache(maxsize=16384)
def _bounds(text: str) -> tuple[int, int]:
    match = _PART.fullmatch(text)
    if match is None or not text.isascii() or re.match(r"-?0000", text):
        return _NO_DATE
    year, month, day = match["year"].removeprefix("Y"), match["month"] or "", match["day"] or ""
    if "X" in year:
        if month:
            return _NO_DATE
        ends = sorted(int(year.replace("X", digit)) for digit in "09")
        return day_number(ends[0]), day_number(ends[1], 12, 31)
    try:
        return _days(int(year), month, day)
    except ValueError:
        return _NO_DATE


def _days(year: int, month: str, day: str) -> tuple[int, int]:
    if month in ("", "XX"):
        return (day_number(year), day_number(year, 12, 31)) if day in ("", "XX") else _NO_DATE
    number = int(month)
    if number in _SEASONS and not day:
        first, last = _SEASONS[number]
        return day_number(year, first), day_number(year, last, days_of_month(year, last))
    if day in ("", "XX"):
        return day_number(year, number), day_number(year, number, days_of_month(year, number))
    return (day_number(year, number, int(day)),) * 2


def is_language(code: str) -> bool:
    """Whether the months and numbers of the language with this code are known."""
    return find_locale(code) is not None


@lru_cache(maxsize=64)
def locale_for(language: str) -> Locale:
    """Return the locale whose months and order of day, month and year are shown; English is British, as in "22 December"."""
    return (None if language == "en" else find_locale(language)) or Locale("en", "GB")


@lru_cache(maxsize=16384)
def display_date(span: DateSpan | None, language: str = "en") -> str:
    """Return the date for people: the words of the source, else "22 December 2011", "2019 – 2021", "1920s"; "" for no date."""
    if span is None:
        return ""
    if span.words:
        return span.words
    if day := _DAY.fullmatch(span.edtf):  # as most dates are
        return _in_sample_year(int(day[2]), int(day[3]), language).replace(str(_SAMPLE_YEAR), day[1])
    first, slash, last = span.edtf.partition("/")
    if not slash or first == last:
        return _in_words(first, language)
    if first in _OPEN:
        return _date_language(language).until.format(_in_words(last, language))
    return f"{_in_words(first, language)} – {_in_words(last, language) if last not in _OPEN else ''}".rstrip()


def _date_language(language: str) -> DateLanguage:
    return date_language(locale_for(language).language)


def _in_words(part: str, language: str) -> str:
    match = _PART.fullmatch(part)
    if match is None:
        return part
    year, month, day = match["year"].removeprefix("Y"), match["month"] or "XX", match["day"] or "XX"
    words = _parts_in_words(year, month, day, language)
    about = _date_language(language).about.format(words) if match["sure"] in ("~", "%") else words
    return f"{about}?" if match["sure"] in ("?", "%") else about


def _parts_in_words(year: str, month: str, day: str, language: str) -> str:
    words = _date_language(language)
    if "X" in year:
        return words.decade.format(year.replace("X", "0"))
    year_words = translate_period(year_label(int(year)), locale_for(language).language)
    if month == "XX":
        return year_words
    if int(month) in _SEASONS:
        return words.season.format(words.seasons[int(month) - 21], year_words)
    return _in_sample_year(int(month), 0 if day == "XX" else int(day), language).replace(str(_SAMPLE_YEAR), year_words)


@lru_cache(maxsize=4096)
def _in_sample_year(month: int, day: int, language: str) -> str:
    """Return a day, or with 0 a month, of the sample year in words. Cached: Babel takes longer than all else on a page."""
    from babel.dates import format_date, format_skeleton  # loads time zones, which most commands do not need

    locale = locale_for(language)
    if day == 0:
        return format_skeleton("yMMMM", date(_SAMPLE_YEAR, month, 1), locale=locale)
    return format_date(date(_SAMPLE_YEAR, month, day), "long", locale=locale)


@lru_cache(maxsize=4096)
def date_search_texts(span: DateSpan | None, language: str = "en") -> tuple[str, ...]:
    """Return the forms in which visitors type this date: in words, and for a day also 12/22/2011 and 2011-12-22."""
    if span is None:
        return ()
    words = display_date(span, language).replace(" – ", " / ")
    if day := _DAY.fullmatch(span.edtf):
        return words, span.edtf, f"{day[2]}/{day[3]}/{day[1]}"
    forms = [words]
    for part in dict.fromkeys(span.edtf.split("/")):
        if len(part) > 4:
            forms.append(part)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", part):
            forms.append(f"{part[5:7]}/{part[8:10]}/{part[:4]}")
    return tuple(forms)
