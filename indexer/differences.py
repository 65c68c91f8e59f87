"""Compare two versions of a document field by field, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from search.model.dates import DateSpan
from search.model.document import Document

_NOT_SHOWN = frozenset({"id", "extra", "topic_evidence", "source_path", "sections", "date", "date_words"})


def plain_fields(document: Document) -> dict[str, Any]:
    """Return the fields of a document as plain values: texts, lists, objects; own fields under their names."""
    values = {name: msgspec.to_builtins(getattr(document, name)) for name in document.__struct_fields__ if name not in _NOT_SHOWN}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    values["text"] = "\n\n".join(filter(None, document.section_texts))
    values["date"] = _format_date(document.date, document.date_words)
    values["file"] = document.source_path
    return values | {name: list(texts) for name, texts in document.extra}


def changed_fields(old: Document, new: Document) -> dict[str, list[Any]]:
    """Return the old and the new value of every field that differs; "sections" where only the layout of the text does."""
    before, after = plain_fields(old), plain_fields(new)
    names = dict.fromkeys((*before, *after))
    found = {name: [before.get(name, []), after.get(name, [])] for name in names if before.get(name, []) != after.get(name, [])}
    if not found and old.sections != new.sections:
        return {"sections": [msgspec.to_builtins(old.sections), msgspec.to_builtins(new.sections)]}
    return found


def new_values(documents: Iterable[Document], known: Mapping[str, Mapping[str, int]]) -> dict[str, list[str]]:
    """Return the values of facets that documents have and the published archive (`known`: counts by value) has not."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        stated = {"type": (document.type,), "topic": document.topics, **dict(document.extra)}
        for name, counts in known.items():
            for value in stated.get(name, ()):
                if value and value not in counts:
                    found.setdefault(name, {})[value] = None
    return {name: list(values) for name, values in found.items()}


def _format_date(span: DateSpan | None, words: str) -> str:
    return (f"{span.edtf} ({span.words})" if span.words else span.edtf) if span else words
