"""Read years typed after the name of a field or by themselves: 2012, 2012..2015, 2012-2013, >=2012."""

from __future__ import annotations

import re

from search.query_language.tree import FieldValue, YearRange

_YEARS = re.compile(r"(-?\d{1,4})?\.\.(-?\d{1,4})?|(-?\d{1,4})|([<>]=?)(\d{4})|(\d{4})-(\d{4})?", re.ASCII)
_BARE_YEARS = re.compile(r"(\d{4})\.\.(\d{4})?|\.\.(\d{4})", re.ASCII)


def read_bare_years(text: str) -> YearRange | None:
    """Return the range of years in a word such as 2012..2015; None for any other word."""
    years = _BARE_YEARS.fullmatch(text)
    return _year_range(years[1], years[2] or years[3]) if years else None


def read_years(value: str) -> YearRange | FieldValue | None:
    """Return the years of a field's value, "not stated" included; None if it has none."""
    years = _YEARS.fullmatch(re.sub(" (?:-|to) ", "-", value))
    if years is None:
        return FieldValue("year", "none") if value.lower() == "none" else None
    first, last, single, sign, bound, since, until = years.groups()
    if single:
        return YearRange(int(single), int(single))
    if sign:
        year = int(bound) + {">": 1, "<": -1}.get(sign, 0)
        return YearRange(year, None) if sign[0] == ">" else YearRange(None, year)
    first, last = first or since, last or until
    return _year_range(first, last) if first or last else None


def _year_range(first: str | None, last: str | None) -> YearRange:
    return YearRange(int(first) if first else None, int(last) if last else None)
