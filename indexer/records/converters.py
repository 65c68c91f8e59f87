"""Convert each value of a record to that of a document. The ValueErrors raised name what was found and what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from indexer.records.dates import line_of_date
from indexer.records.text_values import Context, Converter, clean_text, line_of, prose_of
from search.errors import describe_value
from search.model.document import Block, Evidence, FileLink, LinkSpan, Person, Proposal, Section
from search.model.document_fields import DOCUMENT_FIELDS, ValueKind

MAX_ID = 500
"""Bytes; engines limit an id to 512."""
_CONFIDENCE = ("high", "medium", "low", "")
_STATUS = ("published", "filled", "not_preserved")
_URL = re.compile(r"https?://[^\s/]+", re.I)
_MOST_DIGITS = 18
"""A longer number may not fit into 64 bits."""
_NOT_IN_IDS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _line(value: Any, context: Context) -> str:
    return "; ".join(_lines(value, context)) if isinstance(value, list) else line_of(value, context)


def _prose(value: Any, context: Context) -> str:
    if isinstance(value, list):
        return "\n\n".join(text for item in value if (text := prose_of(item, context)))
    return prose_of(value, context)


def _lines(value: Any, context: Context) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(text for item in items if (text := line_of(item, context))))


def read_keywords(value: Any, context: Context) -> tuple[str, ...]:
    """Return the values of a keyword field. True and false are values."""
    items = value if isinstance(value, list) else [value]
    return _lines([str(item).lower() if isinstance(item, bool) else item for item in items], context)


def read_id(value: Any, context: Context) -> str:
    """Return an id: any printable text, with runs of white space as one space."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str) and (found := _NOT_IN_IDS.search(value.strip())) and not found[0].isspace():
        raise ValueError(f"contains the control character U+{ord(found[0]):04X}; remove it")
    text = " ".join(clean_text(value, context).split())
    if not text:
        raise ValueError("is empty; every document needs an id of its own that never changes")
    if len(text.encode()) > MAX_ID:
        raise ValueError(f'found "{text[:40]}…", expected at most {MAX_ID} bytes; shorten it')
    if {".", ".."} & set(text.split("/")):
        raise ValueError(f'found "{text}", expected no part "." or ".." between slashes; write another')
    return text


def _address(value: Any, context: Context) -> str:
    items = [item for item in value if item] if isinstance(value, list) else [value]
    if len(items) > 1:
        context.warn(f"has {len(items)} addresses, and only the first is used; add the others under `files` or `sources`")
    text = clean_text(items[0] if items else "", context)
    if text and not _URL.match(text):
        raise ValueError(f'found "{text[:80]}", expected an address that begins with http:// or https://')
    return text


def _choice(options: tuple[str, ...]) -> Converter:
    def convert(value: Any, context: Context) -> str:
        text = clean_text(value, context)
        if text not in options:
            raise ValueError(f'found "{text}", expected one of {", ".join(filter(None, options))}')
        return text

    return convert


def _members(kind: Callable[..., Any], plain: str, converters: Mapping[str, Converter]) -> Converter:
    """Return a converter for a list of small records. A plain text is taken for the member `plain`."""

    def convert(value: Any, context: Context) -> tuple[Any, ...]:
        items = value if isinstance(value, list) else [value]
        return tuple(member(item, context) for item in items if item not in (None, "", []))

    def member(item: Any, context: Context) -> Any:
        parts = item if isinstance(item, dict) else {plain: item}
        for unknown in sorted(parts.keys() - converters.keys()):
            context.warn(f'"{unknown}" in it is not known and was left out; known are {", ".join(converters)}')
        known = {name: converters[name](part, context) for name, part in parts.items() if name in converters}
        if plain == "name" and not known.get(plain):  # people may be given by the parts of their names
            known[plain] = " ".join(filter(None, map(known.get, ("given", "particle", "family", "suffix"))))
        if not known.get(plain):
            raise ValueError(f"found one without {plain}; write its {plain}")
        try:
            return kind(**known)
        except TypeError:  # a required member
            raise ValueError(f"found one that lacks a part; write {', '.join(converters)}") from None

    return convert


