"""The addresses of our own pages."""

from __future__ import annotations

from urllib.parse import quote

from search.model.query import Query
from search.text.analysis import fold_value
from webui.addresses.parameters import to_url
from webui.addresses.request import archive


def document_url(document_id: str) -> str:
    """Return the path of a document's page."""
    return f"/documents/{quote(document_id, safe='')}"


def topic_url(topic: str) -> str:
    """Return the path of a topic's page."""
    return f"/topics/{quote(fold_value(topic), safe='')}"


def search_url(query: Query, path: str = "/search") -> str:
    """Return the path and query string of a search under `path`."""
    return to_url(path, query, archive().config.per_page)


def absolute(path: str) -> str:
    """Return the full address of a path of this site."""
    return archive().config.site.address.rstrip("/") + path
