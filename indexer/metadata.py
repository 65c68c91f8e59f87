"""A record to a `Document`, or every mistake in it. The one place that says which keys a record may have and how they are written."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from indexer.readers import Record
from search.config import Config
from search.dates import DateSpan, parse_date
from search.document import Document, Evidence, FileLink, Person, Proposal, Section, TopicEvidence
from search.errors import Problem
from search.fields import Fields, fold_value

MAX_ID = 200
"""Ids stand in URLs and as terms; engines limit a term to some hundreds of bytes."""
_CONFIDENCE = ("high", "medium", "low", "")
_STATUS = ("published", "filled", "not_preserved")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"found {_found(value)}, expected text; write it in quotes")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(dict.fromkeys(text for item in value if (text := _text(item))))
    text = _text(value)
    return (text,) if text else ()


def _date(value: Any) -> DateSpan | None:
    text = _text(value)
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        # A day with a time is a day; other sources write 2019-02-14T09:00:00Z.
        if len(text) > 10 and text[10] in "T ":
            return _date(text[:10])
        raise ValueError(f"found {error}") from None


def _choice(options: tuple[str, ...]) -> Callable[[Any], str]:
    def convert(value: Any) -> str:
        text = _text(value)
        if text not in options:
            raise ValueError(f'found "{text}", expected one of {", ".join(filter(None, options))}')
        return text

    return convert


def _members(kind: type, plain: str, converters: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], tuple[Any, ...]]:
    """A list of small records of one kind; a bare text stands for its member `plain`."""

    def convert(value: Any) -> tuple[Any, ...]:
        items = value if isinstance(value, list) else [] if value in (None, "") else [value]
        return tuple(member(item) for item in items)

    def member(item: Any) -> Any:
        parts = item if isinstance(item, dict) else {plain: item}
        unknown = parts.keys() - converters.keys()
        if unknown:
            raise ValueError(f'found "{min(unknown)}" in it, expected only {", ".join(converters)}')
        if not _text(parts.get(plain)):
            raise ValueError(f"found one without {plain}; write its {plain}")
        return kind(**{name: converters[name](part) for name, part in parts.items()})

    return convert


def _size(value: Any) -> int:
    text = _text(value)
    if not text.isdigit():
        raise ValueError(f'found "{text}", expected a number of bytes')
    return int(text)


evidence = _members(
    Evidence, "source", {"source": _text, "fields": _texts, "confidence": _choice(_CONFIDENCE), "note": _text}
)

CONVERTERS: Mapping[str, Callable[[Any], Any]] = {
    "id": _text,
    "title": _text,
    "title_status": _choice(_STATUS),
    "subtitle": _text,
    "other_titles": _texts,
    "summary": _text,
    "summary_note": _text,
    "type": _text,
    "date": _date,
    "people": _members(Person, "name", {"name": _text, "role": _text}),
    "topics": _texts,
    "language": _text,
    "event": _text,
    "venue": _text,
    "place": _text,
    "url": _text,
    "files": _members(FileLink, "url", {"url": _text, "label": _text, "media_type": _text, "size": _size}),
    "sources": evidence,
    "proposals": _members(
        Proposal,
        "value",
        {"field": _text, "value": _text, "sources": _texts, "confidence": _choice(_CONFIDENCE), "note": _text},
    ),
    "notes": _texts,
    "sections": _members(Section, "text", {"text": _text, "heading": _text, "anchor": _text}),
}


def to_document(record: Record, config: Config) -> tuple[Document | None, list[Problem]]:
    """The document a record describes, None where a mistake leaves none; and its mistakes and warnings."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    extra: dict[str, tuple[str, ...]] = {}
    for name, value in record.values.items():
        if name == "text":
            continue
        converter = _texts if name in config.fields else CONVERTERS.get(name)
        if converter is None:
            problems.append(record.problem(name, _unknown(name, config), warning=True))
            continue
        try:
            converted = converter(value)
        except ValueError as error:
            problems.append(record.problem(name, str(error)))
            continue
        if name in config.fields:
            extra[name] = converted
        else:
            values[name] = converted
    problems += _required(record, values)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    values.setdefault("sections", _sections(record.values.get("text")))
    if not values["title"] and values.get("title_status", "published") != "not_preserved":
        values["title_status"] = "not_preserved"
        problems.append(record.problem("title", "is empty; the document is published as untitled", warning=True))
    topic_evidence = tuple(TopicEvidence(topic, source=record.file) for topic in values.get("topics", ()))
    return (
        Document(**values, topic_evidence=topic_evidence, extra=tuple(sorted(extra.items())), source_path=record.file),
        problems,
    )


