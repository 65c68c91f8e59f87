"""Rewrite what was typed for other search systems, or pasted with their marks, in the syntax of `parser`.

    „public core“  –spam          plain quotation marks and dashes
    July 2011 - October 2011      dates with a dash between them, closed up: a dash by itself is no word
    type:(news OR podcasts)       type:news OR type:podcasts; also TITLE(trust) and trust[ti]
    year>=2012  before:2012       year:>=2012  year:<2012
    china,india  spam|botnets     words apart; alternatives
    <b>spam</b>  Marsh &amp; Co   without tags and entities

Each rule is tried only where its sign occurs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from search.query_language.cutting import clean

_DOUBLE_QUOTES = dict.fromkeys(map(ord, "“”„‟«»〝〞＂「」『』"), '"')
_PLAIN_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_PLAIN_MARKS = _DOUBLE_QUOTES | _PLAIN_DASHES
_SINGLE_QUOTED = re.compile(r"""((?:^|(?<=[\s(:]))-?)['‘‚‛‹]([^"\s'‘‚‛‹][^"‘‚‛‹]*?\s[^"]*?)['’‘›](?![^\s).,;:!?])""")
_SPACED_DASH = re.compile(r"(?<=\d) - (?=(?:\w+\.? ){0,2}\d|present\b|today\b|now\b)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_COMPARED = re.compile(r"\b([^\W\d]\w*) ?:? ?([<>]=?) ?(\d{4})\b")
_BOUND = re.compile(r"(?<![^\s(])(before|after|since|until|from|to): ?(?:(\d{4})(?![\w./-])|(?=\d))", re.IGNORECASE)
_BOUNDS = {"before": "<", "after": ">", "since": ">=", "until": "<=", "from": ">=", "to": "<="}
_GROUP = re.compile(r"\b(?:([^\W\d]\w*): ?|([A-Z]{2,}))\(([^()]*)\)")
_OPERATOR = re.compile(r" +(OR|AND(?: NOT)?|NOT|\|\|?|&&?) +")
_BEHIND = re.compile(r'(?<![^\s(])(?!OR|AND|NOT)("[^"]+"|\w[^\s"\[\]():]*)\[([A-Za-z]{2,})\](?![^\s)])')
_JOINED = re.compile(r"(?<=[^\W\d]{3})([,;|&])(?=[^\W\d]{3})")

ResolveField = Callable[[str], str]
"""Returns the field of this name; "" where there is none."""


def rewrite(text: str, resolve_field: ResolveField) -> str:
    """Return the text in the syntax of the parser, which may be the text itself."""
    text = _SINGLE_QUOTED.sub(r'\1"\2"', text.translate(_PLAIN_MARKS))
    if "%20" in text or "&" in text or "<" in text or ">" in text:
        text = clean(_TAG.sub(" ", unescape(text.replace("%20", " "))))
        text = _COMPARED.sub(lambda found: _compare(found, resolve_field), text)
    if ":" in text:
        text = _BOUND.sub(_bound, text)
    if "(" in text:
        text = _GROUP.sub(lambda found: _distribute(found, resolve_field), text)
    if "[" in text:
        text = _BEHIND.sub(lambda found: f"{found[2]}:{found[1]}" if resolve_field(found[2]) else found[0], text)
    return _SPACED_DASH.sub("-", _JOINED.sub(_space, text))


def _compare(found: re.Match[str], resolve_field: ResolveField) -> str:
    return f"{found[1]}:{found[2]}{found[3]}" if resolve_field(found[1]) == "year" else found[0]


def _bound(found: re.Match[str]) -> str:
    word, year = found.groups()
    return f"year:{_BOUNDS[word.lower()]}{year}" if year else f"{word} "


def _distribute(found: re.Match[str], resolve_field: ResolveField) -> str:
    """Return the field before each alternative of a group: a value of a field is all words between operators."""
    name = found[1] or found[2]
    field = resolve_field(name)
    if not field:
        return found[0]
    pieces = _OPERATOR.split(found[3].strip())
    return f"({' '.join(piece if number % 2 else _in_field(name, field, piece) for number, piece in enumerate(pieces))})"


def _in_field(name: str, field: str, text: str) -> str:
    if '"' in text or " " not in text:
        return f"{name}:{text}"
    if field != "title":
        return f'{name}:"{text}"'
    return " ".join(f"{name}:{word}" for word in text.split() if re.search(r"\w", word))


def _space(found: re.Match[str]) -> str:
    mark = found[1]
    return f" {mark} " if mark in "|&" else f"{mark} "
