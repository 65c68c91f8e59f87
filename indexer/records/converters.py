"""What an editor wrote as what a document holds, value by value. Each raises ValueError: what was found, what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from search.model.dates import DateSpan, parse_edtf
from search.model.document import Evidence, FileLink, Person, Proposal, Section

MAX_ID = 200
"""Ids stand in URLs and as terms; engines limit a term to some hundreds of bytes."""
MAX_VALUE = 200
"""Characters of a keyword value: addresses with longer ones are not read (`webui.query_string`)."""
_CONFIDENCE = ("high", "medium", "low", "")
_STATUS = ("published", "filled", "not_preserved")
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\v\f\r"})
"""Characters no text holds and no feed may; the rest of what XML forbids cannot be written in UTF-8 or is checked beside."""
_NO_CHARACTERS = ("\ufffe", "\uffff")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]+)?)? ?(Z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)?")

Converter = Callable[[Any], Any]


def _text(value: Any) -> str:
    if type(value) is not str:
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        raise ValueError(f"found {_found(value)}, expected text; write it in quotes")
    try:
        encoded = value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"holds half a character (U+{ord(value[error.start]):04X}); write the whole character") from None
    if len(encoded.translate(None, _CONTROLS)) < len(encoded):
        held = next(char for char in value if char.isascii() and ord(char) in _CONTROLS)
        raise ValueError(f"holds the control character U+{ord(held):04X}; remove it")
    for char in _NO_CHARACTERS:
        if char in value:
            raise ValueError(f"holds U+{ord(char):04X}, which is no character; remove it")
    return value.strip()


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def _prose(value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"found {_found(value)}, expected text; write it in quotes")
    text = _text(value)
    return text.replace("\r\n", "\n").replace("\f", "\n\n") if "\r" in text or "\f" in text else text


def _lines(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(dict.fromkeys(text for item in value if (text := _line(item))))
    text = _line(value)
    return (text,) if text else ()


def _keyword(value: Any) -> str:
    text = _line(value)
    if len(text) > MAX_VALUE:
        raise ValueError(f'found "{text[:40]}…", expected at most {MAX_VALUE} characters; shorten it')
    return text


def keywords(value: Any) -> tuple[str, ...]:
    return tuple(map(_keyword, _lines(value)))


def _identity(value: Any) -> str:
    text = _text(value)
    if not text:
        raise ValueError("is empty; every document needs an id of its own that never changes")
    if len(text.encode()) > MAX_ID:
        raise ValueError(f'found "{text[:40]}…", expected at most {MAX_ID} bytes; shorten it')
    if text in (".", "..") or "/" in text or any(char.isspace() for char in text):
        raise ValueError(f'found "{text}", expected no spaces or slashes; write - instead')
    return text


def _address(value: Any) -> str:
    text = _text(value)
    if text and not re.match(r"https?://[^\s/]+", text):
        raise ValueError(f'found "{text[:80]}", expected an address that begins with http:// or https://')
    return text


def _date(value: Any) -> DateSpan | None:
    text = _text(value)
    if not text:
        return None
    try:
        return parse_edtf(text)
    except ValueError as error:
        # A day with a time is a day; other sources write 2019-02-14T09:00:00Z.
        if len(text) > 10 and text[10] in "T " and _TIME.fullmatch(text, 11):
            return _date(text[:10])
        raise ValueError(f"found {error}") from None


def _choice(options: tuple[str, ...]) -> Converter:
    def convert(value: Any) -> str:
        text = _text(value)
        if text not in options:
            raise ValueError(f'found "{text}", expected one of {", ".join(filter(None, options))}')
        return text

    return convert


def _members(kind: type, plain: str, converters: Mapping[str, Converter]) -> Converter:
    """A list of small records of one kind; a bare text stands for its member `plain`."""

    def convert(value: Any) -> tuple[Any, ...]:
        items = value if isinstance(value, list) else [] if value in (None, "") else [value]
        return tuple(member(item) for item in items)

    def member(item: Any) -> Any:
        parts = item if isinstance(item, dict) else {plain: item}
        unknown = parts.keys() - converters.keys()
        if unknown:
            raise ValueError(f'found "{min(unknown)}" in it, expected only {", ".join(converters)}')
        if plain not in parts or not converters[plain](parts[plain]):
            raise ValueError(f"found one without {plain}; write its {plain}")
        return kind(**{name: converters[name](part) for name, part in parts.items()})

    return convert


def _sections(value: Any) -> tuple[Section, ...]:
    members = {"text", "heading", "anchor", "page", "blocks", "links"}
    if not isinstance(value, list) or not all(isinstance(part, dict) and part.keys() <= members for part in value):
        raise ValueError("expected a list of {heading, anchor, text}")
    return tuple(Section(_prose(part.get("text")), _line(part.get("heading")), _line(part.get("anchor"))) for part in value)


_MOST_DIGITS = 18
"""A number of more may not fit 64 bits."""


def _number(value: Any) -> int:
    text = _text(value)
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ValueError(f'found "{text}", expected a number of bytes')
    return int(text)


def _flag(value: Any) -> bool:
    if value in (True, "true", False, "false", None, ""):
        return value in (True, "true")
    raise ValueError(f"found {_found(value)}, expected true or false")


CONVERTERS: Mapping[str, Converter] = {
    "id": _identity,
    "draft": _flag,
    "title": _line,
    "title_status": _choice(_STATUS),
    "subtitle": _line,
    "other_titles": _lines,
    "summary": _prose,
    "summary_note": _line,
    "text": _prose,
    "sections": _sections,
    "type": _keyword,
    "date": _date,
    "people": _members(Person, "name", {"name": _line, "role": _line}),
    "topics": keywords,
    "language": _line,
    "event": _line,
    "venue": _line,
    "place": _line,
    "url": _address,
    "files": _members(FileLink, "url", {"url": _address, "label": _line, "media_type": _line, "size": _number}),
    "sources": _members(
        Evidence, "source", {"source": _line, "fields": _lines, "confidence": _choice(_CONFIDENCE), "note": _line}
    ),
    "proposals": _members(
        Proposal,
        "value",
        {"field": _line, "value": _line, "sources": _lines, "confidence": _choice(_CONFIDENCE), "note": _line},
    ),
    "notes": _lines,
}
"""Every key a record may have, and how its value is read: a function that raises ValueError saying found, expected, fix."""


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f'"{value}"'
