"""CSV: a heading line of field names, then one document a line. Several values in a cell are parted by `;`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from indexer.readers.record import Record, Unreadable
from indexer.readers.text_files import read_text
from indexer.sources import SourceFile
from search.errors import Problem

_LONGEST_CELL = 10_000_000


def read(file: SourceFile) -> Iterator[Record | Problem]:
    text = read_text(file)
    csv.field_size_limit(_LONGEST_CELL)
    # Spreadsheets part cells by tabs or, where the comma is a decimal sign, by semicolons.
    parted_by = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text), delimiter=parted_by, strict=True)
    try:
        heading = [name.strip() for name in next(rows, [])]
        if not heading or "" in heading or len(set(heading)) < len(heading):
            raise Unreadable("its first line must name each column once, as in id,title,text,type,date", 1)
        line = rows.line_num + 1
        for row in rows:
            if len(row) > len(heading):
                fix = "quote cells that hold a separator"
                yield Problem(file.name, line, "", f"has {len(row)} cells for {len(heading)} columns; {fix}")
            elif any(cell.strip() for cell in row):
                cells = dict(zip(heading, (cell.strip() for cell in row), strict=False))
                yield Record(file.name, line, cells, is_flat=True)
            line = rows.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"is not CSV: {error}; quote cells that hold quotes, separators or line ends", rows.line_num) from None
