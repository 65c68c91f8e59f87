"""Days as whole numbers: those of `date.toordinal` (1 is 1 January of the year 1), carried on before it without end.

Years are astronomical: 0 is 1 BC, -43 is 44 BC. The calendar is the Gregorian one throughout, as in EDTF (ISO 8601-2).
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date

EARLIEST, LATEST = -(2**30), 2**30
"""The days used as "no limit" if a number is needed; they fit 32 bits."""
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
"""Years after which the Gregorian calendar repeats, and the days in them."""


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the number of a day. Raises ValueError where the month has no such day."""
    cycles, place = divmod(year - 1, _CYCLE_YEARS)
    return date(place + 1, month, day).toordinal() + cycles * _CYCLE_DAYS


def days_of_month(year: int, month: int) -> int:
    """Return the number of days of a month. Raises ValueError if there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return 28 + isleap(year) if month == 2 else monthrange(2001, month)[1]


def calendar_day(number: int) -> tuple[int, int, int]:
    """Return year, month and day of the day with this number; the inverse of `day_number`."""
    cycles, place = divmod(number - 1, _CYCLE_DAYS)
    day = date.fromordinal(place + 1)
    return day.year + cycles * _CYCLE_YEARS, day.month, day.day


def year_of(number: int) -> int:
    """Return the year in which the day with this number lies."""
    return calendar_day(number)[0]


def plain_year(text: str) -> str:
    """Return a year as facets write it, without leading zeros ("985", "-43"); other text as it is."""
    return str(int(text)) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else text


def decade_label(year: int) -> str:
    """Return the decade of a year: "1920s", "40s BC"."""
    return f"{year // 10 * 10}s" if year > 0 else f"{(1 - year) // 10 * 10}s BC"


def century_label(year: int) -> str:
    """Return the century of a year as people count: 1900 to 1999 are the "20th century", 199 to 100 BC the "2nd century BC"."""
    number = (year if year > 0 else 1 - year) // 100 + 1
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} century" + (" BC" if year <= 0 else "")


def year_label(year: int) -> str:
    """Return the year in words: "2019", "985", "44 BC"."""
    return str(year) if year > 0 else f"{1 - year} BC"


def is_year(value: str) -> bool:
    """Return whether a value of the facet of years is a year, and so a whole number; "none" is not."""
    return value.removeprefix("-").isdecimal()
