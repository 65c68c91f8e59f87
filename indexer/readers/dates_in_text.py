"""The first date written in running text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_DAY = r"(?P<{0}day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<{0}year>1[0-9]\d\d|20\d\d)"
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose months are known besides those asked for."""


def find_date(text: str, languages: tuple[str, ...] = ()) -> str:
    """The first date written in a text, as ISO 8601 (`2004-12-15`, `2004-12`); "" where there is none.

    A date is one of the year, month and day forms (`2004-12-15`, `15 December 2004`, `December 15th, 2004`, `15. Dezember 2004`,
    `December 2004`). Numbers whose order is open (5/6/2013) are no date.
    """
    months = _month_numbers((*_LANGUAGES, *languages))
    for match in _pattern((*_LANGUAGES, *languages)).finditer(text):
        part = {key[1:]: value for key, value in match.groupdict().items() if value}
        year, month = int(part["year"]), part["month"]
        number = int(month) if month.isdigit() else months[month.casefold().rstrip(".")]
        found = _iso(year, number, int(part.get("day", 0)))
        if found:
            return found
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day or 1).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return ""


@lru_cache(16)
def _month_numbers(languages: tuple[str, ...]) -> dict[str, int]:
    """The names of months, short and long, in these languages, in lower case without a full stop."""
    names: dict[str, int] = {"sept": 9}
    for language in languages:
        try:
            months = Locale.parse(language.replace("-", "_")).months
        except (UnknownLocaleError, ValueError):
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names.update({name.casefold().rstrip("."): number for number, name in months[form][width].items()})
    return names


@lru_cache(16)
def _pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_month_numbers(languages), key=len, reverse=True) if not name.isdigit())
    forms = (
        rf"(?<![\d-]){_YEAR.format('a')}-(?P<amonth>0[1-9]|1[0-2])(?:-{_DAY.format('a')})?(?![\d-])",
        rf"(?<!\d){_DAY.format('b')}(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:of|de))?\s+(?P<bmonth>{names})\.?,?(?:\s+de)?\s+{_YEAR.format('b')}(?!\d)",
        rf"\b(?P<cmonth>{names})\.?\s+{_DAY.format('c')}(?:st|nd|rd|th)?,?\s+{_YEAR.format('c')}(?!\d)",
        rf"\b(?P<dmonth>{names})\.?,?(?:\s+(?:of|de))?\s+{_YEAR.format('d')}(?!\d)",
    )
    return re.compile("|".join(forms), re.I)
