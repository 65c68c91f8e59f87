"""What the request being answered asks for: the archive, and the query its address holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import current_app, request

from search.archive import Archive
from search.engines.contract import MAX_WINDOW
from search.model.query import Query
from webui.addresses.parameters import ParameterProblem, read_query


class Refusal(Exception):
    """A refused request, answered with `status` and `title`. The message says what to do."""

    status, title = 400, ""
    problems: tuple[ParameterProblem, ...] = ()


class BadRequest(Refusal):
    """A program's request that cannot be answered as it stands."""

    def __init__(self, problems: Sequence[ParameterProblem]) -> None:
        super().__init__(" ".join(f"{problem.rule}." for problem in problems))
        self.problems = tuple(problems)


class NoSuchPage(BadRequest):
    """A program's request that is well formed, for a page of results that is not there."""

    status, title = 404, "There is no such page"


class Busy(Refusal):
    """A request that would take a turn that all others need."""

    status, title = 503, "Too many exports at once"


class Gone(Refusal):
    """A request for what was here and is here no more."""

    status, title = 410, "This is no longer here"


def archive() -> Archive:
    """Return the archive this application serves."""
    return cast(Archive, current_app.extensions["archive"])


def is_for_program() -> bool:
    """Whether this address answers programs, also those on pages of other sites: they get problem documents, not pages."""
    return request.path.startswith(("/api/", "/search.", "/cite."))


def selectable_fields() -> list[str]:
    """Return the names of the fields whose values can be chosen, as parameters have them."""
    return [name for name in archive().fields.keyword if not name.startswith("_")]


def requested_query() -> tuple[Query, tuple[ParameterProblem, ...]]:
    """Return the query of this address, and what in it could not be used."""
    return read_query(request.args.items(multi=True), selectable_fields(), archive().config.per_page)


def strictly_requested_query(has_notices: bool = False) -> tuple[Query, tuple[ParameterProblem, ...]]:
    """Return the same for programs, also for pages behind the last. Raises BadRequest for what cannot be used.

    What is only a notice is refused too where the answer has no place to say it, as a table has not, but for words cut short.
    """
    query, problems = read_query(
        request.args.items(multi=True), selectable_fields(), archive().config.per_page, last_page=MAX_WINDOW
    )
    refused = [problem for problem in problems if not problem.is_notice or not (has_notices or problem.parameter == "q")]
    if refused:
        raise BadRequest(refused)
    return query, problems
