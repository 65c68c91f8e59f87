"""What this request asks for: the archive, and the query its address says."""

from __future__ import annotations

from typing import cast

from flask import current_app, request

from search.archive import Archive
from search.model.query import Query
from webui.query_string import ParameterProblem, parse, to_url
from webui.serving.errors import BadRequest


def archive() -> Archive:
    return cast(Archive, current_app.extensions["archive"])


def asked() -> tuple[Query, tuple[ParameterProblem, ...]]:
    """The query of this address and whatever in it could not be used."""
    fields = dict.fromkeys((*(field.name for field in archive().fields.facets), "title_status"))
    return parse(request.args.items(multi=True), fields, archive().config.per_page)


def asked_exactly() -> tuple[Query, tuple[ParameterProblem, ...]]:
    """The same for programs: what could not be used is refused. Long words are cut all the same, and told."""
    query, problems = asked()
    wrong = [problem for problem in problems if problem.parameter != "q"]
    if wrong:
        raise BadRequest(wrong)
    return query, problems


def search_url(query: Query, path: str = "/search") -> str:
    """The address of a search under `path`."""
    return to_url(path, query, archive().config.per_page)


def absolute(path: str) -> str:
    """The address of a path of this site as others know it."""
    return archive().config.site.address.rstrip("/") + path