def _sections(value: Any, context: Context) -> tuple[Section, ...]:
    members = {"text", "heading", "anchor", "blocks", "links", "page"}
    if not isinstance(value, list) or not all(isinstance(part, dict) and part.keys() <= members for part in value):
        raise ValueError("expected a list of {heading, anchor, text}")
    return tuple(_section(part, context) for part in value)


def _file_address(value: Any, context: Context) -> str:
    """Return the address of a file on the web, or its path within the archive's folder."""
    text = clean_text(value, context)
    return text if text and not re.match(r"[a-z][a-z0-9+.-]*:", text, re.I) else _address(value, context)


def _section(part: Mapping[str, Any], context: Context) -> Section:
    if "blocks" not in part:
        heading, anchor = line_of(part.get("heading"), context), line_of(part.get("anchor"), context)
        return Section(prose_of(part.get("text"), context), heading, anchor, page=_number(part.get("page", 0), context))
    # A reader made these blocks and counted positions in the text, so the text must not change.
    try:
        blocks = tuple(Block(*block) for block in part["blocks"])
        links = tuple(LinkSpan(*link) for link in part.get("links", ()))
        section = Section(part["text"], part.get("heading", ""), part.get("anchor", ""), blocks, links, part.get("page", 0))
        return msgspec.convert(msgspec.to_builtins(section), Section)
    except (TypeError, KeyError, msgspec.ValidationError):
        raise ValueError("expected blocks as [kind, start, end, level]; leave blocks out") from None


def _number(value: Any, context: Context) -> int:
    text = clean_text(value, context)
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ValueError(f'found "{text}", expected a number')
    return int(text)


def _flag(value: Any, context: Context) -> bool:
    text = value.strip().lower() if isinstance(value, str) else value
    if text in (True, "true", "yes", "on"):
        return True
    if text in (False, "false", "no", "off", None, ""):
        return False
    raise ValueError(f"found {describe_value(value)}, expected true or false")


def _body(value: Any, context: Context) -> bool | None:
    return None if value in (None, "") else _flag(value, context)


def _person(body: bool | None = None, **parts: Any) -> Person:
    return Person(**parts, is_body=body)


def _rights(value: Any, context: Context) -> tuple[str, str]:
    """Return words and the address of a statement, from a text, an address, or {text, url}."""
    if isinstance(value, dict):
        for unknown in sorted(value.keys() - {"text", "url"}):
            context.warn(f'"{unknown}" in it is not known and was left out; known are text, url')
        return _line(value.get("text"), context), _address(value.get("url"), context)
    text = _line(value, context)
    words, _, last = text.rpartition(" ")
    return (text if words else "", last) if _URL.match(last) else (text, "")


_PLAIN: Mapping[ValueKind, Converter] = {
    "line": _line,
    "lines": _lines,
    "prose": _prose,
    "address": _address,
    "values": read_keywords,
}
_PARTS_OF_NAMES = ("name", "role", "family", "given", "particle", "suffix")
CONVERTERS: Mapping[str, Converter] = {
    **{field.name: _PLAIN[field.value] for field in DOCUMENT_FIELDS if field.value},
    "id": read_id,
    "draft": _flag,
    "title_status": _choice(_STATUS),
    "sections": _sections,
    "date": line_of_date,
    "date_end": line_of_date,
    "date_words": _line,
    "people": _members(_person, "name", {**dict.fromkeys(_PARTS_OF_NAMES, _line), "body": _body}),
    "files": _members(FileLink, "url", {"url": _file_address, "label": _line, "media_type": _line, "size": _number}),
    "sources": _members(
        Evidence, "source", {"source": _line, "fields": _lines, "confidence": _choice(_CONFIDENCE), "note": _line}
    ),
    "proposals": _members(
        Proposal,
        "value",
        {"field": _line, "value": _line, "sources": _lines, "confidence": _choice(_CONFIDENCE), "note": _line},
    ),
    "rights": _rights,
}
"""Every key a record may have, and the function that reads its value."""
