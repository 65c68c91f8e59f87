"""Parse the query language: read typed text into a tree (`search.query_language.tree`).

    cyber insurance          both words, in any form
    "public core"            exactly these words, in this order; quotation marks of any language
    -spam   NOT spam         not this
    spying OR espionage      either; OR binds its neighbours, tighter than the space
    (spying OR war) china    brackets group
    norm*                    words with this prefix
    type:commentary  topic:china-us  year:2012..2015  title:trust  author:McConnell  id:x1      in that field; also with quotes

Every string is a query: what is not an operator in its place is a word. `parse_text(format_tree(tree)) == tree`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from search.query_language.cutting import clean
from search.query_language.field_names import FIELD_NAMES
from search.query_language.foreign_syntax import has_signs, join_initials, prefix_before_wildcard, read_spaced_not, rewrite
from search.query_language.negations import exclude, join_negations
from search.query_language.passages import gather_alternatives, gather_words
from search.query_language.tree import (
    All,
    Either,
    FieldValue,
    Group,
    Identifier,
    InTitle,
    Item,
    Part,
    Passage,
    Phrase,
    Prefix,
    Tree,
    Word,
    YearRange,
    format_tree,
)
from search.query_language.years import read_bare_years, read_years

MAX_WORDS = 32
"""Longer input is read as a passage, of which any word may match: no document is expected to have thirty-three typed words."""
MIN_PREFIX = 2
"""A shorter prefix is read as a word: one letter is the prefix of a twentieth of all words."""
MAX_DEPTH = 4
"""Brackets inside brackets; deeper ones are ignored."""

_QUOTE_AFTER_COLON = re.compile(r":['‘’‚‛‹›]+")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+")
_PIECE = re.compile(r'([-!]*)(?:([^\W\d]\w*):)?(?:"([^"]*)(?:"|$)|([^\s"]+))')
_SPACED_FIELD = re.compile(r'([-!]*)([^\W\d]\w*)(?::\s+|\s+:\s*|\s?=\s?)(?:"([^"]*)(?:"|$)|([^\s"]+))')
_SPACED_YEARS = re.compile(r'([-!]*)([^\W\d]\w*)\s?[:=]\s?(?:"([^"]*)"|(\d{4} (?:-|to) \d{4}))(?!\S)', re.ASCII)
_NAMED = re.compile(r"([^\W\d]\w*)[:=](\S+)")
_STRENGTH = re.compile(r"(?:(?<=\w\w)|^)[~^][\d.]*$")
"""The distance or the weight of a word in the syntax of other systems: cyber~2, trust^4. (m^2 is a word.)"""
_OPENING = re.compile(r"[-!]?\(")
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|\S+?(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\s|$)")
_LONGEST_UNCLOSED = 4
"""The most words after an unclosed quotation mark that are searched as a phrase; more are a sentence that was cut off."""
_SIGNS, _LETTER = re.compile(r"[(\[&<>|:,;!%]"), re.compile(r"\w")
_SMALL_WORDS = re.compile(rf"[a-z]+(?: [a-z]+){{0,{MAX_WORDS - 1}}}")
_MARKS_INSIDE = re.compile(r"[-!]+(?=\w)")
"""Before the value of a field instead of its name, as in "type:-commentary"."""
_MOST_READINGS = 3
_OPERATORS = {"OR": "OR", "|": "OR", "||": "OR", "AND": "AND", "&": "AND", "&&": "AND", "NOT": "NOT"}


def is_passage(text: str) -> bool:
    """Return whether the text is too long to require every word of it."""
    if len(text) <= MAX_WORDS or (text.isascii() and '"' not in text and text.count(" ") < MAX_WORDS):
        return False
    return max(sum(1 for _ in pattern.finditer(text)) for pattern in (_WORDS, _PIECE)) > MAX_WORDS


def parse_text(text: str, fields: Collection[str] = ("type", "topic"), language: str = "en") -> Tree:
    """Return typed text as a tree; never raises. `fields` are the keyword fields that may be named before a colon."""
    if _SMALL_WORDS.fullmatch(text := clean(text)):  # most queries; no rule for signs, capitals or length has anything to do
        return All(tuple(map(Word, text.split(" "))))
    text = join_initials(read_spaced_not(text, language))
    is_long = is_passage(text)
    if is_long and 3 * text.count(" OR ") < text.count(" "):  # half of a list with OR is OR
        return Passage(text)
    pieces = text.split(" ")
    if text.replace(" ", "").isalnum() and _OPERATORS.keys().isdisjoint(pieces):
        return All(tuple(map(Word, pieces)))
    tree = _read(text, fields)
    # The text left after odd signs may have a meaning of its own. It is read until the tree written as text is the same.
    for _ in range(_MOST_READINGS if has_signs(text) else 0):
        written = clean(format_tree(tree))
        if not _SIGNS.search(written) or (again := _read(written, fields)) == tree:
            break
        tree = again
    if is_long:
        return gather_alternatives(tree, text, MAX_WORDS)
    return tree if len(tree.parts) <= MAX_WORDS else gather_words(tree, text, MAX_WORDS)


def _read(text: str, fields: Collection[str]) -> All:
    return All(join_negations(_with_joined_initials(_Parser(text, fields).parts())))


def _with_joined_initials(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts with neighbouring initials as one word, as in texts: "U. S." is "U.S."."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(part, Word) and isinstance(before, Word) and all(_INITIALS.fullmatch(word.text) for word in (before, part)):
            joined[-1] = Word(before.text + part.text)
        else:
            joined.append(part)
    return tuple(joined)


class _Piece(NamedTuple):
    is_excluded: bool
    field: str
    quoted: str | None
    bare: str


class _Parser:
    """Reads one text from left to right."""

    def __init__(self, text: str, fields: Collection[str]) -> None:
        self.fields = fields
        self.text = rewrite(text, lambda name: self._resolve_field(name) if self._is_field(name) else "")
        self.may_name_fields = ":" in self.text or "=" in self.text
        self.at = 0
        self.depth = 0

    def parts(self) -> tuple[Part, ...]:
        """Return the parts up to the closing bracket, or the end of the text."""
        parts: list[Part] = []
        joins_next = excludes_next = False
        while (step := self._next_step()) is not None:
            if step == ")":
                break
            if isinstance(step, str):
                if step != "NOT" and (not parts or joins_next or excludes_next):
                    continue
                joins_next, excludes_next = joins_next or step == "OR", excludes_next or step == "NOT"
                continue
            is_excluded, part = step
            if is_excluded or excludes_next:
                part = exclude(part)
            if joins_next:
                part = Either((*_alternatives(parts.pop()), *_alternatives(part)))
            parts += [part] if not isinstance(part, Group) else part.parts
            joins_next = excludes_next = False
        return tuple(parts)

    def _next_step(self) -> str | tuple[bool, Part] | None:
        """Return the next operator or closing bracket, or the next part and whether it is excluded; None at the end."""
        text = self.text
        while self.at < len(text):
            begins_piece = self.at == 0 or text[self.at - 1] in " ("
            if text[self.at] == " ":
                self.at += 1
            elif text[self.at] == ")":
                self.at += 1
                if self.depth:
                    return ")"
            elif opening := _OPENING.match(text, self.at):
                self.at = opening.end()
                if self.depth < MAX_DEPTH and (part := self._group()) is not None:
                    return begins_piece and len(opening.group()) == 2, part
            elif (step := self._word_or_operator() or self._item(begins_piece)) is not None:
                return step
        return None

    def _group(self) -> Part | None:
        self.depth += 1
        parts = self.parts()
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Group(parts) if parts else None

    def _word_or_operator(self) -> str | tuple[bool, Word | Prefix] | None:
        """Return the next piece if it is an operator, letters and digits that are not the name of a field, or letters and "*"."""
        end = self.text.find(" ", self.at)
        piece = self.text[self.at : end if end >= 0 else None]
        operator = _OPERATORS.get(piece) if end >= 0 else None  # an operator at the end is a word
        stem = piece.removesuffix("*")
        is_plain = piece.isalnum() or (stem.isalpha() and len(stem) >= MIN_PREFIX)
        if not operator and (self.may_name_fields or not is_plain):
            return None
        self.at += len(piece)
        if stem != piece:
            return False, Prefix(stem)
        return operator or (False, Word(piece.lower() if piece in _OPERATORS else piece))

    def _item(self, begins_piece: bool) -> tuple[bool, Item] | None:
        piece = self._piece()
        item: Item | None = None
        if piece.field:
            item = _field_item(self._resolve_field(piece.field), piece.quoted, piece.bare, self.fields)
        if item is None and piece.quoted is not None:
            item = Phrase(piece.quoted.strip())
        if item is None:
            item = self._bare_item(f"{piece.field}:{piece.bare}" if piece.field else piece.bare)
        if isinstance(item, (Word, Phrase)) and not _LETTER.search(item.text):
            return None
        return piece.is_excluded and begins_piece, item

    def _bare_item(self, bare: str) -> Item:
        word = _word_or_prefix(bare)
        if years := read_bare_years(word.text):
            return years
        named = _NAMED.fullmatch(format_tree(word))  # a field after marks without meaning
        return (named and _field_item(self._resolve_field(named[1]), None, named[2], self.fields)) or word

    def _piece(self) -> _Piece:
        """Read the next piece: dashes, a field and its colon, then a quoted text or what precedes the next space."""
        text = self.text
        match = _SPACED_YEARS.match(text, self.at) if self.may_name_fields else None
        if self.may_name_fields and (match is None or self._resolve_field(match[2]) != "year"):
            match = _SPACED_FIELD.match(text, self.at)
        if match is None or not self._is_field(match[2]):
            match = _PIECE.match(text, self.at)
        assert match is not None  # any character but a space begins a piece
        if _is_cut_quotation(match):
            self.at = match.end() - len(text[match.start(3) : match.end()].lstrip())
            return self._piece()
        marks, field, quoted, bare = match.groups()
        self.at = match.end()
        inside = _MARKS_INSIDE.match(bare or "") if field and self._is_field(field) else None
        if inside and (inside[0] != "-" or self._resolve_field(field) not in ("id", "year")):  # an id, a year before our era
            marks, bare = inside[0], bare[inside.end() :]
        if bare is not None:
            closing = bare.count(")") - bare.count("(")
            while closing > 0 and bare.endswith(")"):
                bare, closing, self.at = bare[:-1], closing - 1, self.at - 1
        return _Piece(bool(marks), field or "", quoted, bare or "")

    def _resolve_field(self, name: str) -> str:
        """Return the field meant by a name as typed: one of the archive's own before a word for one that all archives have."""
        lowered = name.lower()
        return lowered if lowered in self.fields else FIELD_NAMES.get(lowered, lowered)

    def _is_field(self, name: str) -> bool:
        field = self._resolve_field(name)
        return field in self.fields or field in ("title", "year", "id", "people")


