"""Read the whole corpus: every document and every mistake, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from indexer.file_readings import ReadingProgress, read_files
from indexer.holding import Content
from indexer.memory import ReadingMemory
from indexer.read_documents import FileReading, ReadDocument, ReaderNotes
from indexer.records.across_documents import Omission, revise_documents
from indexer.records.facts import Facts, add_facts
from indexer.records.files import HELD_IN
from indexer.records.topics import TopicPhrases
from indexer.records.vocabulary import Vocabulary
from indexer.setting_mistakes import (
    find_setting_mistakes,
    find_wrong_mappings,
    locate_missing_files,
    refuse_wrong_selectors,
)
from indexer.sources import SourceFile, list_source_files
from indexer.spool import Spool
from indexer.spooled_documents import FinishedDocuments, SpooledDocuments
from search.config.settings import Config
from search.errors import Problem


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents and problems read from the files of the configuration.

    `records` counts the records in the files: documents, drafts, and records that a mistake keeps out.
    `doubtful` are the ids of documents whose facts have a mistake (every id if the facts cannot be read), or whose source
    has a mapping that finds nothing. `mistaken` are the ids of records with a mistake; an id used twice is one.
    `bad_files` are files, folders and patterns with a mistake that names no document: any document that was published from
    them may be missing now.
    `contents` are the files that the documents name, by SHA-256. `omissions` are the words not taken into the text of saved
    pages and files, those with the largest share first.
    """

    documents: FinishedDocuments
    problems: tuple[Problem, ...]
    records: int
    drafts: int = 0
    doubtful: frozenset[str] = frozenset()
    mistaken: frozenset[str] = frozenset()
    bad_files: frozenset[str] = frozenset()
    contents: Mapping[str, Content] = field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()

    @property
    def reported(self) -> int:
        """The number of records and files that a mistake keeps out."""
        return self.records - self.drafts - len(self.documents)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The mistakes, without the warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_corpus(config: Config, memory: ReadingMemory | None = None, progress: ReadingProgress | None = None) -> Corpus:
    """Read every source and every fact. Mistakes in them are collected in the result, not raised.

    Raises ConfigError where a selector of the configuration cannot be read.
    """
    refuse_wrong_selectors(config)
    files, problems = list_source_files(config)
    spool = memory.open_spool() if memory else Spool((config.index_path, config.folder))
    readings = read_files(files, config, spool, memory, progress)
    found = _Combined(SpooledDocuments(spool, config.own_facets))
    for file, reading in zip(files, readings, strict=True):
        found.add(file, reading)
    bad_files = {problem.path for problem in problems if problem.severity == "error"} | found.bad_files
    wrong_mappings = find_wrong_mappings(config, files, readings)
    doubtful = {name for number in wrong_mappings for name in found.by_source.get(number, ())}
    records = sum(problem.severity == "error" for problem in problems) + found.records
    documents, notes = found.documents, found.notes
    finished = {name for noted in notes.values() for name, one in noted.items() if HELD_IN in one.hints}  # documents of a dump
    revision = revise_documents(documents, notes, finished, config)
    facts = add_facts(documents, found.unpublished, config)
    vocabulary = Vocabulary(documents, facts.stated, config)
    _apply_vocabulary(documents, vocabulary, facts, finished, config)
    known = {*documents, *found.unpublished} if config.withdrawn else set[str]()
    problems = [*locate_missing_files(config, problems), *find_setting_mistakes(config, wrong_mappings, known)]
    problems += [*found.problems, *revision.problems, *facts.problems, *vocabulary.problems]
    doubtful |= set(documents) if facts.unreadable else facts.doubtful
    return Corpus(
        documents.finish(),
        tuple(sorted(problems, key=attrgetter("path", "line"))),
        records,
        found.drafts,
        frozenset(doubtful),
        frozenset(found.mistaken),
        frozenset(bad_files),
        revision.contents,
        revision.omissions,
    )


def _apply_vocabulary(
    documents: SpooledDocuments, vocabulary: Vocabulary, facts: Facts, finished: Collection[str], config: Config
) -> None:
    """Respell values, and give the topics whose phrases occur to all but `finished` documents, in place."""
    phrases = TopicPhrases(config)
    for name in documents if phrases.are_given or vocabulary.has_changes else ():
        before = documents[name]
        document = vocabulary.respell(before)
        if name not in finished:
            document = phrases.assign(document, facts.denied.get(name, ()))
        if document is not before:
            documents[name] = document


class _Combined:
    """The combined readings of all files. An id belongs to the first record that states it."""

    def __init__(self, documents: SpooledDocuments) -> None:
        self.documents = documents
        self.by_source: dict[int, list[str]] = {}
        self.notes: dict[int, dict[str, ReaderNotes]] = {}
        self.problems: list[Problem] = []
        self.unpublished: set[str] = set()
        self.mistaken: set[str] = set()
        self.records = self.drafts = 0
        self.bad_files: set[str] = set()

    def add(self, file: SourceFile, reading: FileReading) -> None:
        self.records += reading.records
        self.drafts += reading.drafts
        self.problems += reading.problems
        self.unpublished |= reading.unpublished
        self.mistaken |= reading.mistaken
        kept = reading.documents
        own, notes = self.by_source.setdefault(file.number, []), self.notes.setdefault(file.number, {})
        repeated = dict.fromkeys(self.documents.add(kept))
        for place in repeated:
            again = self.documents.read_at(place)
            self._report_repetition(again, self.documents.read(again.document.id))
        own += [name for name, place in zip(kept.ids, kept.places, strict=True) if place not in repeated]
        notes |= {kept.ids[number]: noted for number, noted in kept.notes.items() if kept.places[number] not in repeated}
        if reading.is_bad or "" in reading.mistaken or (reading.mistaken and not kept.ids):
            self.bad_files.add(file.name)  # the unreadable part may have held an id

    def _report_repetition(self, again: ReadDocument, first: ReadDocument) -> None:
        """Report a record with the id of an earlier record. Either may be wrong, so both files are bad."""
        place, other = first.place, again.place
        where = f"on line {place.line_of('id')}"
        if place.file != other.file:
            where = f"in {place.file}, line {place.line_of('id')}"
        fix = "give one of the two another"
        if "id" not in other.lines and place.file != other.file:
            fix = 'write an `id` in one of them, or id: "a-{stem}" beside the `path` of one source'
        message = f'"{again.document.id}" is already used {where}; every id must be unique; {fix}'
        self.problems.append(other.problem("id", message))
        self.mistaken.add(again.document.id)
        self.bad_files |= {place.file, other.file}
