"""Make plain text, in which words are searched: in lower case, without accents, with each character in its place."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from itertools import islice

from search.text.analysis import PART, UNSPACED_RUN
from search.text.characters import APOSTROPHES, JOINERS, MARKS, PLAIN, VOWEL_MARKS, without_typography

_PLAINER = (*range(0x386, 0x3CF), 0x401, 0x451, *range(0x1E00, 0x2000), *range(0xFF10, 0xFF5B))
_ACCENTED = re.compile("[\u00c0-\u024f\u0386-\u03ce\u0401\u0451\u1e00-\u1fff\uff10-\uff5a]")
_UNACCENTED = {chr(code): unicodedata.normalize("NFKD", chr(code))[0] for code in _PLAINER if chr(code).isalnum()}
_UNACCENTED |= {chr(code): plain for code, plain in PLAIN.items() if plain.isalpha()}
_LATIN = "".join(PLAIN.get(code, chr(code)).lower() for code in range(256)).encode("latin-1")
"""What each character of Latin-1 is in plain text: replacing bytes takes a tenth of the time of replacing characters."""
_RUN = re.compile(rf"{PART}(?:['{APOSTROPHES}.]{PART})*")


def _without_accent(letter: re.Match[str]) -> str:
    return _UNACCENTED.get(letter.group(), letter.group())


def to_plain(text: str) -> str | None:
    """Return the text in lower case without accents (Latin, Greek, ё), each character in its place; None if that cannot be."""
    if not text.isascii():
        text = without_typography(text)
    if text.isascii():
        return text.lower().replace("`", "'")
    with suppress(UnicodeEncodeError):
        return text.encode("latin-1").translate(_LATIN).decode("latin-1")
    plain = _ACCENTED.sub(_without_accent, text).lower().replace("ς", "σ")
    return plain if len(plain) == len(text) else None


_MARK = rf"[\u0300-\u036f{VOWEL_MARKS}{JOINERS}\ufb00-\ufb06]"
_APOSTROPHE = r"'(?<=[^\W_]')(?=[^\W_])(?!(?:s|t|re|ve|ll|d|m)(?![^\W_]))"
_INITIALS = r"\. (?<=[^\W_]\. )[a-z]\.(?!\S)"
_REWRITTEN = re.compile(f"{_MARK}|{_APOSTROPHE}|{_INITIALS}")
"""A combining accent, a vowel mark, a soft hyphen, a ligature, an apostrophe inside a word, initials with spaces: the analyzer
rewrites such a word. English endings (don't, it's) are not included, since they do not change how a word begins."""
_IN_ASCII = (("'", re.compile(_APOSTROPHE)), (". ", re.compile(_INITIALS)))
"""Each begins with one character; searching for it takes a tenth of the time of comparing every place with all patterns."""
_IN_ANY = re.compile(_MARK)
_LONGEST_WORD = 60
_MOST_REWRITTEN = 200


def rewritten_words(plain: str) -> list[int]:
    """Return where words of a plain text begin that the analyzer rewrites, so that a search for their letters misses them."""
    patterns = [pattern for opening, pattern in _IN_ASCII if opening in plain and pattern.search(plain)]
    if not plain.isascii():
        patterns.append(_IN_ANY)
    if not patterns:
        return []
    found = sorted(match.start() for pattern in patterns for match in islice(pattern.finditer(plain), _MOST_REWRITTEN))
    starts: dict[int, None] = {}
    for place in found[:_MOST_REWRITTEN]:
        start = place
        while start > place - _LONGEST_WORD and start > 0 and (plain[start - 1].isalnum() or _REWRITTEN.match(plain, start - 1)):
            start -= 1
        starts[start] = None
    return list(starts)


def is_unspaced(character: str) -> bool:
    """Whether it is of a script written without spaces, so that a word may begin or end beside any letter."""
    return UNSPACED_RUN.match(character) is not None


_JOINING = re.compile(f"[{MARKS}{JOINERS}]")


def is_joining(character: str) -> bool:
    """Whether it belongs to the word around it, as combining marks and soft hyphens do."""
    return _JOINING.match(character) is not None


def leading_run(text: str) -> str:
    """Return the run of letters and digits that the text begins with; "" where it begins with none."""
    match = _RUN.match(text)
    return match.group() if match else ""


def next_run(text: str, start: int) -> str:
    """Return the first run of letters and digits at or after `start`; "" if there is none."""
    match = _RUN.search(text, start)
    return match.group() if match else ""
