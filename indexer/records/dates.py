"""Dates of a record: the date read, or its words where it cannot be read. A date never costs a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from indexer.records.text_values import Context, Converter, line_of
from search.model.dates import DateSpan, parse_edtf

_TIME = re.compile(r"(?<=\d\d)[T ]([01]?\d|2[0-3]):[0-5]\d(:\d\d([.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d{1,2}(:?\d{2})?)?$")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as a span, or None and the words in which the source says what cannot be read; "" for no date at all."""

    span: DateSpan | None = None
    words: str = ""


def date_converter(consequence: str) -> Converter:
    """Return a converter to `ReadDate` that warns of what cannot be read, and says what becomes of it."""

    def convert(value: Any, context: Context) -> ReadDate:
        if isinstance(value, list):
            stated = [item for item in value if item not in (None, "")]
            if len(stated) > 1:
                context.warn(f"has {len(stated)} dates, of which the first is used; write one, or a range")
            value = stated[0] if stated else ""
        text = line_of(value, context)
        if not text:
            return ReadDate()
        try:
            return ReadDate(parse_edtf(_TIME.sub("", text)), text)
        except ValueError as error:
            context.warn(f"found {error}; {consequence}")
            return ReadDate(None, text)

    return convert


def join_dates(first: ReadDate, last: ReadDate, context: Context) -> ReadDate:
    """Return the range from one date to another, as two keys of a record state them; the first alone where that fails."""
    if last.span is None or first.span == last.span:
        return first
    if first.span is None:
        return last if not first.words else first
    begin, end = first.span.edtf.partition("/")[0], last.span.edtf.rpartition("/")[2]
    starts, ends = first.span.first_day, last.span.last_day
    if starts is not None and ends is not None and ends < starts:
        context.warn(f'found "{last.words}", which is before "{first.words}"; the date is that of its beginning')
        return first
    words = "" if not (first.span.words or last.span.words) else f"{first.words} – {last.words}"
    return ReadDate(DateSpan(starts, ends, f"{begin}/{end}", words), f"{first.words} – {last.words}")
