"""The documents of a whole search, and the answer that holds them as a file."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response
from msgspec.structs import replace

from search.model.document import Document
from search.model.query import Query
from webui.addresses.request import archive

MOST = 10_000
"""Documents in an export: as deep as any engine pages."""


def documents_of(query: Query, most: int = MOST) -> Iterator[Document]:
    """Yield the first `most` documents of a search, page by page."""
    given = 0
    for page in range(1, -(-most // 100) + 1):
        hits = archive().search(replace(query, page=page, per_page=100)).hits
        yield from (hit.document for hit in hits)
        given += len(hits)
        if len(hits) < 100:
            return


def file_response(body: str, mimetype: str, ending: str) -> Response:
    """Return the answer that browsers save as `search.<ending>`."""
    response = Response(body, content_type=f"{mimetype}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="search.{ending}"'
    return response
