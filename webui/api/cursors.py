"""Cursors: how far a program has read a search that is too large for pages. They are good for one generation."""

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
"""The cursor that a program begins with."""
CURSOR_PATTERN = re.compile(r"(?:\*|(?:[0-9a-f]{2})*)")


class Cursor(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A page of a search. `state` stands for the generation and the program, `search` for the parameters."""

    state: str
    search: str
    page: Annotated[int, Meta(ge=1, le=1_000_000_000)]


def write_cursor(query: Query, generation: str) -> str:
    """Return the cursor of the query's page, in hexadecimal digits."""
    return write_token(Cursor(state_of(generation), search_of(query), query.page))


def state_of(generation: str) -> str:
    """Return what changes with everything that may put the results of a search in another order."""
    return _digest(f"{generation} {current_app.extensions['version']}")


def search_of(query: Query) -> str:
    """Return what is the same for all pages of a search and differs between searches."""
    return _digest(repr(write_query(replace(query, page=1), per_page=0)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
