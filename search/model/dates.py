"""Dates as archives know them: a year, a month, a day, a range of those, or nothing at all.

A `DateSpan` is the span of days a statement covers. `2019` covers the whole year and is displayed as "2019": display
never invents a day. The written forms are those of EDTF level 0 (ISO 8601-2): `2019`, `2019-02`, `2019-02-14`,
`2019/2021`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from msgspec import Struct

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateSpan(Struct, frozen=True):
    """First and last day covered (inclusive) and the statement as written, at the precision it is known with."""

    start: date
    end: date
    text: str

    @property
    def years(self) -> range:
        return range(self.start.year, self.end.year + 1)


def parse_date(text: str) -> DateSpan:
    """Read `2019`, `2019-02`, `2019-02-14` or a range `A/B` of those.

    Raises ValueError saying what was found and what is expected.
    """
    parts = text.strip().split("/")
    spans = [_span(part.strip()) for part in parts]
    if len(spans) > 2 or None in spans:
        raise ValueError(f'"{text}" is not a date; write 2019, 2019-02, 2019-02-14 or a range 2019/2021')
    first, last = spans[0] or _EMPTY, spans[-1] or _EMPTY
    if last[1] < first[0]:
        raise ValueError(f'"{text}" ends before it begins; write the earlier date first')
    return DateSpan(first[0], last[1], "/".join(part.strip() for part in parts))


_EMPTY = (date.min, date.min)


def _span(text: str) -> tuple[date, date] | None:
    match = _PART.fullmatch(text)
    if match is None or not text.isascii():
        return None
    year, month, day = (int(group) if group else 0 for group in match.groups())
    try:
        start = date(year, month or 1, day or 1)
        last_month = month or 12
        return start, date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError:
        return None


def is_language(code: str) -> bool:
    """Whether this is the code of a language whose months and numbers are known."""
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def locale_for(language: str) -> Locale:
    """The locale whose months and order of day, month and year are shown; English is British, as in "22 December"."""
    try:
        return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=16384)
def display_date(span: DateSpan | None, language: str = "en") -> str:
    """The date in words, for people: "22 December 2011", "February 2019", "2019 to 2021"; empty for no date."""
    if span is None:
        return ""
    first, _, last = span.text.partition("/")
    locale = locale_for(language)
    shown = _in_words(first, locale)
    return f"{shown} – {_in_words(last, locale)}" if last and last != first else shown


def _in_words(part: str, locale: Locale) -> str:
    bounds = _span(part)
    if bounds is None:
        return part
    start = bounds[0]
    if len(part) == 4:
        return part
    if len(part) == 7:
        return format_skeleton("yMMMM", start, locale=locale)
    return format_date(start, "long", locale=locale)


def written_forms(span: DateSpan | None, language: str = "en") -> tuple[str, ...]:
    """The ways people write this date when they look for it: in words, and for a day also 12/22/2011 and 2011-12-22."""
    if span is None:
        return ()
    forms = [display_date(span, language).replace(" – ", " / ")]
    for part in dict.fromkeys(span.text.split("/")):
        if len(part) > 4:
            forms.append(part)
        if len(part) == 10:
            forms.append(f"{part[5:7]}/{part[8:10]}/{part[:4]}")
    return tuple(forms)
