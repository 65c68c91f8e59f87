"""The query language, which is ours: read once into a tree, written back from it, never passed on to an engine.

    cyber insurance          both words, in any form
    "public core"            exactly these words, in this order
    -spam                    not this
    spying OR espionage      either; OR binds its neighbours, tighter than the space
    norm*                    words that begin so
    type:commentary  topic:china-us  year:2012..2015  title:trust      in that field; also with quotes

Every string is a query: what is not an operator in its place is a word. `parse_text(format_tree(tree)) == tree`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from msgspec import Struct

from search.model.days import year_label

MAX_CHARACTERS = 2048
"""Longer input is cut, and the page says so: it bounds the cost of reading before anything is read."""
MAX_WORDS = 32
"""Longer input is read as a passage, any of its words: nobody means thirty-three words to be required."""
MIN_PREFIX = 2
"""A shorter prefix is read as a word: one letter would mean a twentieth of all words."""


class Word(Struct, frozen=True):
    """A piece typed without a space; it can hold several words, which then stand side by side ("12/22/2011")."""

    text: str


class Phrase(Struct, frozen=True):
    text: str


class Prefix(Struct, frozen=True):
    text: str


class InTitle(Struct, frozen=True):
    item: Word | Phrase | Prefix


class FieldValue(Struct, frozen=True):
    field: str
    value: str


class YearRange(Struct, frozen=True):
    """Years from `first` to `last`, both included; None is open."""

    first: int | None
    last: int | None


class Not(Struct, frozen=True):
    item: Word | Phrase | Prefix | InTitle | FieldValue | YearRange


Item = Word | Phrase | Prefix | InTitle | FieldValue | YearRange | Not


class Either(Struct, frozen=True):
    items: tuple[Item, ...]


class All(Struct, frozen=True):
    """What was typed, part by part; every part must match."""

    parts: tuple[Item | Either, ...] = ()


class Passage(Struct, frozen=True):
    """Running text: any of its words, no operators."""

    text: str


Tree = All | Passage

_PIECE = re.compile(r'(-?)(?:([^\W\d]\w*):)?(?:["“”]([^"“”]*)(?:["“”]|$)|([^\s"“”]+))')
_YEARS = re.compile(r"(-?\d{1,4})?\.\.(-?\d{1,4})?|(-?\d{1,4})", re.ASCII)
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|\S+?(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\s|$)")


def clean(text: str) -> str:
    """The text with white space single; control characters, half characters and what XML may not hold are spaces."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\s]+", " ", text).strip()


def cut(text: str) -> str:
    """The text as it may be searched for: clean, and at most MAX_CHARACTERS long."""
    return clean(text[: 4 * MAX_CHARACTERS])[:MAX_CHARACTERS].strip()


def is_passage(text: str) -> bool:
    """Whether the text is too long to require every word of it."""
    return len(text) > MAX_WORDS and max(sum(1 for _ in pattern.finditer(text)) for pattern in (_WORDS, _PIECE)) > MAX_WORDS


def parse_text(text: str, fields: Collection[str] = ("type", "topic")) -> Tree:
    """Read what was typed. `fields` are the keyword fields that may stand before a colon; never raises."""
    text = clean(text)
    if is_passage(text):
        return Passage(text)
    parts: list[Item | Either] = []
    either = False
    for piece in _PIECE.finditer(text):
        if piece.group() == "OR" and parts:
            either = True
            continue
        item = _item(piece, fields)
        if item is None:
            continue
        if either:
            before = parts.pop()
            item = Either((*(before.items if isinstance(before, Either) else (before,)), item))  # type: ignore[assignment]
        parts.append(item)
        either = False
    return All(tuple(parts))


def _item(piece: re.Match[str], fields: Collection[str]) -> Item | None:
    minus, field, quoted, bare = piece.groups()
    start = piece.start()
    negative = minus == "-" and (start == 0 or piece.string[start - 1].isspace())
    item: Item | None = None
    if field:
        item = _field_item(field.lower(), quoted, bare, fields)
        if item is None:
            bare = f"{field}:{bare}" if bare is not None else None
    if item is None:
        item = Phrase(quoted.strip()) if quoted is not None else _bare_item(bare)
    if isinstance(item, (Word, Phrase)) and not re.search(r"\w", item.text):
        return None
    if negative:
        return item if isinstance(item, Not) else Not(item)
    return _as_a_word(item) if isinstance(item, (Word, Prefix)) and start > 0 else item


def _as_a_word(item: Word | Prefix) -> Word | Prefix:
    """What looks like an operator where none can stand, written so that it is read back as the word it is."""
    if item == Word("OR"):
        return Word("or")
    return type(item)(f"\N{HYPHEN}{item.text[1:]}") if item.text.startswith("-") else item


def _bare_item(bare: str) -> Word | Prefix:
    stripped = bare.rstrip("*")
    if stripped != bare and len(stripped) >= MIN_PREFIX and stripped[-1].isalnum():
        return Prefix(stripped)
    return Word(stripped or bare)


def _field_item(
    field: str, quoted: str | None, bare: str | None, fields: Collection[str]
) -> InTitle | FieldValue | YearRange | None:
    value = (quoted if quoted is not None else bare or "").strip()
    if not re.search(r"\w", value):
        return None
    if field == "title":
        return InTitle(Phrase(value) if quoted is not None else _bare_item(value))
    if field == "year":
        years = _YEARS.fullmatch(value)
        if years is None:
            return FieldValue("year", "none") if value.lower() == "none" else None
        if years[3]:
            return YearRange(int(years[3]), int(years[3]))
        return YearRange(int(years[1]) if years[1] else None, int(years[2]) if years[2] else None) if value != ".." else None
    return FieldValue(field, value) if field in fields else None


def format_tree(tree: Tree | Item | Either) -> str:
    """The tree as somebody would type it."""
    match tree:
        case Passage(text) | Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case InTitle(item):
            return f"title:{format_tree(item)}"
        case FieldValue(field, value):
            return f'{field}:"{value}"' if re.search(r"\s", value) else f"{field}:{value}"
        case YearRange(first, last):
            return f"year:{first}" if first == last else f"year:{_number(first)}..{_number(last)}"
        case Not(item):
            return f"-{format_tree(item)}"
        case Either(items):
            return " OR ".join(map(format_tree, items))
        case All(parts):
            return " ".join(map(format_tree, parts))


def _number(year: int | None) -> str:
    return "" if year is None else str(year)


def describe(part: Item | Either, label: Callable[[str, str], str] = lambda field, value: value) -> str:
    """What a part of the query was taken to mean, in words. `label` is how the value of a field is shown."""
    match part:
        case Word(text):
            return f"the word {text}" if text.isalnum() else f"{text}, its words side by side"
        case Phrase(text):
            return f"exactly “{text}”"
        case Prefix(text):
            return f"words that begin with {text}"
        case InTitle(item):
            return f"{describe(item)}, in the title"
        case FieldValue(field, value):
            return f"no {field} stated" if value.lower() == "none" else f"{field} {label(field, value)}"
        case YearRange(first, last):
            if first == last:
                return f"the year {year_label(first or 0)}"
            if first is None or last is None:
                return f"{year_label(last or 0)} or earlier" if first is None else f"{year_label(first)} or later"
            return f"the years {year_label(first)} to {year_label(last)}"
        case Not(item):
            return f"not {describe(item, label)}"
        case Either(items):
            return " or ".join(describe(item, label) for item in items)
