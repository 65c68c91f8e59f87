"""Read one file: choose the reader, and report what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from indexer.formats import FORMATS
from indexer.readers.record import Record, Unreadable
from indexer.sources import SourceFile
from search.errors import Problem


def read_records(file: SourceFile, may_be_empty: bool = False) -> Iterator[Record | Problem]:
    """Yield every record of a file under the file's own keys, and every mistake met on the way."""
    is_empty = not may_be_empty
    reader = import_module(f"indexer.readers.{FORMATS[file.reader].module}")  # only when a file needs it
    try:
        found: Iterable[Record | Problem] = reader.read(file)
        for item in found:
            is_empty = is_empty and isinstance(item, Problem) and item.severity == "warning"
            yield item
        if is_empty:
            yield Problem(file.name, 0, "", "contains no record; write one, or remove the file if that is meant")
    except Unreadable as error:
        yield Problem(file.name, error.line, "", error.reason)
    except OSError as error:
        yield Problem(file.name, 0, "", f"cannot be read: {error.strerror}; check that it is there and its permissions")
