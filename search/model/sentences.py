"""Sentences for visitors: English text that keeps its message and values, so that pages can translate it.

They are strings, so code that needs only English uses them as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import convert, to_builtins

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


_SENTENCE, _DATE, _LABEL = 1, 2, 3


def to_data(text: Any) -> Any:
    """Return a text, or a value of a placeholder, as what JSON can hold; `from_data` is the inverse."""
    if isinstance(text, Sentence):
        return [_SENTENCE, text.message, {name: to_data(value) for name, value in text.values.items()}]
    if isinstance(text, DateInWords):
        return [_DATE, str(text), to_builtins(text.span)]
    return [_LABEL, str(text), text.field] if isinstance(text, Label) else text


def from_data(data: Any) -> Any:
    """Return the text of what `to_data` returned."""
    if not isinstance(data, list):
        return data
    kind, text, rest = data
    if kind == _SENTENCE:
        return sentence(text, **{name: from_data(value) for name, value in rest.items()})
    if kind == _LABEL:
        return label_in_words(rest, text)
    made = DateInWords(text)
    made.span = convert(rest, DateSpan)
    return made
