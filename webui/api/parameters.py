"""Read the parameters of a program's search strictly: unknown names and unusable values are refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from flask import request

from search.engines.contract import MAX_WINDOW
from search.model.dates import BOUND_PATTERN
from search.model.query import Query
from webui.addresses.parameters import MAX_VALUE_LENGTH, ParameterProblem
from webui.addresses.request import BadRequest, Gone, NoSuchPage, archive, selectable_fields, strictly_requested_query
from webui.addresses.tokens import read_token
from webui.api.answers import HIT_KEYS
from webui.api.cursors import BEGIN, CURSOR_PATTERN, Cursor, search_of, state_of

SINGLE = ("q", "from", "to", "sort", "exact", "page", "per_page", "facets", "fields", "cursor", "explain", "lang")
"""Parameters that may be given once; those named like a facet may be repeated."""

_WHAT_CURSORS_ARE = f"“cursor” must be {BEGIN} or the next_cursor of an earlier answer"
_PAGE_LEFT_OUT = ParameterProblem("page", "“cursor” decides which page is sent", "“page” was ignored", is_notice=True)


class Search(NamedTuple):
    """A program's search. `facets` and `keys` are None for all of them. With BEGIN, `cursor` is None and `has_cursor` true."""

    query: Query
    notices: tuple[str, ...]
    facets: list[str] | None
    keys: list[str] | None
    cursor: Cursor | None
    has_cursor: bool
    is_explained: bool

    def ensure_current(self, generation: str) -> None:
        """Raise Gone if the cursor belongs to another generation than the results."""
        if self.cursor is not None and self.cursor.state != state_of(generation):
            raise Gone("The archive has changed since this cursor was made. Begin again with cursor=*.")


def requested_search() -> Search:
    """Return the search of this address. Raises NoSuchPage, or BadRequest with everything that is wrong."""
    if problems := list(_misused_names()):
        raise BadRequest(problems)
    problems = list(_misused_values())
    try:
        query, notices = strictly_requested_query(has_notices=True)
    except BadRequest as error:
        refused = [problem.parameter for problem in error.problems]
        others = [problem for problem in problems if problem.parameter not in refused]
        raise BadRequest([*error.problems, *others]) from None
    facets = _names("facets", [field.name for field in archive().fields.facets], problems)
    keys = _names("fields", HIT_KEYS, problems)
    text = _parameter("cursor")
    cursor = None if text in ("", BEGIN) or problems else _find_cursor(text)
    if cursor is not None and cursor.search != search_of(query):
        problems.append(ParameterProblem("cursor", "This cursor belongs to a search with other parameters"))
    if problems:
        raise BadRequest(problems)
    if text:
        if query.page != 1:
            notices = (*notices, _PAGE_LEFT_OUT)
        query = query.with_page(cursor.page if cursor else 1)
        facets = facets or []
    elif query.page > (last := MAX_WINDOW // query.per_page):
        raise NoSuchPage([ParameterProblem("page", f"Pages end at {last}; read on with cursor={BEGIN}")])
    return Search(
        query, tuple(problem.detail for problem in notices), facets, keys, cursor, bool(text), _parameter("explain") == "1"
    )


def _parameter(name: str) -> str:
    return request.args.get(name, "").strip()


def _misused_names() -> Iterator[ParameterProblem]:
    """Yield the unknown names, and those given twice that may be given once."""
    repeated = [name for field in selectable_fields() for name in (field, f"-{field}")]
    for name, values in request.args.lists():
        if name not in SINGLE and name not in repeated:
            known = ", ".join((*SINGLE, *selectable_fields()))
            yield ParameterProblem(name, f"“{name}” is not a parameter; known are {known}")
        elif name in SINGLE and len(values) > 1:
            yield ParameterProblem(name, f"“{name}” may be given once, and was given {len(values)} times")


def _misused_values() -> Iterator[ParameterProblem]:
    for name in ("exact", "explain"):
        if _parameter(name) not in ("", "0", "1"):
            yield ParameterProblem(name, f"“{name}” must be 1 or 0")
    for name in ("from", "to"):
        if not BOUND_PATTERN.fullmatch(_parameter(name)):
            yield ParameterProblem(name, f"“{name}” must be a year or a date such as 2012 or 2012-05-31")
    for field in selectable_fields():
        for name in (field, f"-{field}"):
            if any(len(value) > MAX_VALUE_LENGTH for value in request.args.getlist(name)):
                yield ParameterProblem(name, f"A value of “{name}” must have at most {MAX_VALUE_LENGTH} characters")
    if not CURSOR_PATTERN.fullmatch(_parameter("cursor")):
        yield ParameterProblem("cursor", _WHAT_CURSORS_ARE)


def _find_cursor(text: str) -> Cursor:
    """Return the cursor of this text. Raises NoSuchPage for a text that is not a cursor."""
    try:
        return read_token(text, Cursor)
    except ValueError:
        raise NoSuchPage([ParameterProblem("cursor", _WHAT_CURSORS_ARE)]) from None


def _names(parameter: str, known: Collection[str], problems: list[ParameterProblem]) -> list[str] | None:
    """Return the names that a parameter lists, separated by commas; None if it lists none."""
    stated = _parameter(parameter)
    if not stated:
        return None
    names = [name.strip() for name in stated.split(",")]
    if unknown := [name for name in names if name not in known]:
        problems.append(ParameterProblem(parameter, f"“{unknown[0]}” is not known; name some of {', '.join(known)}"))
    return names
