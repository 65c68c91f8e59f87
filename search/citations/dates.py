"""Dates of references, read from EDTF: points with their precision, ranges with open ends, and how sure they are."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from search.model.date_formats import ENGLISH_MONTHS
from search.model.days import century_label, decade_label, year_label

Certainty = Literal["", "circa", "uncertain"]
_POINT = re.compile(r"(-?\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([~?%]?)")
_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}


class Point(Struct, frozen=True):
    """A year, and month and day if known (0 if not); `year` is astronomical (0 is 1 BC), `month` may be a season (21 to 24).

    `span` is 10 or 100 where only the decade or century is known, which then begins with `year`.
    """

    year: int
    month: int = 0
    day: int = 0
    span: int = 1

    @property
    def is_season(self) -> bool:
        """Whether the point is a season of a year, which EDTF writes as a month above 20."""
        return self.month in _SEASONS

    @property
    def month_name(self) -> str:
        """ "June", "Spring" or nothing."""
        return _SEASONS.get(self.month, "") or (ENGLISH_MONTHS[self.month - 1] if self.month else "")

    @property
    def month_and_day(self) -> str:
        """ "June 5", "June" or nothing."""
        return f"{self.month_name} {self.day}" if self.day else self.month_name

    @property
    def year_words(self) -> str:
        """ "2019", "1920s", "18th century", "44 BC"."""
        label = {10: decade_label, 100: century_label}.get(self.span, year_label)
        return label(self.year or self.span - 1)  # years from 0 on are named by the last of them


class CitedDate(Struct, frozen=True):
    """A date or a range. `last` is None for a single date; an open end of a range is None with `is_range`.

    `words` is what the source says, for a date that no calendar holds.
    """

    first: Point | None = None
    last: Point | None = None
    is_range: bool = False
    certainty: Certainty = ""
    words: str = ""
    edtf: str = ""

    @property
    def point(self) -> Point | None:
        """The first point known."""
        return self.first or self.last


def read_edtf(edtf: str, words: str = "") -> CitedDate | None:
    """Return the date of an EDTF string (levels 0 and 1); with `words` alone, only those. None where both are empty."""
    parts = edtf.split("/")
    points = [_point(part) for part in parts]
    known = [point for point in points if point]
    if not edtf or len(parts) > 2 or not known:
        return CitedDate(words=words or edtf) if words or edtf else None
    certainty: Certainty = "circa" if "%" in edtf else "uncertain" if "?" in edtf else "circa" if "~" in edtf else ""
    return CitedDate(points[0], points[1] if len(points) > 1 else None, len(points) > 1, certainty, words, edtf)


def _point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day, _ = match.groups()
    span = 10 ** year.count("X")
    number = int(year.replace("X", "0"))
    months = int(month) if month and month != "XX" else 0
    if not (months <= 12 or months in _SEASONS):
        return None
    return Point(number, months, int(day) if day and day != "XX" and 0 < months <= 12 else 0, span)
