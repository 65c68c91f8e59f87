"""Dates in a form that the configuration names: strptime codes, with the month names of the archive's language."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from search.model.date_words import fold_date, month_numbers
from search.model.dates import DateSpan, parse_edtf

EDTF = "edtf"
ENGLISH_MONTHS = "January February March April May June July August September October November December".split()


def parse_format(text: str, language: str, formats: tuple[str, ...]) -> DateSpan | None:
    """Return the date in the first form that fits, with the precision of its codes; None if none fits."""
    for form in formats:
        if form != EDTF and (found := _parse(text, language, form)):
            return found
    return None


def format_mistake(form: str) -> str:
    """Return why `form` is no form of dates; "" if it is one."""
    if form == EDTF:
        return ""
    try:
        datetime.strptime(datetime(2001, 2, 3).strftime(form), form)
    except ValueError as error:
        return str(error)
    return "" if re.search("%[YyGcxs]", form) else "it has no year (%Y)"


def _parse(text: str, language: str, form: str) -> DateSpan | None:
    written = _with_english_months(text, language, "%b" in form and "%B" not in form)
    try:
        moment = datetime.strptime(written, form)
    except ValueError:
        return None
    year = f"{moment.year:04}"
    if re.search("%[dejxcD]", form):
        return parse_edtf(f"{year}-{moment.month:02}-{moment.day:02}")
    return parse_edtf(f"{year}-{moment.month:02}" if re.search("%[mbB]", form) else year)


def _with_english_months(text: str, language: str, is_short: bool) -> str:
    def english(match: re.Match[str]) -> str:
        number = _month_of(match[0], language)
        if not number:
            return match[0]
        name = ENGLISH_MONTHS[number - 1]
        return name[:3] if is_short else name

    return re.sub(r"[^\W\d_]+\.?", english, text)


@lru_cache(maxsize=4096)
def _month_of(word: str, language: str) -> int:
    return month_numbers(language).get(fold_date(word).rstrip("."), 0)
