"""Parts of a year and decades as people name them: "first quarter of 2013", "early 2013", "mid-2013", "the early nineties"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search.model.date_words import WINTER
from search.model.days import day_number, days_of_month
from search.text.language_codes import base_code

_ORDINALS = "(first|second|third|fourth|last|1st|2nd|3rd|4th)"
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTER = re.compile(rf"(?:q([1-4])|{_ORDINALS} quarter)(?: of| in)?(?: the year)? (\d{{4}})", re.ASCII)
_HALF = re.compile(r"(?:h([12])|(first|second|1st|2nd|last) half)(?: of| in)? (\d{4})", re.ASCII)
_WINTER = re.compile(rf"{WINTER},? (?:de |of )?(\d{{4}})[/–-](?:\d\d)?(\d\d)", re.ASCII)
_SPAN = re.compile(r"(early|mid|late|beginning of|start of|middle of|end of)(?: |-)(?:in )?(\d{4})", re.ASCII)
_MONTHS = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}
_MONTHS |= {
    "beginning of": _MONTHS["early"],
    "start of": _MONTHS["early"],
    "middle of": _MONTHS["mid"],
    "end of": _MONTHS["late"],
}
"""First and last month of each. Usage varies, so they overlap."""
_DECADE = re.compile(r"(?:(early|mid|late)(?: |-)(?:in )?(?:the )?)?(?:(\d\d\d0)['’]?s|['’]?(\d0)['’]?s|([a-z]+))", re.ASCII)
_DECADE_ELSEWHERE = {
    "de": re.compile(r"(\d0)er(?: jahren?)?", re.ASCII),
    "fr": re.compile(r"années (\d0)", re.ASCII),
    "es": re.compile(r"años (\d0)", re.ASCII),
}
_DECADE_NAMES = {
    "noughties": "00", "tens": "10", "twenties": "20", "thirties": "30", "forties": "40", "fifties": "50", "sixties": "60",
    "seventies": "70", "eighties": "80", "nineties": "90",
}  # fmt: skip
NAMES_WITHOUT_DIGITS = frozenset((*_DECADE_NAMES, "siglo", "siglos"))
"""Words of dates without a digit: the names of decades, and the Spanish word before the Roman number of a century."""
_CENTURY = re.compile(
    r"(?:the )?(?:(early|mid|late)(?: |-)|(first|second|1st|2nd) half of (?:the )?)([1-9]\d?)(?:st|nd|rd|th) century"
)
_OF_CENTURY = {"early": (0, 33), "mid": (33, 66), "late": (66, 99), "first": (0, 49), "1st": (0, 49)}
"""First and last year of each part of a century; the second half is all that is not listed."""
_YEARS = {"": (0, 9), "early": (0, 3), "mid": (3, 6), "late": (6, 9)}
"""First and last year of a decade and of each part of it."""
_OPEN_DECADES = ("10", "20")
"""Decades that may be of either century."""
_MOST_PIECES = 6

Days = tuple[int, int]


def read_part_of_year(folded: Sequence[str], start: int, language: str) -> tuple[tuple[Days, ...], int] | None:
    """Return the days of the part of a year or the decade that begins at a piece, and its number of pieces.

    Each is a first and a last day; there are two if a decade can be of two centuries. None if no such part begins there.
    """
    code = base_code(language)
    for size in range(min(_MOST_PIECES, len(folded) - start), 0, -1):
        text = " ".join(folded[start : start + size])
        if (winter := _WINTER.fullmatch(text)) and (int(winter[1]) + 1) % 100 == int(winter[2]):
            year = int(winter[1]) + 1
            return ((day_number(year - 1, 12, 1), day_number(year, 2, days_of_month(year, 2))),), size
        if code == "en" and (months := _months(text)) is not None:
            year, first, last = months
            return ((day_number(year, first, 1), day_number(year, last, days_of_month(year, last))),), size
        if days := tuple((day_number(first), day_number(last, 12, 31)) for first, last in _decades(text, code)):
            return days, size
    return None


def _months(text: str) -> tuple[int, int, int] | None:
    if found := _QUARTER.fullmatch(text):
        number = int(found[1]) if found[1] else _NUMBERS[found[2]]
        return int(found[3]), 3 * number - 2, 3 * number
    if found := _HALF.fullmatch(text):
        is_first = found[1] == "1" or found[2] in ("first", "1st")
        return (int(found[3]), 1, 6) if is_first else (int(found[3]), 7, 12)
    if found := _SPAN.fullmatch(text):
        return (int(found[2]), *_MONTHS[found[1]])
    return None


def _decades(text: str, code: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last year of each decade, or part of a century, that a text names."""
    if code != "en":
        short = _DECADE_ELSEWHERE[code].fullmatch(text) if code in _DECADE_ELSEWHERE else None
        yield from ((year, year + 9) for year in (_begins(short[1]) if short else ()))
        return
    if century := _CENTURY.fullmatch(text):
        years = _OF_CENTURY.get(century[1] or century[2], (50, 99))
        yield 100 * int(century[3]) - 100 + years[0], 100 * int(century[3]) - 100 + years[1]
    found = _DECADE.fullmatch(text)
    if found is None:
        return
    part, whole, digits, name = found.groups()
    first, last = _YEARS[part or ""]
    for year in (int(whole),) if whole else _begins(digits or _DECADE_NAMES.get(name, "")):
        yield year + first, year + last


def _begins(digits: str) -> tuple[int, ...]:
    """Return the first years of the decades with these two digits."""
    if not digits:
        return ()
    later, earlier = 2000 + int(digits), 1900 + int(digits)
    return (later, earlier) if digits in _OPEN_DECADES else (later,) if digits == "00" else (earlier,)
