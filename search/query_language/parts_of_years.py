"""Parts of a year as people name them: "first quarter of 2013", "Q3 2012", "second half of 2014", "early 2013", "mid-2013"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.model.days import day_number, days_of_month

_ORDINALS = "(first|second|third|fourth|last|1st|2nd|3rd|4th)"
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTER = re.compile(rf"(?:q([1-4])|{_ORDINALS} quarter)(?: of| in)?(?: the year)? (\d{{4}})", re.ASCII)
_HALF = re.compile(r"(first|second|1st|2nd|last) half(?: of| in)? (\d{4})", re.ASCII)
_SPAN = re.compile(r"(early|mid|late)(?: |-)(?:in )?(\d{4})", re.ASCII)
_MONTHS = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}
"""First and last month of each: people disagree on them, so they overlap."""
_MOST_PIECES = 6


def read_part_of_year(folded: Sequence[str], start: int) -> tuple[tuple[int, int], int] | None:
    """Return the first and last day of the part of a year that begins at a piece, and how many pieces name it; None for none."""
    for size in range(min(_MOST_PIECES, len(folded) - start), 0, -1):
        months = _months(" ".join(folded[start : start + size]))
        if months is not None:
            year, first, last = months
            return (day_number(year, first, 1), day_number(year, last, days_of_month(year, last))), size
    return None


def _months(text: str) -> tuple[int, int, int] | None:
    if found := _QUARTER.fullmatch(text):
        number = int(found[1]) if found[1] else _NUMBERS[found[2]]
        return int(found[3]), 3 * number - 2, 3 * number
    if found := _HALF.fullmatch(text):
        return (int(found[2]), 1, 6) if found[1] in ("first", "1st") else (int(found[2]), 7, 12)
    if found := _SPAN.fullmatch(text):
        return (int(found[2]), *_MONTHS[found[1]])
    return None
