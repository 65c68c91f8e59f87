"""Lists by first letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from search.text.analysis import fold
from search.text.language_codes import base_code

_Row = TypeVar("_Row")
_ARTICLES = {
    "en": ("the", "a", "an"), "de": ("der", "die", "das", "ein", "eine"), "fr": ("le", "la", "les", "un", "une", "l"),
    "es": ("el", "la", "los", "las", "un", "una"), "it": ("il", "lo", "la", "gli", "le", "un", "una", "l"),
    "nl": ("de", "het", "een"), "pt": ("o", "a", "os", "as", "um", "uma"), "sv": ("en", "ett", "den", "det"),
}  # fmt: skip
"""Articles that are ignored at the beginning of a title, by language."""


def filing_key(title: str, language: str) -> str:
    """Return the key by which a title is sorted: its words folded, without a leading article."""
    words = re.findall(r"\w+", fold(title))
    if len(words) > 1 and words[0] in _ARTICLES.get(base_code(language), ()):
        words = words[1:]
    return " ".join(words)


def letter_of(key: str) -> str:
    """Return the letter a key is listed under: its first one without accents, `0–9` for digits, `#` for all else."""
    first = key[:1].upper()
    return "0–9" if first.isdigit() else first if first.isalpha() else "#"


def group_by_letter(rows: Iterable[tuple[str, _Row]]) -> dict[str, list[_Row]]:
    """Return rows, given with their keys, by the letter of the key, in their order."""
    letters: dict[str, list[_Row]] = {}
    for key, row in rows:
        letters.setdefault(letter_of(key), []).append(row)
    return letters
