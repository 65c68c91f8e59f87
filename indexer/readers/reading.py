"""Read one file: choose the reader, and report what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    "xlsx": "indexer.readers.spreadsheet",
    "json": "indexer.readers.json_file",
    "jsonl": "indexer.readers.json_lines",
    "pdf": "indexer.readers.pdf",
    "docx": "indexer.readers.docx",
}
"""The module of each reader, imported when a file needs it. Its function `read` takes a SourceFile and yields records and
problems; it raises Unreadable for a file that cannot be read at all."""


def read_records(file: SourceFile, may_be_empty: bool = False) -> Iterator[Record | Problem]:
    """Yield every record of a file under the file's own keys, and every mistake met on the way."""
    is_empty = not may_be_empty
    try:
        found: Iterable[Record | Problem] = import_module(_MODULES[file.reader]).read(file)
        for item in found:
            is_empty = is_empty and isinstance(item, Problem) and item.severity == "warning"
            yield item
        if is_empty:
            yield Problem(file.name, 0, "", "contains no record; write one, or remove the file if that is meant")
    except Unreadable as error:
        yield Problem(file.name, error.line, "", error.reason)
    except OSError as error:
        yield Problem(file.name, 0, "", f"cannot be read: {error.strerror}; check that it is there and its permissions")
