"""Read the date of a record. A date that cannot be read is shown as written; it never keeps a record out."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from indexer.records.text_values import Context, line_of
from search.model.date_forms import DateReading, parse_date_range


def line_of_date(value: Any, context: Context) -> str:
    """Return the value of a date as one line of text."""
    if isinstance(value, list):
        stated = [item for item in value if item not in (None, "")]
        if len(stated) > 1:
            context.warn(f"has {len(stated)} dates, and only the first is used; write one, or a range")
        value = stated[0] if stated else ""
    return line_of(value, context)


def read_date(first: str, last: str, words: str, language: str, formats: tuple[str, ...]) -> tuple[DateReading, str]:
    """Return the date from `first` to `last` (either may be empty), and the words of the source if it cannot be read.

    `words`, if given, are shown instead of the date.
    """
    reading = parse_date_range(first, last, language, formats)
    if reading.span is None:
        return reading, words or " – ".join(dict.fromkeys(filter(None, (first, last))))
    return replace(reading, span=replace(reading.span, words=words)) if words else reading, ""
