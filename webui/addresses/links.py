"""The addresses of our own pages."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from werkzeug.routing import PathConverter

from search.model.query import Query
from search.text.analysis import fold, fold_value
from webui.addresses.parameters import to_url
from webui.addresses.request import archive


class DocumentIdConverter(PathConverter):
    """Matches the id of a document in a path. Unlike Werkzeug's `path` it may begin with a slash."""

    regex = ".+?"
    part_isolating = False  # an id may contain slashes


def document_url(document_id: str) -> str:
    """Return the path of a document's page."""
    return f"/documents/{quote(document_id, safe='')}"


def topic_url(topic: str) -> str:
    """Return the path of a topic's page."""
    return f"/topics/{quote(fold_value(topic), safe='')}"


def person_url(name: str) -> str:
    """Return the path of a person's page."""
    return f"/people/{person_slug(name)}"


@lru_cache(maxsize=4096)
def person_slug(name: str) -> str:
    """Return the name as it is written in addresses: letters and digits folded, hyphens between words; never empty."""
    return quote("-".join(re.findall(r"\w+", fold(name))), safe="-") or quote(name, safe="")


def search_url(query: Query, path: str = "/search") -> str:
    """Return the path and query string of a search under `path`."""
    return to_url(path, query, archive().config.per_page)


def absolute(path: str) -> str:
    """Return the full address of a path on this site."""
    return archive().config.site.address.rstrip("/") + path
