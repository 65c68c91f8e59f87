"""A record to a `Document`, or every mistake in it: the one place that says which keys a record may have and what they hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

from indexer.readers import Record
from search.config import Config
from search.dates import DateSpan, parse_date
from search.document import Document, Evidence, FileLink, Person, Proposal, Section, TopicEvidence
from search.errors import Problem

MAX_ID = 200
"""Ids stand in URLs and as terms; engines limit a term to some hundreds of bytes."""
MAX_VALUE = 200
"""Characters of a keyword value: addresses with longer ones are not read (`search.query_string`)."""
_CONFIDENCE = ("high", "medium", "low", "")
_STATUS = ("published", "filled", "not_preserved")
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\v\f\r"})
"""Characters no text holds and no feed may; the rest of what XML forbids cannot be written in UTF-8 or is checked beside."""
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


def _keywords(value: Any) -> tuple[str, ...]:
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
        return parse_date(text)
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
    members = {"text", "heading", "anchor"}
    if not isinstance(value, list) or not all(isinstance(part, dict) and part.keys() <= members for part in value):
        raise ValueError("expected a list of {heading, anchor, text}")
    return tuple(Section(_prose(part.get("text")), _line(part.get("heading")), _line(part.get("anchor"))) for part in value)


def _number(value: Any) -> int:
    text = _text(value)
    if not (text.isascii() and text.isdigit()):
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
    "topics": _keywords,
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

_SEVERAL = ("other_titles", "people", "topics", "files", "sources", "notes")


class Metadata:
    """Reads records by one set of converters and collects the problems met. `own` are the archive's own fields."""

    def __init__(self, converters: Mapping[str, Converter], own: tuple[str, ...] = ()) -> None:
        self.converters = converters
        self.several = frozenset((*_SEVERAL, *own))
        self.parts = frozenset((*CONVERTERS, *own))
        self._problems: list[Problem] = []
        self._unknown: dict[tuple[str, str], tuple[Record, int]] = {}

    @property
    def problems(self) -> list[Problem]:
        """Those of single records, and each unknown key once for each file."""
        unknown = [
            record.problem(key, self._advice(key, times), warning=True) for (_, key), (record, times) in self._unknown.items()
        ]
        return [*self._problems, *unknown]

    def tell(self, record: Record, name: str, message: str, *, warning: bool = False) -> None:
        self._problems.append(record.problem(name, message, warning=warning))

    def values(self, record: Record) -> tuple[dict[str, Any], bool]:
        """The record's values as documents hold them, by field, and whether all of them could be read."""
        values: dict[str, Any] = {}
        whole = True
        for name, value in record.values.items():
            converter = self.converters.get(name)
            if converter is None:
                first, times = self._unknown.get((record.file, name), (record, 0))
                self._unknown[record.file, name] = first, times + 1
                continue
            if record.flat and name in self.several and isinstance(value, str):
                value = [part for part in value.split(";") if part.strip()]
            try:
                values[name] = converter(value)
            except ValueError as error:
                self.tell(record, name, str(error))
                whole = False
        if values.get("sources") or values.get("proposals"):
            self._tell_unknown_parts(record, values)
        return values, whole

    def _tell_unknown_parts(self, record: Record, values: Mapping[str, Any]) -> None:
        """Sources and proposals say which parts of a document they are about."""
        about = [("sources", name) for evidence in values.get("sources", ()) for name in evidence.fields]
        about += [("proposals", proposal.field) for proposal in values.get("proposals", ()) if proposal.field]
        for key, name in dict.fromkeys(about):
            if name not in self.parts:
                near = difflib.get_close_matches(name, self.parts, 1)
                advice = f'did you mean "{near[0]}"?' if near else "write the name of a field"
                self.tell(record, key, f'found "{name}", which is no part of a document; {advice}', warning=True)

    def _advice(self, key: str, times: int) -> str:
        near = difflib.get_close_matches(key, self.converters, 1)
        advice = f'did you mean "{near[0]}"?' if near else "declare it under `fields`, or map it with `mapping`"
        where = f" here and in {times - 1:,} more" if times > 1 else ""
        return f"is not a field of this archive and was left out{where}; {advice}"


class DocumentMaker:
    """Records to documents, for one configuration. `drafts` counts the records that ask to be left out; `left_out` are the
    ids of those and of the ones with a mistake."""

    def __init__(self, config: Config) -> None:
        self.drafts = 0
        self.left_out: set[str] = set()
        self.extra = tuple(sorted(config.fields))
        self.metadata = Metadata({**CONVERTERS, **dict.fromkeys(self.extra, _keywords)}, self.extra)

    def document(self, record: Record) -> Document | None:
        """The document a record describes; None where a mistake leaves none, or the record is a draft."""
        values, whole = self.metadata.values(record)
        if values.pop("draft", False) and whole:
            self.drafts += 1
            self.left_out.add(values.get("id", ""))
            return None
        if not (self._is_complete(record, values) and whole):
            self.left_out.add(values.get("id", ""))
            return None
        text = values.pop("text", "")
        sections = tuple(section for section in values.get("sections", ()) if section.text or section.heading)
        values["sections"] = (Section(text), *sections) if text else sections
        extra = tuple((name, values.pop(name)) for name in self.extra if name in values)
        evidence = tuple(TopicEvidence(topic, source=record.file) for topic in values.get("topics", ()))
        return Document(**values, topic_evidence=evidence, extra=extra, source_path=record.file)

    def _is_complete(self, record: Record, values: dict[str, Any]) -> bool:
        given, status, missing = record.values, values.get("title_status"), []
        if "id" not in given:
            missing.append(("id", "every document needs an id of its own that never changes"))
        if "title" not in given:
            missing.append(("title", 'write title: "" if it is not known, or name its key under `mapping`'))
        if not {"text", "sections", "summary"} & given.keys():
            missing.append(("text", 'write text: "" if there is none, or name its key under `mapping`'))
        for name, fix in missing:
            self.metadata.tell(record, name, f"is missing; {fix}")
        if missing:
            return False
        if values.get("title") and status == "not_preserved":
            self.metadata.tell(record, "title_status", "found not_preserved beside a title; remove one of the two")
            return False
        if values.get("title") == "" and status != "not_preserved":
            values["title_status"] = "not_preserved"
            self._warn(record, "title", "is empty; the document is published as untitled")
        if values.get("text") == "" and not (status or given.get("sections") or given.get("summary")):
            self._warn(record, "text", "is empty; the document is found by its title and dates only")
        return True

    def _warn(self, record: Record, name: str, message: str) -> None:
        if name not in record.filled:  # what a default leaves empty is meant to be empty
            self.metadata.tell(record, name, message, warning=True)


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f'"{value}"'
