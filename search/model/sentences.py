"""Sentences for visitors: English text that keeps its message and values, so that pages can translate it.

They are strings, so code that needs only English uses them as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from search.model.dates import DateSpan, display_date


class Sentence(str):
    """An English text with its message and the values of its placeholders, which may be sentences."""

    message: str
    values: Mapping[str, object]


class DateInWords(str):
    """A date in words, with the date itself."""

    span: DateSpan


class Label(str):
    """A value of a field as the archive's own language shows it, with the name of the field."""

    field: str


def label_in_words(field: str, text: str) -> Label:
    """Return the label of a field's value, for a sentence."""
    made = Label(text)
    made.field = field
    return made


def sentence(message: str, **values: object) -> Sentence:
    """Return the sentence that a message makes with these values. Placeholders are `%(name)s`; numbers get separators."""
    shown = values
    if int in map(type, values.values()):
        shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    made = Sentence(message % shown if values else message)
    made.message, made.values = message, MappingProxyType(values)
    return made


def join_parts(message: str, parts: Iterable[str]) -> str:
    """Return the parts as one sentence, joined by a message such as "%(one)s and %(other)s"."""
    first, *rest = parts
    for part in rest:
        first = sentence(message, one=first, other=part)
    return first


def date_in_words(span: DateSpan, language: str) -> DateInWords:
    """Return the date in the words of a language, for a sentence."""
    made = DateInWords(display_date(span, language))
    made.span = span
    return made