def _is_cut_quotation(match: re.Match[str]) -> bool:
    """Whether a quotation mark without a closing one begins a sentence: it was cut, and its words need not be exact."""
    marks, field, quoted, _ = match.groups()
    is_open = quoted is not None and not match[0].endswith('"')
    return is_open and not marks and not field and len(quoted.split()) > _LONGEST_UNCLOSED


def _alternatives(part: Part) -> tuple[Item, ...]:
    return part.items if isinstance(part, Either) else (part,)


def _word_or_prefix(bare: str) -> Word | Prefix:
    word = _without_marks(bare)
    if inner := prefix_before_wildcard(word):
        return Prefix(inner)
    stripped = _without_marks(word, "*")
    if word.endswith("*") and len(stripped) >= MIN_PREFIX and stripped[-1].isalnum():
        return Prefix(stripped)
    return Word(stripped.lower() if stripped in _OPERATORS else stripped)


def _without_marks(word: str, at_the_end: str = "") -> str:
    """Return the word without what would be an operator at its ends: minus, exclamation mark, brackets, quotation marks.

    `at_the_end` are further characters to take away from the end.
    """
    before = ""
    while word != before:
        before = word
        marks = "-!(" if len(word) == 3 and word[1:].isdigit() else "-!('‘’‚‛‹›"  # ’11 may be a year
        word = word.strip(marks).lstrip("):=").rstrip(":=" + at_the_end)
        word = _STRENGTH.sub("", _QUOTE_AFTER_COLON.sub(":", _without_odd_brackets(word)))
    return word


def _without_odd_brackets(text: str) -> str:
    return re.sub(r"[()]", "", text) if text.count(")") != text.count("(") else text


def _field_item(
    field: str, quoted: str | None, bare: str, fields: Collection[str]
) -> InTitle | FieldValue | YearRange | Identifier | None:
    value = (quoted if quoted is not None else _without_odd_brackets(bare)).strip(" '‘’‚‛‹›")
    if quoted is None and field != "id":
        value = _STRENGTH.sub("", value)
    if not _LETTER.search(value):
        return None
    if field == "title":
        return InTitle(Phrase(value) if quoted is not None else _word_or_prefix(value))
    if field == "year":
        return read_years(value)
    if field == "id":
        return Identifier(value)
    return FieldValue(field, value) if field in fields or field == "people" else None
