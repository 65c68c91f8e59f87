"""Characters that are written in several ways: apostrophes and other typography, accents, ligatures."""

from __future__ import annotations

import unicodedata

JOINERS = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen and zero-width characters: part of a word, not written
APOSTROPHES = "’‘ʼ＇´`′‛ʹʻʽʾʿˈ՚ꞌ"
"""Quotation marks, accents, primes and letters that people type or print for an apostrophe, as in Hawaiʻi and Qurʾan."""
PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
LIGATURES = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i", "ё": "е"}
VOWEL_MARKS = "".join(map(chr, (*range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, *range(0x64B, 0x653), 0x670)))
"""Points of Hebrew and vowels of Arabic, which most texts leave out."""


def _marks() -> str:
    """Return the combining marks of the Basic Multilingual Plane as a character class: they belong to the word before."""
    possible = (*range(0x300, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0xFFFF))  # between are Han and Hangul
    ranges: list[list[int]] = []
    for code in (code for code in possible if unicodedata.category(chr(code)) in ("Mn", "Mc")):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


MARKS = _marks()


def _plain_table() -> dict[int, str]:
    """Return one-to-one replacements that make most Western text ASCII without moving any character."""
    table = PLAIN_APOSTROPHES | {ord(char): " " for char in "“”—–…„«»•·\u00a0\u2009\u202f™®©€£"}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    for letter, plain in LIGATURES.items():
        if len(plain) == 1 and plain.isascii():
            table |= {ord(letter): plain, ord(letter.upper()): plain}
    return table


PLAIN = _plain_table()
_COMMON_FIRST = dict.fromkeys((*map(ord, "’“”—–‘…"), *PLAIN))
_TYPOGRAPHY = tuple((chr(code), PLAIN[code]) for code in _COMMON_FIRST if not PLAIN[code].isalpha())
"""Each mark and what is plain for it; most texts have none but the first."""


def without_typography(text: str) -> str:
    """Return a text with plain quotes, dashes and spaces for typographic ones: mostly all that English has besides ASCII."""
    for mark, plain in _TYPOGRAPHY:
        text = text.replace(mark, plain)
        if text.isascii():
            break
    return text
