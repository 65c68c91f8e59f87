"""Read one file: choose the reader, name the keys as ours, and report what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module

from indexer.readers.record import Record, Unreadable
from indexer.sources import SourceFile
from search.errors import Problem

_MODULES = {
    "listing": "indexer.readers.listing",
    "html": "indexer.readers.html.reader",
    "markdown": "indexer.readers.markdown",
    "yaml": "indexer.readers.yaml",
    "csv": "indexer.readers.table",
    "jsonl": "indexer.readers.json_lines",
}
"""The module of each reader, imported when a file needs it. Its function `read` takes a SourceFile and yields records and
problems; it raises Unreadable for a file that cannot be read at all."""


def read_records(file: SourceFile, may_be_empty: bool = False) -> Iterator[Record | Problem]:
    """Yield every record of a file, its keys named as ours and defaults filled in, and every mistake met on the way."""
    is_empty = not may_be_empty
    try:
        found: Iterable[Record | Problem] = import_module(_MODULES[file.reader]).read(file)
        for item in found:
            is_empty = False
            yield _renamed(item, file) if isinstance(item, Record) else item
        if is_empty:
            yield Problem(file.name, 0, "", "contains no record; write one, or remove the file if that is meant")
    except Unreadable as error:
        yield Problem(file.name, error.line, "", error.reason)
    except OSError as error:
        yield Problem(file.name, 0, "", f"cannot be read: {error.strerror}; check that it is there and its permissions")


def _renamed(record: Record, file: SourceFile) -> Record:
    source = file.source
    if not (source.mapping or source.defaults):
        return record
    theirs = {key: ours for ours, key in source.mapping.items()}
    values = {theirs.get(key, key): value for key, value in record.values.items() if key in theirs or key not in source.mapping}
    lines = {theirs.get(key, key): line for key, line in record.lines.items()}
    filled = {name: value for name, value in source.defaults.items() if values.get(name) in (None, "", [])}
    return replace(record, values=values | filled, lines=lines, keys=source.mapping, filled=frozenset(filled))
