"""Cursors, by which programs read results of any number. Each is valid for one generation."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from flask import current_app
from msgspec import Meta, Struct
from msgspec.structs import replace

from search.model.query import Query
from webui.addresses.parameters import write_query
from webui.addresses.tokens import write_token

BEGIN = "*"
"""The cursor of the first page."""
CURSOR_PATTERN = re.compile(r"(?:\*|(?:[0-9a-f]{2})*)")


class Cursor(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A page of a search. `state` is a digest of the generation and the program, `search` one of the parameters."""

    state: str
    search: str
    page: Annotated[int, Meta(ge=1, le=1_000_000_000)]


def write_cursor(query: Query, generation: str) -> str:
    """Return the cursor of the query's page."""
    return write_token(Cursor(state_of(generation), search_of(query), query.page))


def state_of(generation: str) -> str:
    """Return a digest of all that decides the order of results, besides the search: the generation and the program."""
    return _digest(f"{generation} {current_app.extensions['version']}")


def search_of(query: Query) -> str:
    """Return a digest of a search, the same for all of its pages."""
    return _digest(repr(write_query(replace(query, page=1), per_page=0)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
