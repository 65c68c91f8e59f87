"""What goes wrong, reported in one place: to people as a page, to programs as a problem document (RFC 9457)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from search.errors import EngineUnavailable, IndexProblem
from webui.addresses.request import Refusal, is_for_program
from webui.languages import gettext
from webui.templating import render

_RETRY_SECONDS = 10
"""Seconds after which a client may try again if all turns for exports were taken, or there was no index."""
_log = logging.getLogger("webui")
_WORDS = {
    400: ("This request cannot be read", "Check the address, or search for what you are looking for."),
    404: (
        "There is nothing at this address",
        "It may have been mistyped, or be an address of the site that has closed. Search for it instead.",
    ),
    405: ("This address can only be read", "Nothing can be sent to this site. Follow a link, or search."),
    410: (
        "This document is no longer here",
        "It was withdrawn, or it is no longer part of the archive. Search for others on its subject.",
    ),
    413: ("This request is too large", "Nothing can be sent to this site. Follow a link, or search."),
    414: ("This address is too long", "Search with fewer words."),
    431: ("The headers of this request are too large", "Remove the cookies of this site, or use another browser."),
    500: ("Something went wrong here", "It is not your fault. Try again soon. If it happens again, tell us the number below."),
    503: ("The archive is not ready", "The search is being prepared and will be back soon. Try again in a moment."),
}

_OTHER = ("This cannot be answered", "Search for what you are looking for.")
"""For every other status."""


def install(app: Flask) -> None:
    """Answer every exception."""

    @app.errorhandler(Refusal)
    def refuse(error: Refusal) -> Response:
        errors = [{"parameter": one.parameter, "detail": f"{one.rule}."} for one in error.problems]
        return error_response(error.status, str(error), errors=errors, title=error.title)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.code is not None and 300 <= error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        response = error_response(error.code or 500)
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @app.errorhandler(IndexProblem)
    @app.errorhandler(EngineUnavailable)
    def respond_not_ready(error: IndexProblem | EngineUnavailable) -> Response:
        _log.error("not ready: %s", error)
        return error_response(503, retry_after=getattr(error, "retry_after", _RETRY_SECONDS))

    @app.errorhandler(Exception)
    def respond_to_unexpected(error: Exception) -> Response:
        number = secrets.token_hex(4)
        _log.error("error %s at %r", number, request.full_path[:500], exc_info=error)
        return error_response(500, number=number)


def response_to_unparsable_request(app: Flask, status: int) -> Response:
    """Return the answer to a request that could not be parsed: a page if it was too long, as a browser's may be, else a problem
    document. Its address is not known."""
    with app.test_request_context("/" if status in (414, 431) else "/api/"):
        return app.process_response(error_response(status))


def error_response(
    status: int,
    detail: str = "",
    number: str = "",
    errors: Sequence[dict[str, str]] = (),
    proposals: Sequence[object] = (),
    title: str = "",
    retry_after: int = _RETRY_SECONDS,
) -> Response:
    """Return an error as a page, or as a problem document for a program. `proposals` are links.

    An answer with status 503 says after how many seconds to try again.
    """
    stated = _WORDS.get(status, _OTHER)
    title, advice = gettext(title or stated[0]), gettext(stated[1])
    headers = {"Retry-After": str(retry_after)} if status == 503 else {}
    if is_for_program(request.path):
        problem: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail or advice}
        if errors:
            problem["errors"] = list(errors)
        if number:
            problem["instance"] = f"urn:error:{number}"
        return Response(msgspec.json.encode(problem), status, headers, mimetype="application/problem+json")
    page = render("error.html", title=title, advice=advice, detail=detail, number=number, proposals=proposals)
    return Response(page, status, headers, mimetype="text/html")
