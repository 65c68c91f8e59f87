"""A record to a `Document`, or every mistake in it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from indexer.readers.record import Record
from indexer.records.converters import CONVERTERS, Converter, keywords
from search.config.settings import Config
from search.errors import Problem
from search.model.document import Document, Section, TopicEvidence

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
    ids of those and of the ones with a mistake.

    `mistaken` are the ids of the latter, by file; "" stands for one that cannot be told.
    """

    def __init__(self, config: Config) -> None:
        self.drafts = 0
        self.left_out: set[str] = set()
        self.mistaken: dict[str, set[str]] = {}
        self.extra = tuple(sorted(config.fields))
        self.metadata = Metadata({**CONVERTERS, **dict.fromkeys(self.extra, keywords)}, self.extra)

    def document(self, record: Record) -> Document | None:
        """The document a record describes; None where a mistake leaves none, or the record is a draft."""
        values, whole = self.metadata.values(record)
        if values.pop("draft", False) and whole:
            self.drafts += 1
            self.left_out.add(values.get("id", ""))
            return None
        if not (self._is_complete(record, values) and whole):
            self.left_out.add(values.get("id", ""))
            self.mistaken.setdefault(record.file, set()).add(values.get("id", ""))
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
