"""The date of a record from what its keys say. A date never costs a record: what cannot be read is shown as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from indexer.records.text_values import Context, line_of
from search.model.date_forms import parse_date_range
from search.model.dates import DateSpan


@dataclass(frozen=True, slots=True)
class RecordDate:
    """A date, or None and the words in which the source says what is no date; the warning about it, "" without one."""

    span: DateSpan | None
    words: str
    warning: str


def date_text(value: Any, context: Context) -> str:
    """Return what a value says of a date, as one line of text."""
    if isinstance(value, list):
        stated = [item for item in value if item not in (None, "")]
        if len(stated) > 1:
            context.warn(f"has {len(stated)} dates, of which the first is used; write one, or a range")
        value = stated[0] if stated else ""
    return line_of(value, context)


def date_of(first: str, last: str, words: str, language: str, formats: tuple[str, ...]) -> RecordDate:
    """Return the date from `first` to `last` (either may be empty). `words`, where there are some, are shown for it."""
    reading = parse_date_range(first, last, language, formats)
    if reading.span is None:
        stated = words or " – ".join(dict.fromkeys(filter(None, (first, last))))
        return RecordDate(None, stated, reading.warning)
    return RecordDate(replace(reading.span, words=words) if words else reading.span, "", reading.warning)
