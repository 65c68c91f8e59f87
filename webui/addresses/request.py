"""The current request: its archive, the query in its address, and the reasons to refuse it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, request

from search.archive import Archive
from search.engines.contract import MAX_WINDOW
from search.model.query import Query
from webui.addresses.parameters import ParameterProblem, drop_values_beyond, read_query

_MOST_WRITTEN = 1200
"""Characters of the chosen values in the address of a page: thirty of usual length. Each link of the page repeats them all, and
a link for each value and word leads to the search without it, so with more a page could have more than 150 KB."""


class Refusal(Exception):
    """A refused request, answered with `status` and `title`. The message says what to do."""

    status, title = 400, ""
    problems: tuple[ParameterProblem, ...] = ()


class BadRequest(Refusal):
    """A program's request with parameters that cannot be used."""

    def __init__(self, problems: Sequence[ParameterProblem]) -> None:
        super().__init__(" ".join(f"{problem.rule}." for problem in problems))
        self.problems = tuple(problems)


class NoSuchPage(BadRequest):
    """A program's request for a page of results that does not exist."""

    status, title = 404, "There is no such page"


class Busy(Refusal):
    """A request for an export while as many as allowed are being written."""

    status, title = 503, "Too many exports at once"


class Gone(Refusal):
    """A request for something that no longer exists."""

    status, title = 410, "This is no longer here"


def archive() -> Archive:
    """Return the archive this application serves."""
    served: Archive = current_app.extensions["archive"]
    return served


def is_for_program(path: str) -> bool:
    """Whether an address is for programs: errors are problem documents, and pages of other sites may read the answers."""
    return path.startswith(("/api/", "/search.", "/cite."))


def selectable_fields() -> list[str]:
    """Return the names of the fields that can be filtered by, which are also names of parameters."""
    return [name for name in archive().fields.keyword if not name.startswith("_")]


def requested_query() -> tuple[Query, tuple[ParameterProblem, ...]]:
    """Return the query of this address for a page, and the parameters that could not be used."""
    query, problems = read_query(request.args.items(multi=True), selectable_fields(), archive().config.per_page)
    query, dropped = drop_values_beyond(query, _MOST_WRITTEN)
    return query, problems + dropped


def strictly_requested_query(has_notices: bool = False) -> tuple[Query, tuple[ParameterProblem, ...]]:
    """Return the query of a program's request and its notices; pages past the last are allowed. Raises BadRequest.

    Without `has_notices` the answer has no place for notices, so that requests with one are refused too, unless it only says
    that the words were shortened.
    """
    query, problems = read_query(
        request.args.items(multi=True), selectable_fields(), archive().config.per_page, last_page=MAX_WINDOW
    )
    refused = [problem for problem in problems if not problem.is_notice or not (has_notices or problem.parameter == "q")]
    if refused:
        raise BadRequest(refused)
    return query, problems
