"""A dump of an archive (`webui export`): finished documents, one a line, which are not converted.

Only what could harm readers is checked: ids and addresses. The files held with the documents are in `files/<SHA-256>/` beside
the dump.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import msgspec
from msgspec.structs import replace

from indexer.dump_history import find_mistake
from indexer.read_documents import FileReading, KeptDocuments, ReadDocument, ReaderNotes
from indexer.readers.blocks import safe_address
from indexer.readers.json_lines import MAX_LINE
from indexer.readers.record import Place
from indexer.records.converters import read_id
from indexer.records.files import HELD_IN
from indexer.records.text_values import Context
from indexer.sources import SourceFile
from indexer.spool import Spool
from search.config.settings import Config
from search.errors import Problem
from search.model.document import Document, decode_document


def read_dump(file: SourceFile, config: Config, spool: Spool, tick: Callable[[int], None] | None = None) -> FileReading:
    """Read one dump, its documents into a spool. `tick` is called with the number of documents read so far."""
    documents, own_facets = KeptDocuments(), config.own_facets
    records = 0
    problems: list[Problem] = []
    notes = ReaderNotes(file.name, hints={HELD_IN: str(PurePosixPath(file.name).parent / "files")})
    for records, found in enumerate(_read(file), 1):
        if tick is not None:
            tick(records)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            document, line = found
            documents.add(spool, ReadDocument(document, Place(file.name, line)), notes, own_facets)
    if mistake := find_mistake(file):
        problems.append(mistake)
    if not records:
        records = 1
        problems.append(Problem(file.name, 0, "", "contains no document; export the archive again"))
    return FileReading(documents, tuple(problems), records, is_bad=bool(problems))


def _read(file: SourceFile) -> Iterator[tuple[Document, int] | Problem]:
    try:
        with file.path.open("rb") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(MAX_LINE), b""), 1):
                if line.strip():
                    yield _document(file, number, line)
    except OSError as error:
        yield Problem(file.name, 0, "", f"cannot be read: {error.strerror}; check that it is there and its permissions")


def _document(file: SourceFile, number: int, line: bytes) -> tuple[Document, int] | Problem:
    try:
        document = decode_document(line)
        _check(document)
    except (msgspec.DecodeError, ValueError) as error:
        return Problem(file.name, number, "", f"is no document of a dump: {error}; export the archive again")
    return replace(document, source_path=file.name), number


def _check(document: Document) -> None:
    """Raise ValueError for an id or an address that the other readers refuse."""
    if read_id(document.id, Context()) != document.id:
        raise ValueError(f'found "{document.id}", expected an id without white space at its ends or doubled')
    for address in (document.url, document.rights_url, *(one.url for one in document.files)):
        if address and not address.startswith(("http://", "https://")):
            raise ValueError(f'found "{address[:80]}", expected an address that begins with http:// or https://')
    for section in document.sections:
        spans = [*((one.start, one.end) for one in section.links), *((one.start, one.end) for one in section.blocks)]
        for start, end in spans:
            if not 0 <= start <= end <= len(section.text):
                raise ValueError("found a link or block outside its text")
        for link in section.links:
            if not link.url.startswith("#") and safe_address(link.url) != link.url:
                raise ValueError(f'found a link to "{link.url[:80]}", expected http, https, mailto or a path')
