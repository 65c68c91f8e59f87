"""Add facts about documents from files of facts, each with its source.

    - document: entry-2014-01-31
      title: A Measure of Restraint in Cyberspace     # fills a title that was not preserved
      sources: [{source: https://..., fields: [title], confidence: high}]

A value the corpus states itself is kept, and a title that differs from it becomes another title. `topics` are added, with
`topic_source` as their evidence; `not_topics` are those that a phrase finds wrongly. `proposals` are shown as such and
never used. Facts with a mistake in them are not used at all.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from indexer.formats import READER_BY_ENDING
from indexer.readers.reading import read_records
from indexer.readers.record import Place, Record
from indexer.records.converters import CONVERTERS
from indexer.records.dates import read_date
from indexer.records.mapping import SourceMapping
from indexer.records.metadata import Metadata
from indexer.setting_mistakes import locate_missing_files
from indexer.sources import SourceFile
from indexer.spooled_documents import SpooledDocuments
from search.config.settings import Config, Source
from search.errors import Problem
from search.model.document import Document, TopicEvidence
from search.model.document_fields import LIST_FIELDS, fields_by_facts
from search.text.analysis import fold_value

_ADDED, _FILLED = fields_by_facts("add"), fields_by_facts("fill")
_KNOWN = {
    "document": CONVERTERS["id"],
    "topic_source": CONVERTERS["venue"],
    "not_topics": CONVERTERS["topics"],
    **{name: CONVERTERS[name] for name in ("title", "topics", *_ADDED, *_FILLED)},
}
_NEAR = 5
"""Number of similar ids that facts about an unknown id may be meant for. If two digits of a date are swapped, several ids are
equally similar, and none of these documents may lose its facts."""


@dataclass(slots=True)
class Facts:
    """The result of adding facts. `stated` are the places of the values that documents got, by document, key and value; `denied`
    are topics a document must not get from phrases; `doubtful` are the documents whose facts have a mistake, and
    `unreadable` the files of facts that could not be read at all."""

    language: str = "en"
    problems: list[Problem] = field(default_factory=list)
    stated: dict[tuple[str, str, Any], Place] = field(default_factory=dict)
    denied: dict[str, tuple[str, ...]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)


def add_facts(documents: SpooledDocuments, unpublished: Collection[str], config: Config) -> Facts:
    """Add all facts to their documents, in place. Facts about unpublished documents are not used and not reported."""
    facts = Facts(config.language)
    metadata = Metadata(_KNOWN, tuple(config.fields))
    topics = {fold_value(topic): topic for topic in config.topics}
    for name in config.facts:
        for item in _records(config, name):
            if isinstance(item, Problem):
                facts.problems.append(item)
                facts.unreadable.append(name)
            elif item.values.get("document") not in unpublished:
                _add(documents, item, topics, metadata, facts)
    facts.problems += metadata.problems
    return facts


def _records(config: Config, name: str) -> Iterator[Record | Problem]:
    path = config.folder / name
    if not path.is_file():
        message = "there is no such file; correct the path, which is relative to the configuration"
        yield from locate_missing_files(config, [Problem(name, 0, f"facts.{config.facts.index(name)}", message)])
        return
    file = SourceFile(path, name, Source(path=name), READER_BY_ENDING.get(path.suffix.lower(), "yaml"))
    mapping = SourceMapping(file.source, frozenset(_KNOWN), frozenset((*LIST_FIELDS, *config.fields)))
    for item in read_records(file, may_be_empty=True):
        yield mapping.apply(item, file) if isinstance(item, Record) else item


def _add(documents: SpooledDocuments, record: Record, topics: Mapping[str, str], metadata: Metadata, facts: Facts) -> None:
    values, whole = metadata.read_values(record)
    if values.get("date"):
        date, _ = read_date(values["date"], "", "", facts.language, ())
        values["date"] = date.span
        if date.warning:
            metadata.report(record, "date", date.warning, warning=True)
    about = values.get("document") or str(record.values.get("document", ""))
    document = documents.get(about)
    if document is None:
        near = difflib.get_close_matches(about, documents, _NEAR)
        facts.doubtful.update(near if about else documents)  # without an id they may be about any
        advice = f'did you mean "{near[0]}"?' if near else "correct it"
        if "document" not in record.values or "document" in values:
            metadata.report(record, "document", f'found "{about}", expected the id of a document; {advice}')
    elif not whole:
        facts.doubtful.add(about)
    else:
        documents[about] = _amend(document, values)
        _report_what_is_kept(document, record, values, metadata, facts)
        _report_unknown_topics(record, values, topics, metadata)
        denied = (topics.get(fold_value(topic), topic) for topic in values.get("not_topics", ()))
        facts.denied[about] = (*facts.denied.get(about, ()), *denied)


def _report_what_is_kept(document: Document, record: Record, values: dict[str, Any], metadata: Metadata, facts: Facts) -> None:
    """Record which values the facts added, and warn of values the document had already."""
    for name in _FILLED:
        stated, value = getattr(document, name), values.get(name)
        if not stated and value:
            facts.stated[document.id, name, value] = record.place
        elif stated and name in values and value != stated:
            first = facts.stated.get((document.id, name, stated))
            where = f"in {first.file}, line {first.line_of(name)}" if first else "by the document itself"
            metadata.report(record, name, f"is stated {where}, which is kept; correct it there", warning=True)
    for topic in values.get("topics", ()):
        if topic not in document.topics:
            facts.stated[document.id, "topics", topic] = record.place


def _report_unknown_topics(record: Record, values: dict[str, Any], topics: Mapping[str, str], metadata: Metadata) -> None:
    for topic in values.get("not_topics", ()):
        if fold_value(topic) not in topics:
            near = difflib.get_close_matches(fold_value(topic), topics, 1)
            advice = f'did you mean "{topics[near[0]]}"?' if near else "no phrase finds it"
            metadata.report(
                record, "not_topics", f'found "{topic}", which is no topic of the configuration; {advice}', warning=True
            )


def _amend(document: Document, values: dict[str, Any]) -> Document:
    changes: dict[str, Any] = {name: getattr(document, name) + values[name] for name in _ADDED if values.get(name)}
    changes |= {name: values[name] for name in _FILLED if values.get(name) and not getattr(document, name)}
    if "date" in changes:
        changes["date_words"] = ""
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
