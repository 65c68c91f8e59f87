"""The whole corpus, read: every document and every mistake, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.facts import add_facts
from indexer.metadata import to_document, unify_spelling
from indexer.readers import Record, read_records
from indexer.sources import source_files
from indexer.topics import TopicPhrases
from search.config import Config
from search.document import Document
from search.errors import Problem


@dataclass(frozen=True, slots=True)
class Corpus:
    """`records` counts what was found in the files: documents plus records that a mistake left out."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    records: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def bad_files(self) -> frozenset[str]:
        """Files with a mistake: what was published from them before may be missing now because of it."""
        return frozenset(problem.path for problem in self.errors)


def read_corpus(config: Config) -> Corpus:
    """Read every source and every fact. Mistakes are collected; nothing is raised for them."""
    files, problems = source_files(config)
    documents: dict[str, Document] = {}
    first_seen: dict[str, Record] = {}
    records = 0
    for file in files:
        for item in read_records(file):
            records += 1
            if isinstance(item, Problem):
                problems.append(item)
                continue
            document, found = to_document(item, config)
            problems += found
            if document is None:
                continue
            if document.id in documents:
                problems.append(item.problem("id", _repeated(document.id, first_seen[document.id], item)))
                continue
            documents[document.id] = document
            first_seen[document.id] = item
    problems += add_facts(documents, config)
    unified, respelled = unify_spelling(list(documents.values()), config)
    phrases = TopicPhrases(config)
    return Corpus(tuple(map(phrases.assign, unified)), (*problems, *respelled), records)


def _repeated(document_id: str, first: Record, again: Record) -> str:
    where = f"on line {first.line_of('id')}"
    if first.file != again.file:
        where = f"in {first.file}, line {first.line_of('id')}"
    return f'"{document_id}" is already used {where}; every id must be unique; give one of the two another'
