"""A search as a spreadsheet: a row for each document, with the archive's own fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from search.model.document import Document
from search.model.document_fields import DOCUMENT_FIELDS
from webui.addresses.request import archive
from webui.formats.json import describe_document
from webui.formats.whole_search import Export, Form, make_blueprint

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The first characters of cells that a spreadsheet would run as formulas; some programs accept full-width ones too."""
_FIRST = "id title title_status type date topics people url page_url".split()
_OTHERS = [field.name for field in DOCUMENT_FIELDS if field.is_exported and field.name not in (*_FIRST, "rights_url")]
_COLUMNS = (*_FIRST, *_OTHERS, "date_words", "year", "roles", "access")
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the letters of one country."""


def _write_all(export: Export) -> Iterator[str]:
    own = [name for name in archive().config.fields if name not in _COLUMNS]
    yield _BYTE_ORDER_MARK + _row((*_COLUMNS, *own))
    for document in export.documents:
        # The id stays as it is, so that documents can be found by it.
        cells = (*_cells(document), *("; ".join(document.values(name)) for name in own))
        yield _row((document.id, *map(safe_cell, cells[1:])))


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _cells(document: Document) -> list[str]:
    described = describe_document(document) | {
        "people": [person.name for person in document.people],
        "roles": [person.role for person in document.people],
        "rights": document.rights_url or document.rights,
    }
    return [_to_text(described[name]) for name in _COLUMNS]


def _to_text(value: Any) -> str:
    return "; ".join(value) if isinstance(value, (list, tuple)) else "" if value is None else str(value)


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


_FORM = Form("csv", "text/csv", lambda document: _row(_cells(document)), _write_all)
blueprint = make_blueprint("csv", _FORM, _FORM)
