"""The whole corpus, read: every document and every mistake, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.facts import add_facts
from indexer.metadata import DocumentMaker
from indexer.readers import Record, read_records
from indexer.sources import source_files
from indexer.topics import TopicPhrases
from indexer.vocabulary import Vocabulary
from search.config import Config
from search.document import Document
from search.errors import Problem


@dataclass(frozen=True, slots=True)
class Corpus:
    """`records` counts what was found in the files: documents, drafts, and what a mistake left out.

    `doubtful` are ids of documents that facts with a mistake are about (all of them, where facts cannot be read).
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    records: int
    drafts: int = 0
    doubtful: frozenset[str] = frozenset()

    @property
    def reported(self) -> int:
        """Records and files left out because of a mistake."""
        return self.records - self.drafts - len(self.documents)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def bad_files(self) -> frozenset[str]:
        """Files, folders and patterns with a mistake: what was published from them may be missing now because of it."""
        return frozenset(problem.path for problem in self.errors)


def read_corpus(config: Config) -> Corpus:
    """Read every source and every fact. Mistakes are collected; nothing is raised for them."""
    files, problems = source_files(config)
    records = sum(problem.severity == "error" for problem in problems)
    maker = DocumentMaker(config)
    documents: dict[str, Document] = {}
    read_from: dict[str, Record] = {}
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
                maker.metadata.tell(item, "id", _repeated(document.id, read_from[document.id], item))
                continue
            documents[document.id] = document
            read_from[document.id] = item
    facts = add_facts(documents, maker.left_out, config)
    phrases = TopicPhrases(config)
    vocabulary = Vocabulary(documents, read_from, facts.said, config)
    finished = tuple(phrases.assign(vocabulary.spelled(found), facts.denied.get(found.id, ())) for found in documents.values())
    problems += (*maker.metadata.problems, *facts.problems, *vocabulary.problems)
    doubtful = frozenset(documents) if facts.unreadable else frozenset(facts.doubtful)
    return Corpus(finished, tuple(sorted(problems, key=_place)), records, maker.drafts, doubtful)


def _place(problem: Problem) -> tuple[str, int]:
    return problem.path, problem.line


def _repeated(document_id: str, first: Record, again: Record) -> str:
    where = f"on line {first.line_of('id')}"
    if first.file != again.file:
        where = f"in {first.file}, line {first.line_of('id')}"
    return f'"{document_id}" is already used {where}; every id must be unique; give one of the two another'
