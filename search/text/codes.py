"""Codes of letters and digits, which people write with a hyphen, with a space or as one (COVID-19, ISO 27001, F35), and numbers
with and without a sign between the thousands."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CODE = re.compile(r"[^\W\d_]+\d+|\d+[^\W\d_]+")
_PARTS = re.compile(r"\d+|\D+")
_YEAR = re.compile("(?:1[5-9]|20)[0-9][0-9]")
_THOUSANDS = range(4, 10)
"""Digits of a number that may have signs between its thousands."""
_YEAR_OR_CODE = re.compile("0.*|(?:1[6-9]|20)[0-9][0-9]")
_LONGEST_LETTERS = 8
"""Letters of a code such as COVID in COVID-19, where they are apart from their digits."""


def code_parts(word: str) -> list[str]:
    """Return the letters and the digits of a code in their order, as ["covid", "19"]; nothing where the word is none."""
    return _PARTS.findall(word) if _CODE.fullmatch(word) else []


def may_be_code(first: str, second: str) -> bool:
    """Whether two adjacent words may be a code, as in ISO 27001; a word beside a year is none."""
    return first.isalpha() and second.isdigit() and len(first) <= _LONGEST_LETTERS and not _YEAR.fullmatch(second)


def code_writings(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return these words as they may be written otherwise: codes as one word, and codes as two."""
    joined: list[str] = []
    for word in words:
        if joined and code_parts(joined[-1] + word) == [joined[-1], word] and not _YEAR.fullmatch(word):
            joined[-1] += word
        else:
            joined.append(word)
    apart = tuple(part for word in words for part in code_parts(word) or [word])
    return [writing for writing in dict.fromkeys((tuple(joined), apart)) if writing != tuple(words)]


def number_writings(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return a number as it may be written otherwise: "1500" as 1,500 and "1,500" as 1500; () for other words, and years."""
    if len(words) == 1 and len(words[0]) in _THOUSANDS and words[0].isdecimal() and not _YEAR_OR_CODE.fullmatch(words[0]):
        first = len(words[0]) % 3 or 3
        return ((words[0][:first], *(words[0][at : at + 3] for at in range(first, len(words[0]), 3))),)
    is_apart = len(words) > 1 and len(words[0]) <= 3 and all(len(word) == 3 for word in words[1:])
    whole = "".join(words) if is_apart and all(map(str.isdecimal, words)) else ""
    return ((whole,),) if whole and not _YEAR_OR_CODE.fullmatch(whole) else ()
