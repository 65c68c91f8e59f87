"""Sentences of the search and labels of values, in the language of the page."""

from __future__ import annotations

import re

from search.model.date_language import translate_period
from search.model.dates import display_date
from search.model.query import NOT_STATED
from search.model.sentences import DateInWords, Label, Sentence
from webui.languages import gettext, locale_code, number_label, translate_label

ROLES = {
    "author": "Author", "principal author": "Principal author", "editor": "Editor", "chief editor": "Chief editor",
    "contributor": "Contributor", "translator": "Translator", "speaker": "Speaker", "host": "Host", "interviewee": "Interviewee",
}  # fmt: skip
NOTES = ("scanned: not searchable", "scanned: not searchable (page %(pages)s)", "protected")
"""Notes that readers of files make about a text; `pages` are numbers."""
VALUES = (
    *("Full text", "Summary", "Title only", "As published", "Filled in from other sources", "Not preserved", "Not stated"),
    *("Undated", "Can be read here"),
)
"""Labels of values, and of fields, that every archive has."""
_PERIODS = ("year", "decade", "century")
_TRANSLATED = ("access", "title_status")
_PAGES = re.compile(r"\(page ([^()]+)\)$")


def role_label(role: str) -> str:
    """Return the label of a person's role."""
    return gettext(ROLES[role]) if role in ROLES else role[:1].upper() + role[1:]


def value_label(field: str, value: str, label: str) -> str:
    """Return the label of a field's value in the language of the page."""
    if value == NOT_STATED or field in _TRANSLATED:
        return gettext(label)
    return translate_period(label, locale_code()) if field in _PERIODS else translate_label(label)


def field_label(label: str) -> str:
    """Return the label of a field, the archive's own or another, in the language of the page."""
    return translate_label(gettext(label))


def note_label(note: str) -> str:
    """Return a note on a text or file in the language of the page; one that an archivist wrote stays as it is."""
    if note in NOTES:
        return gettext(note)
    match = _PAGES.search(note)
    message = _PAGES.sub("(page %(pages)s)", note) if match else ""
    return gettext(message, pages=match[1]) if match and message in NOTES else note


def translate_text(text: str) -> str:
    """Return a sentence, label or date in the language of the page; any other text as it is."""
    if isinstance(text, Label):
        return value_label(text.field, "", str(text))
    if isinstance(text, DateInWords):
        return display_date(text.span, locale_code())
    if isinstance(text, Sentence):
        return gettext(text.message, **{name: _show(value) for name, value in text.values.items()})
    return text


def _show(value: object) -> str:
    match value:
        case int():
            return number_label(value)
        case str():
            return translate_text(value)
        case _:
            return str(value)
