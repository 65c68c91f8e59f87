"""What is known of documents from elsewhere: YAML files of facts, each about one document, with who says so.

    - document: entry-2014-01-31
      title: A Measure of Restraint in Cyberspace     # fills a title that was not preserved
      sources: [{source: https://..., fields: [title], confidence: high}]

A value the corpus states itself is kept; a title that differs from it becomes another title. `proposals` are shown as
such and never used. `topics` are added, with `topic_source` as their evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.metadata import CONVERTERS
from indexer.readers import Record, Unreadable, read_records
from indexer.sources import SourceFile
from search.config import Config, Source
from search.document import Document, TopicEvidence
from search.errors import Problem

_ADDED = ("other_titles", "people", "files", "sources", "proposals", "notes")
_FILLED = ("subtitle", "summary", "summary_note", "event", "venue", "place", "url", "language", "type", "date")
_KNOWN = ("document", "title", "topics", "topic_source", *_ADDED, *_FILLED)


def add_facts(documents: dict[str, Document], config: Config) -> list[Problem]:
    """Add all facts to the documents they are about, in place; returns every mistake."""
    problems: list[Problem] = []
    for name in config.facts:
        for item in _facts(config, name):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                problems += _add(documents, item)
    return problems


def _facts(config: Config, name: str) -> Iterator[Record | Problem]:
    path = config.folder / name
    if not path.is_file():
        yield Problem(name, 0, "facts", "there is no such file; correct the path, which is relative to the configuration")
        return
    try:
        yield from read_records(SourceFile(path, name, Source(path=name), "yaml"))
    except Unreadable as error:
        yield Problem(name, error.line, "", error.reason)


def _add(documents: dict[str, Document], record: Record) -> list[Problem]:
    document = documents.get(str(record.values.get("document", "")))
    if document is None:
        found = record.values.get("document", "nothing")
        return [record.problem("document", f'found "{found}", expected the id of a document; correct it')]
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, value in record.values.items():
        try:
            if name not in _KNOWN:
                raise ValueError(f"is not a fact; known here: {', '.join(_KNOWN)}")
            values[name] = CONVERTERS[name](value) if name in CONVERTERS else str(value)
        except ValueError as error:
            problems.append(record.problem(name, str(error)))
    documents[document.id] = _amended(document, values)
    return problems


def _amended(document: Document, values: dict[str, Any]) -> Document:
    changes: dict[str, Any] = {name: getattr(document, name) + values[name] for name in _ADDED if values.get(name)}
    changes |= {name: values[name] for name in _FILLED if values.get(name) and not getattr(document, name)}
    title = values.get("title", "")
    if title and not document.title:
        changes |= {"title": title, "title_status": "filled"}
    elif title and title != document.title:
        changes["other_titles"] = (*changes.get("other_titles", document.other_titles), title)
    topics = tuple(topic for topic in values.get("topics", ()) if topic not in document.topics)
    if topics:
        evidence = tuple(TopicEvidence(topic, source=values.get("topic_source", "")) for topic in topics)
        changes |= {"topics": document.topics + topics, "topic_evidence": document.topic_evidence + evidence}
    return replace(document, **changes)
