"""Clean the texts of records: remove control characters, read HTML and entities, and warn of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from indexer.readers.record import Unreadable
from search.errors import describe_value

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters and non-characters: no text needs them, and feeds must not contain them."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)
_MARKUP = re.compile(
    r"</(?:p|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|td|tr|table|blockquote|sup|sub|font|center|cite|code|pre|small)\s*>"
    r"|<(?:br|p|hr|li|wbr)(?:\s[^<>]*)?/?>|<img\s[^<>]*>",
    re.I,
)
"""A text with the end of a common element, or with an element that has no end, is taken for HTML. A lone `<b` is not."""
_LINE_ENDS = re.compile(r"\r\n?|\f|\v")


@dataclass(slots=True)
class Context:
    """Whether the reader of the file has read markup already, so that a value is plain text; and the warnings met.

    `key` is what the file calls the value.
    """

    is_plain: bool = False
    warnings: list[str] = field(default_factory=list)
    key: str = ""

    def warn(self, message: str) -> None:
        """Add a warning about the value that is being read."""
        if message not in self.warnings:
            self.warnings.append(message)


def clean_text(value: Any, context: Context) -> str:
    """Return the value as text without control characters. Raises ValueError if it is neither text nor a number."""
    if type(value) is not str:
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        raise ValueError(f"found {describe_value(value)}, expected text; {_how_to_write(value, context.key)}")
    cleaned, removed = _UNWANTED.subn("", value)
    if removed:
        first = ord(_UNWANTED.findall(value)[0])
        characters = "1 control character was" if removed == 1 else f"{removed:,} control characters were"
        context.warn(f"{characters} removed (U+{first:04X}); correct the text at its source")
    return cleaned.strip()


def line_of(value: Any, context: Context) -> str:
    """Return the value as one line of plain text, white space single."""
    text = clean_text(value, context)
    if not context.is_plain and ("&" in text or "<" in text):
        text = _without_markup(text, context)
    return " ".join(text.split())


def prose_of(value: Any, context: Context) -> str:
    """Return the value as plain text whose lines and paragraphs are kept."""
    text = _LINE_ENDS.sub(_line_end, clean_text(value, context))
    if not context.is_plain and ("&" in text or "<" in text):
        if _MARKUP.search(text):
            return "\n\n".join(_whole(section) for section in sections_of_markup(text, context))
        text = _decode(text, context)
    return text


def sections_of_markup(text: str, context: Context) -> list[dict[str, Any]]:
    """Return a text written in HTML as sections with blocks and links."""
    from indexer.readers.blocks import SectionsBuilder  # the parser of HTML is imported when a value needs it
    from indexer.readers.html.layout import Layout
    from indexer.readers.html.page import parse_page

    context.warn("contains HTML, and only its words are kept; write plain text")
    builder = SectionsBuilder()
    try:
        Layout(builder).add(parse_page(text))
    except Unreadable:
        return [{"text": text}]
    return builder.list_sections() or [{"text": text}]


def is_markup(text: str) -> bool:
    """Whether a text is written in HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def _how_to_write(value: Any, key: str) -> str:
    if isinstance(value, dict) and value:
        return f"name a part of it under `mapping`, as in {key}.{next(iter(value))}, or add it to `ignore`"
    return "write it in quotes"


def _without_markup(text: str, context: Context) -> str:
    if _MARKUP.search(text):
        from indexer.readers.html.page import parse_page, words_of

        context.warn("contains HTML, and only its words are kept; write plain text")
        try:
            return words_of(parse_page(text)) or text
        except Unreadable:
            return text
    return _decode(text, context)


def _decode(text: str, context: Context) -> str:
    decoded = _ENTITY.sub(_character, text)
    if decoded != text:
        context.warn("contains entities such as &amp;, which were decoded; write the characters themselves")
    return decoded


def _character(match: re.Match[str]) -> str:
    """Return the character of an entity; the entity itself if texts may not contain the character."""
    character = unescape(match[0])
    return match[0] if _UNWANTED.search(character) else character


def _line_end(match: re.Match[str]) -> str:
    return "\n\n" if match[0] in "\f\v" else "\n"


def _whole(section: dict[str, Any]) -> str:
    return "\n\n".join(filter(None, (section.get("heading", ""), section["text"])))


Converter = Callable[[Any, Context], Any]
"""Reads a value as documents hold it. Raises ValueError saying found, expected, fix; warns through the context."""
