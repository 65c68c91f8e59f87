"""The whole corpus, read: every document and every mistake, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from indexer.readers.reading import read_records
from indexer.readers.record import Record
from indexer.records.facts import add_facts
from indexer.records.metadata import DocumentMaker
from indexer.records.topics import TopicPhrases
from indexer.records.vocabulary import Vocabulary
from indexer.sources import source_files
from search.config.settings import Config
from search.errors import Problem
from search.model.document import Document


@dataclass(frozen=True, slots=True)
class Corpus:
    """`records` counts what was found in the files: documents, drafts, and what a mistake left out.

    `doubtful` are ids of documents that facts with a mistake are about (all of them, where facts cannot be read), `mistaken`
    those of records with a mistake, which another document's id is too. `bad_files` are files, folders and
    patterns with a mistake that names no document: whatever was published from them may be missing now because of it.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    records: int
    drafts: int = 0
    doubtful: frozenset[str] = frozenset()
    mistaken: frozenset[str] = frozenset()
    bad_files: frozenset[str] = frozenset()

    @property
    def reported(self) -> int:
        """Records and files left out because of a mistake."""
        return self.records - self.drafts - len(self.documents)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_corpus(config: Config) -> Corpus:
    """Read every source and every fact. Mistakes are collected; nothing is raised for them."""
    files, problems = source_files(config)
    records = sum(problem.severity == "error" for problem in problems)
    maker = DocumentMaker(config)
    documents: dict[str, Document] = {}
    read_from: dict[str, Record] = {}
    repeated_in: set[str] = set()
    for file in files:
        for item in read_records(file):
            records += 1
            if isinstance(item, Problem):
                problems.append(item)
                continue
            document = maker.document(item)
            if document is None:
                continue
            if document.id in documents:
                _tell_repeated(maker, item, document.id, read_from[document.id])
                repeated_in |= {read_from[document.id].file, item.file}  # one of the two has another's id
                continue
            documents[document.id] = document
            read_from[document.id] = item
    bad_files = {problem.path for problem in problems if problem.severity == "error"}
    bad_files |= repeated_in | _telling_nothing(maker.mistaken, documents)
    facts = add_facts(documents, maker.left_out, config)
    phrases = TopicPhrases(config)
    vocabulary = Vocabulary(documents, read_from, facts.said, config)
    finished = tuple(phrases.assign(vocabulary.spelled(found), facts.denied.get(found.id, ())) for found in documents.values())
    problems += (*maker.metadata.problems, *facts.problems, *vocabulary.problems)
    doubtful = frozenset(documents) if facts.unreadable else frozenset(facts.doubtful)
    return Corpus(
        finished,
        tuple(sorted(problems, key=_place)),
        records,
        maker.drafts,
        doubtful,
        frozenset().union(*maker.mistaken.values()),
        frozenset(bad_files),
    )


def _telling_nothing(mistaken: Mapping[str, Collection[str]], documents: Mapping[str, Document]) -> set[str]:
    """Files with a record whose id cannot be told, or without any good one: its id may be a part of the mistake."""
    good = {document.source_path for document in documents.values()}
    return {file for file, ids in mistaken.items() if "" in ids or file not in good}


def _place(problem: Problem) -> tuple[str, int]:
    return problem.path, problem.line


def _tell_repeated(maker: DocumentMaker, again: Record, document_id: str, first: Record) -> None:
    """Report a record whose id an earlier one has."""
    where = f"on line {first.line_of('id')}"
    if first.file != again.file:
        where = f"in {first.file}, line {first.line_of('id')}"
    advice = "every id must be unique; give one of the two another"
    maker.metadata.tell(again, "id", f'"{document_id}" is already used {where}; {advice}')
    maker.mistaken.setdefault(again.file, set()).add(document_id)
