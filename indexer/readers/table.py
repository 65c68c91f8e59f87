"""CSV as people write it: a line of column names, then one document a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice

from indexer.readers.encodings import decode
from indexer.readers.record import Record, Unreadable
from indexer.readers.text_files import unify_lines
from indexer.sources import SourceFile
from search.errors import Problem

_LONGEST_CELL = 10_000_000
_SEPARATORS = ",;\t|"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*$', re.I)
_MOST_TITLES = 20
"""The names of the columns are looked for in so many rows, since titles may be above them."""
_SUSPICIOUS_ROWS = 2
"""If so many lines inside a quoted cell look like rows, its closing quote is probably missing."""

_Cells = tuple[int, list[str], str]
"""A row: its first line (1-based), its cells, and its mistake."""


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the record of each row; a row that cannot be read is one mistake."""
    text, encoding = decode(file.path.read_bytes())
    lines = unify_lines(text).split("\n")
    if encoding not in ("utf-8", "ascii"):
        message = f"is not UTF-8 text and was read as {encoding}; save it as UTF-8 if letters are wrong"
        yield Problem(file.name, 0, "", message, "warning")
    yield from table_records(file, _rows(lines, *_separator(lines)))


def table_records(file: SourceFile, rows: Iterator[_Cells]) -> Iterator[Record | Problem]:
    """Yield the records of rows, of which the first with several cells names the columns."""
    (line, heading, mistake), titles, rows = _find_heading(rows)
    if titles:
        where = f"lines {titles[0]} to {titles[-1]} are" if len(titles) > 1 else f"line {titles[0]} is"
        message = f"{where} above the names of the columns and not read"
        yield Problem(file.name, titles[0], "", message, "warning")
    while heading and not heading[-1].strip():
        heading.pop()
    names = [" ".join(name.split()) for name in heading]
    if mistake := mistake or _find_wrong_name(names):
        raise Unreadable(mistake, line)
    for line, row, mistake in rows:
        cells = [cell.strip() for cell in row]
        while len(cells) > len(names) and not cells[-1]:
            cells.pop()
        if mistake:
            yield Problem(file.name, line, "", mistake)
        elif len(cells) > len(names):
            fix = "name every column in the first row" if file.reader == "xlsx" else "quote cells that contain a separator"
            message = f"has {len(cells)} cells for {len(names)} columns; {fix}"
            yield Problem(file.name, line, "", message)
        elif any(cells):
            cells += [""] * (len(names) - len(cells))
            yield Record(file.name, line, dict(zip(names, cells, strict=True)), is_flat=True)


def _find_wrong_name(names: list[str]) -> str:
    """Return the mistake in the names of columns; "" if there is none."""
    repeated = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if names and not repeated and "" not in names:
        return ""
    what = f"column {names.index('') + 1} has no name" if "" in names else f'two columns are named "{repeated}"'
    return f"its first line must name each column once, as in id,title,text,type,date{f'; {what}' if names else ''}"


def _find_heading(rows: Iterator[_Cells]) -> tuple[_Cells, list[int], Iterator[_Cells]]:
    """Return the row that names the columns, the lines of titles above it, and the rows below it.

    Sheets often have a title above their table: rows of one cell. A table of one column has only such rows.
    """
    first: list[_Cells] = []
    for row in islice(rows, _MOST_TITLES):
        cells = [cell for cell in row[1] if cell.strip()]
        if cells or row[2] or not first:
            first.append(row)
        if row[2] or len(cells) > 1:
            break
    if not first:
        return (1, [], ""), [], rows
    *titles, heading = first
    if heading[2] or sum(bool(cell.strip()) for cell in heading[1]) < 2:  # no table, or one column
        return first[0], [], chain(first[1:], rows)
    return heading, [line for line, _, _ in titles], rows


def _separator(lines: list[str]) -> tuple[str, int]:
    """Return the separator of cells, and the number of the line of column names. Spreadsheets may name it in a line before."""
    named = _SEPARATOR_LINE.match(lines[0])
    if named:
        return named[1], 1
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    unquoted = [re.sub(r'"[^"]*"', "", line) for line in lines[first : first + _MOST_TITLES]]
    names = next((line for line in unquoted if any(line.count(separator) for separator in _SEPARATORS)), "")
    return max(_SEPARATORS, key=names.count), first


def _rows(lines: list[str], separator: str, first: int) -> Iterator[_Cells]:
    """Yield every row. After one that cannot be read, reading continues at the next line."""
    csv.field_size_limit(_LONGEST_CELL)
    columns, at = 0, first
    while at < len(lines):
        reader = csv.reader((lines[number] + "\n" for number in range(at, len(lines))), delimiter=separator, strict=True)
        taken = 0
        try:
            for cells in reader:
                start, taken = at + taken, reader.line_num
                mistake = _missing_quote(lines[start : at + taken], separator, columns)
                if mistake:
                    yield start + 1, cells, mistake
                    at, taken = start + 1, 0
                    break
                columns = columns or len(cells)
                yield start + 1, cells, ""
            else:
                return
        except csv.Error as error:
            at += taken
            yield at + 1, [], f"is not CSV: {error}; quote cells that contain quotes, and double the quotes in them"
            at += 1


def _missing_quote(lines: list[str], separator: str, columns: int) -> str:
    """Return a warning about a row over several lines that look like rows themselves; "" if they do not."""
    if len(lines) <= _SUSPICIOUS_ROWS or columns < _SUSPICIOUS_ROWS:
        return ""
    alike = sum(line.count(separator) == columns - 1 for line in lines[1:])
    if alike >= _SUSPICIOUS_ROWS and alike >= len(lines) - 2:
        return f"begins a cell that runs over {len(lines)} lines which look like rows; is a closing quote missing?"
    return ""
