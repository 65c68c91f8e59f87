"""Words for seasons, decades, centuries and approximate years, by language."""

from __future__ import annotations

import re

from msgspec import Struct


class DateLanguage(Struct, frozen=True):
    """Words of one language. `season` is filled with the name of a season and a year; `century` with a number."""

    seasons: tuple[str, str, str, str]
    season: str
    about: str
    until: str
    decade: str
    century: str
    before_christ: str


ENGLISH = DateLanguage(
    ("Spring", "Summer", "Autumn", "Winter"), "{} {}", "c. {}", "until {}", "{}s", "{number}{ending} century", "{} BC"
)
_LANGUAGES = {
    "de": DateLanguage(
        ("Frühjahr", "Sommer", "Herbst", "Winter"),
        "{} {}",
        "um {}",
        "bis {}",
        "{}er Jahre",
        "{number}. Jahrhundert",
        "{} v. Chr.",
    ),
    "es": DateLanguage(
        ("primavera", "verano", "otoño", "invierno"), "{} de {}", "hacia {}", "hasta {}", "años {}", "siglo {roman}", "{} a. C."
    ),
    "fr": DateLanguage(
        ("printemps", "été", "automne", "hiver"),
        "{} {}",
        "vers {}",
        "jusqu’à {}",
        "années {}",
        "{roman}{first} siècle",
        "{} av. J.-C.",
    ),
}
_LABEL = re.compile(r"(\d+)(s)?(?:(?:st|nd|rd|th) (century))?( BC)?", re.ASCII)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def date_language(language: str) -> DateLanguage:
    """Return the words of a language, or the English ones."""
    return _LANGUAGES.get(language.partition("-")[0].partition("_")[0], ENGLISH)


def translate_period(label: str, language: str) -> str:
    """Return the label of a year, decade or century ("44 BC", "1920s") in a language; other text unchanged."""
    words = date_language(language)
    match = None if words is ENGLISH else _LABEL.fullmatch(label)
    if match is None:
        return label
    number, is_decade, is_century, is_before = match.groups()
    named = words.decade.format(number) if is_decade else _century(int(number), words) if is_century else number
    return words.before_christ.format(named) if is_before else named


def _century(number: int, words: DateLanguage) -> str:
    return words.century.format(number=number, roman=_roman(number), first="er" if number == 1 else "e")


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        made += letters * (number // value)
        number %= value
    return made
