"""A search as a spreadsheet."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response

from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive, strictly_requested_query
from webui.formats.whole_search import documents_of, file_response

blueprint = Blueprint("csv", __name__)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would run."""


@blueprint.get("/search.csv")
def spreadsheet() -> Response:
    """Answer with one row a document."""
    query, _ = strictly_requested_query()
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["id", "title", "title_status", "type", "date", "topics", "people", "url", "page_url"])
    for document in documents_of(query):
        status = document.title_status if document.title else "not_preserved"
        cells = (
            document.id, archive().display_title(document), status, document.type,
            document.date.edtf if document.date else "", "; ".join(document.topics),
            "; ".join(person.name for person in document.people), document.url, absolute(document_url(document.id)),
        )  # fmt: skip
        rows.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return file_response(table.getvalue(), "text/csv", "csv")
