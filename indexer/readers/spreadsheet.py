"""Spreadsheets (xlsx, xls, ods): the first sheet with two rows, read as a table in a process with limits."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from indexer.readers.contained.archives import check_archive
from indexer.readers.contained.process import run_contained
from indexer.readers.record import Record, Unreadable
from indexer.readers.table import table_records
from indexer.sources import SourceFile
from search.errors import Problem

_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 1000
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,4})(\d{1,12})"')


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the record of each row of the first sheet that has a heading and a row; other sheets are a warning."""
    found = run_contained("indexer.readers.spreadsheet:read_sheets", str(file.path))
    sheets = [(name, first, rows) for name, first, rows in found if len(rows) > 1]
    if not sheets:
        return
    name, first, rows = sheets[0]
    if len(sheets) > 1:
        others = ", ".join(f"“{other}”" for other, _, _ in sheets[1:])
        yield Problem(file.name, 0, "", f"has more sheets than “{name}”, which are not read: {others}", "warning")
    numbered = ((first + number, row, "") for number, row in enumerate(rows))
    yield from table_records(file, (row for row in numbered if any(cell.strip() for cell in row[1])))


def read_sheets(path: str) -> list[tuple[str, int, list[list[str]]]]:
    """Return name, number of the first row and rows of every sheet, cells as text. Raises Unreadable."""
    from python_calamine import CalamineError, CalamineWorkbook

    if zipfile.is_zipfile(path):
        check_archive(Path(path))
        _check_extent(Path(path))
    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > _MOST_CELLS or sheet.total_width > _MOST_COLUMNS:
                raise Unreadable(_describe_size(sheet.total_height, sheet.total_width))
            start = sheet.start[0] + 1 if sheet.start else 1
            sheets.append((name, start, [list(map(_as_text, row)) for row in sheet.to_python(skip_empty_area=True)]))
        return sheets
    except CalamineError as error:
        raise Unreadable(f"is not a spreadsheet that can be read: {str(error).splitlines()[0]}; save it as xlsx or CSV") from None


def _check_extent(path: Path) -> None:
    """Raise Unreadable for a sheet with too many cells, before memory is taken for all of them."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                rows, columns = _extent(archive, name)
                if rows * columns > _MOST_CELLS or columns > _MOST_COLUMNS:
                    raise Unreadable(_describe_size(rows, columns))


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Return the numbers of the last row and the last column with a cell."""
    rows = columns = 0
    with archive.open(name) as content:
        rest = b""
        while block := content.read(1 << 20):
            text = rest + block
            for letters, row in _CELL.findall(text):
                rows, columns = max(rows, int(row)), max(columns, _column(letters))
            rest = text[-200:]
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _describe_size(rows: int, columns: int) -> str:
    limits = f"at most {_MOST_CELLS:,} cells and {_MOST_COLUMNS:,} columns are read"
    return f"has a sheet of {rows:,} rows and {columns:,} columns; {limits}; remove what is far from the table, or save it as CSV"


def _as_text(value: Any) -> str:
    """Return a cell as a person would type it: whole numbers without a point, days without a time."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (str, int, float, timedelta)) else ""
