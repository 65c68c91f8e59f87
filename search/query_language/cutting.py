"""Limit the length of a query, which bounds the cost of a search and the size of its page."""

from __future__ import annotations

import re
from bisect import bisect_right

MAX_CHARACTERS = 2048
"""Longer input is cut, and the page says so."""
MAX_ENCODED = 3072
"""Characters of the text in an address, where an emoji takes twelve: a page of results repeats it in some twenty links."""

_UNESCAPED = re.compile(rb"[A-Za-z0-9_.~ -]")
"""Bytes that take one character in an address; all others take three."""


def clean(text: str) -> str:
    """Return the text with single spaces, and spaces for control characters, surrogates and characters not allowed in XML."""
    if text.isprintable() and "  " not in text:  # nearly every text is clean already
        return text.strip(" ")
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\s]+", " ", text).strip()


def shorten_text(text: str) -> str:
    """Return the text cleaned and cut to MAX_CHARACTERS, and to MAX_ENCODED characters in an address."""
    text = clean(text[: 4 * MAX_CHARACTERS])[:MAX_CHARACTERS].strip()
    if _length_in_address(text) <= MAX_ENCODED:
        return text
    return text[: bisect_right(range(len(text)), MAX_ENCODED, key=lambda end: _length_in_address(text[: end + 1]))].strip()


def _length_in_address(text: str) -> int:
    encoded = text.encode()
    return 3 * len(encoded) - 2 * len(_UNESCAPED.findall(encoded))
