"""CSV: a heading line of field names, then one document a line. Several values in a cell are parted by `;`."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from indexer.readers import Record, Unreadable
from indexer.sources import SourceFile
from search.errors import Problem

_MANY = ("topics", "people", "other_titles", "notes")


def read(file: SourceFile, text: str) -> Iterator[Record | Problem]:
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        heading = [name.strip() for name in next(rows, [])]
        repeated = {name for name in heading if heading.count(name) > 1}
        if not heading or repeated or "" in heading:
            raise Unreadable("its first line must name each column once, as in id,title,type,date", 1)
        line = rows.line_num + 1
        for row in rows:
            if len(row) > len(heading):
                yield Problem(file.name, line, "", f"has {len(row)} cells for {len(heading)} columns; quote cells that hold a comma")
            elif any(cell.strip() for cell in row):
                cells = {name: cell.strip() for name, cell in zip(heading, row, strict=False)}
                values = {name: _parted(cell) if name in _MANY else cell for name, cell in cells.items()}
                yield Record(file.name, line, dict(values))
            line = rows.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"is not CSV: {error}", rows.line_num) from None


def _parted(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
