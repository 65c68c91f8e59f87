"""Read one file into documents and problems. The result is remembered until the file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.read_documents import FileReading, KeptDocuments, ReadDocument, ReaderNotes
from indexer.readers.reading import read_records
from indexer.readers.record import Record
from indexer.records.documents import DocumentMaker
from indexer.records.shared_lines import hash_lines
from indexer.sources import SourceFile
from indexer.spool import Spool
from search.config.settings import Config
from search.errors import Problem
from search.model.document import Document

_MOST_SEEN_KEYS = 200
"""Number of keys kept to advise on a mapping that matches none of them."""


def read_file(file: SourceFile, config: Config, spool: Spool, tick: Callable[[int], None] | None = None) -> FileReading:
    """Read one file, its documents into a spool. `tick` is called with the number of records read so far."""
    maker = DocumentMaker(config)
    mapping = maker.mapping(file)
    documents, own_facets = KeptDocuments(), config.own_facets
    problems: list[Problem] = []
    records, valid_until = 0, ""
    for item in _read(file):
        if isinstance(item, Problem):
            records += item.severity == "error"
            problems.append(item)
            continue
        records += 1
        if tick is not None:
            tick(records)
        record = mapping.apply(item, file)
        valid_until = min(filter(None, (valid_until, record.valid_until)), default="")
        document = maker.make(record, file)
        if document is not None:
            documents.add(spool, ReadDocument(document, record.place), _note(document, record), own_facets)
    return FileReading(
        documents,
        (*problems, *maker.metadata.problems),
        records,
        maker.drafts,
        frozenset(maker.unpublished),
        frozenset(maker.mistaken),
        frozenset(mapping.found),
        frozenset(sorted(mapping.seen)[:_MOST_SEEN_KEYS]),
        any(problem.severity == "error" for problem in problems),
        valid_until,
    )


def _note(document: Document, record: Record) -> ReaderNotes | None:
    if not (record.hints or record.is_guessed or record.words_left_out):
        return None
    words = sum(len(text.split()) for text in document.section_texts)
    lines = hash_lines(document) if record.is_guessed else ()
    return ReaderNotes(record.file, words, record.words_left_out, record.is_guessed, record.hints, lines)


def _read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the records of a file. Values in its sidecar replace those of the file itself."""
    if file.sidecar is None:
        yield from read_records(file)
        return
    name = file.name[: -len(file.path.name)] + file.sidecar.name
    stated = list(read_records(file._replace(location=file.sidecar, name=name, reader="yaml", sidecar=None), may_be_empty=True))
    yield from (item for item in stated if isinstance(item, Problem))
    sidecar = next((item for item in stated if isinstance(item, Record)), None)
    for item in read_records(file):
        if isinstance(item, Record) and sidecar is not None:
            item = replace(item, values=item.values | sidecar.values)
        yield item
