"""The first date written in running text, and the day in the name of a file; the archive's parser of dates reads both."""

from __future__ import annotations

import re
from functools import lru_cache

from search.model.date_forms import parse_date
from search.model.date_words import fold_date, month_pattern

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1\d{3}|20\d\d)"
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose names of months are always known."""
_DAY_IN_NAME = re.compile(
    rf"(?<!\d)([1-9]\d{{3}})[-_.](0?[1-9]|1[0-2])[-_.]({_DAY})(?!\d)"
    r"|(?<!\d)([1-9]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
)


def find_date(text: str, languages: tuple[str, ...] = ()) -> str:
    """Return the first date written in a text, as EDTF (`2004-12-15`, `2004-12`); "" if there is none.

    A date is one of the year, month and day forms (`2004-12-15`, `15 December 2004`, `December 15th, 2004`, `15. Dezember 2004`,
    `December 2004`). Numbers whose order is open (5/6/2013) are no date.
    """
    known = tuple(dict.fromkeys((*_LANGUAGES, *languages)))
    for match in _pattern(known).finditer(fold_date(text)):
        for language in known:
            if span := parse_date(match[0], language).span:
                return span.edtf
    return ""


@lru_cache(16)
def _pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    month = "(?:" + "|".join(map(month_pattern, languages)) + ")"
    forms = (
        rf"(?<![\d-]){_YEAR}-(?:0[1-9]|1[0-2])(?:-{_DAY})?(?![\d-])",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.|o)?(?:\s+(?:of|de))?\s+{month},?(?:\s+de)?\s+{_YEAR}(?!\d)",
        rf"\b{month}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
        rf"\b{month},?(?:\s+(?:of|de))?\s+{_YEAR}(?!\d)",
    )
    return re.compile("|".join(forms))


def day_in_name(name: str) -> str:
    """Return the day written in a file's name as ISO 8601, as in `2014-03-12-title` or `mozilla-2005-11-3`; "" without one."""
    for match in _DAY_IN_NAME.finditer(name):
        span = parse_date("-".join(filter(None, match.groups()))).span
        if span is not None:
            return span.edtf
    return ""
