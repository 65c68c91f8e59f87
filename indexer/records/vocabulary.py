"""Choose one spelling for each value of a keyword field, and warn of values that look misspelt."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from indexer.readers.record import Place
from indexer.spooled_documents import SpooledDocuments
from search.config.settings import Config
from search.errors import Problem
from search.fields import Fields, KeywordField
from search.model.document import Document
from search.model.query import NOT_STATED
from search.text.analysis import fold_value

_KEYS = {"type": "type", "topic": "topics"}
"""Keys of records whose facet has another name."""
Stated = tuple[str, str, Any]
"""A document, a key and a value that facts gave it. A problem with the value is reported in the file of facts."""


class Vocabulary:
    """The spelling with which each value of a document is published; "" for a value that means "not stated"."""

    def __init__(self, documents: SpooledDocuments, stated: Mapping[Stated, Place], config: Config) -> None:
        fields = tuple(
            field
            for field in Fields(config).keyword.values()
            if not (field.is_period or field.is_hidden or field.name in ("title_status", "access"))
        )
        self.problems: list[Problem] = []
        self._bodies = frozenset(person.label for person in config.people.values() if person.body)
        self._respelled: dict[str, dict[str, str]] = {}
        counts = documents.count_values()
        advice: dict[tuple[str, str], str] = {}
        for field in fields:
            self._respelled[field.name] = self._spelling(field, counts.get(field.name, {}), advice)
        first = documents.find_first(advice)
        for (name, value), message in advice.items():
            document_id, others = first[name, value], counts[name][value] - 1
            record = stated.get((document_id, _KEYS.get(name, name), value)) or documents.read(document_id).place
            more = f" (and in {others:,} more)" if others else ""
            self.problems.append(record.problem(_KEYS.get(name, name), message + more, warning=True))

    def _spelling(self, field: KeywordField, counts: Mapping[str, int], advice: dict[tuple[str, str], str]) -> dict[str, str]:
        """Return the published spelling of each value that is published otherwise, and add advice about values."""
        respelled: dict[str, str] = {}
        first: dict[str, str] = {}
        for value in sorted(counts, key=lambda value: (-counts[value], value)):
            spelling = first.setdefault(fold_value(value), field.canonical(value))
            message = self._advise(field, spelling)
            if fold_value(value) == NOT_STATED:
                respelled[value] = ""
                message = f'found "{value}", which searches use for documents without a value, so it is left out'
            elif spelling != value:
                respelled[value] = spelling
                is_meant = field.name == "people" and fold_value(value) in field.spellings
                message = "" if is_meant else f'found "{value}", elsewhere written "{spelling}"; shown as "{spelling}"'
            if message:
                advice[field.name, value] = message
        return respelled

    def _advise(self, field: KeywordField, value: str) -> str:
        """Return a warning about a value that the configuration does not list; "" if it need not list it."""
        if not field.spellings or fold_value(value) in field.spellings:
            return ""
        near = difflib.get_close_matches(fold_value(value), field.spellings, 1, 0.8)
        if near:
            return f'found "{value}", which the configuration does not list; did you mean "{field.spellings[near[0]]}"?'
        return f'found "{value}", which is no topic of the configuration; it is shown as written' if field.name == "topic" else ""

    @property
    def has_changes(self) -> bool:
        """Whether any document may be published with another spelling."""
        return bool(any(self._respelled.values()) or self._bodies)

    def respell(self, document: Document) -> Document:
        """Return the document with each value in its published spelling."""
        if not self.has_changes:
            return document

        def spell(field: str, values: tuple[str, ...]) -> tuple[str, ...]:
            other = self._respelled.get(field, {})
            return tuple(dict.fromkeys(spelling for value in values if (spelling := other.get(value, value))))

        kind = spell("type", (document.type,))
        spelled = ((topic, evidence) for evidence in document.topic_evidence for topic in spell("topic", (evidence.topic,)))
        evidence = tuple(replace(evidence, topic=topic) for topic, evidence in spelled)
        extra = tuple((name, spell(name, values)) for name, values in document.extra)
        named = ((person, name) for person in document.people for name in spell("people", (person.name,)))
        people = tuple(replace(person, name=name, is_body=name in self._bodies or person.is_body) for person, name in named)
        topics = spell("topic", document.topics)
        return replace(document, type=kind[0] if kind else "", topics=topics, topic_evidence=evidence, extra=extra, people=people)
