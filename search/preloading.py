"""What a process that answers searches reads once, loaded before its first search or before it starts other processes."""

from __future__ import annotations

from collections.abc import Iterable

from search.model.dates import display_date, parse_edtf
from search.query_language.typed_dates import load_foreign_months
from search.text.common_words import load_common_words


def load_word_lists(language: str, page_languages: Iterable[str] = ()) -> None:
    """Load the common words of an archive's language, and the names of months in it, in others and in those of its pages."""
    load_common_words(language)
    load_foreign_months(language)
    for code in dict.fromkeys((language, *page_languages)):
        display_date(parse_edtf("2000-01-01"), code)