def _required(record: Record, values: Mapping[str, Any]) -> list[Problem]:
    problems = []
    document_id = values.get("id", "")
    if not document_id and "id" not in record.values:
        problems.append(record.problem("id", "is missing; every document needs an id of its own that never changes"))
    elif not document_id and "id" in values:
        problems.append(record.problem("id", "is empty; every document needs an id of its own that never changes"))
    elif len(document_id.encode()) > MAX_ID:
        problems.append(record.problem("id", f'found "{document_id[:40]}…", expected at most {MAX_ID} bytes; shorten it'))
    elif any(char.isspace() or ord(char) < 32 for char in document_id) or "/" in document_id:
        problems.append(record.problem("id", f'found "{document_id}", expected no spaces or slashes; write - instead'))
    if "title" not in record.values:
        problems.append(record.problem("title", 'is missing; write title: "" if it is not known'))
    if not {"text", "sections", "summary"} & record.values.keys():
        problems.append(record.problem("text", 'is missing; write text: "" if there is none'))
    elif "text" in record.values:
        problems += _text_problems(record)
    return problems


def _text_problems(record: Record) -> list[Problem]:
    text = record.values["text"]
    if text is not None and not isinstance(text, str):
        return [record.problem("text", f"found {_found(text)}, expected text; write it in quotes")]
    described = any(record.values.get(name) for name in ("sections", "summary")) or "title_status" in record.values
    if not (text or "").strip() and not described:
        return [record.problem("text", "is empty; the document is found by its title and dates only", warning=True)]
    return []


def _sections(text: Any) -> tuple[Section, ...]:
    words = text.strip() if isinstance(text, str) else ""
    return (Section(words),) if words else ()


def _unknown(name: str, config: Config) -> str:
    known = ["text", *CONVERTERS, *config.fields]
    near = difflib.get_close_matches(name, known, 1)
    advice = f'did you mean "{near[0]}"?' if near else "declare it under `fields`, or map it with `mapping`"
    return f"is not a field of this archive and was left out; {advice}"


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f'"{value}"'


def unify_spelling(documents: list[Document], config: Config) -> tuple[list[Document], list[Problem]]:
    """One spelling for each keyword value: the configuration's, else the first in sorted order. Each change is a warning."""
    fields = [field for field in Fields(config).keyword.values() if field.name not in ("year", "title_status")]
    problems: list[Problem] = []
    spelled: dict[str, dict[str, str]] = {}
    for field in fields:
        seen = {value for document in documents for value in field.stated(document)}
        first: dict[str, str] = {}
        for value in sorted(seen):
            first.setdefault(fold_value(value), field.canonical(value))
        spelled[field.name] = {value: first[fold_value(value)] for value in seen if first[fold_value(value)] != value}
    if not any(spelled.values()):
        return documents, problems
    unified = []
    for document in documents:
        changes, told = _respelled(document, spelled)
        problems += told
        unified.append(changes)
    return unified, problems


def _respelled(document: Document, spelled: Mapping[str, Mapping[str, str]]) -> tuple[Document, list[Problem]]:
    told = []

    def respell(field: str, values: tuple[str, ...]) -> tuple[str, ...]:
        other = spelled.get(field, {})
        for value in values:
            if value in other:
                message = f'"{value}" and "{other[value]}" are one value; shown as "{other[value]}"'
                told.append(Problem(document.source_path, 0, field, f"{document.id}: {message}", "warning"))
        return tuple(dict.fromkeys(other.get(value, value) for value in values))

    kind = respell("type", (document.type,))[0]
    topics = respell("topic", document.topics)
    extra = tuple((field, respell(field, values)) for field, values in document.extra)
    return (replace(document, type=kind, topics=topics, extra=extra), told) if told else (document, [])
