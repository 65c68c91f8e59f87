"""Read a date that a visitor typed: in the archive's language, or with the month in another ("février 2018")."""

from __future__ import annotations

from functools import lru_cache

from search.model.date_forms import date_readings
from search.model.date_words import find_locale, fold_date, month_numbers
from search.model.dates import DateSpan
from search.text.common_words import is_everyday_word

_OTHER_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")


@lru_cache(maxsize=1024)
def read_typed_date(text: str, language: str) -> tuple[DateSpan, ...]:
    """Return the dates that a text may mean by itself; () for none. Kept: one question asks it several times."""
    found = date_readings(text, language)
    if found or text.isdigit():
        return found
    months = load_foreign_months(language)
    other = next((months[word] for word in fold_date(text).split() if word in months), "")
    return date_readings(text, other) if other else ()


@lru_cache(maxsize=8)
def load_foreign_months(language: str) -> dict[str, str]:
    """Return the language of each name of a month, folded, that means nothing in this language: "mars" is a planet in English."""
    names: dict[str, str] = {}
    own = month_numbers(language)
    for other in reversed(_OTHER_LANGUAGES):  # the first language has the last word
        locale = find_locale(other)
        wide = locale.months["format"]["wide"].values() if locale else ()
        names |= {fold_date(name): other for name in wide}
    return {name: other for name, other in names.items() if name not in own and not is_everyday_word(name, language)}
