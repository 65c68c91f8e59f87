"""What operators ask: whether the process answers, and whether it has an index to answer from."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from search.errors import FindingAidError
from webui.addresses.request import archive

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer that the process runs, without looking at the index."""
    return _state({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answer whether there is an index to search."""
    try:
        generation = archive().engine.current()
    except FindingAidError as error:
        return _state({"status": "not ready", "reason": type(error).__name__}, 503)
    return _state({"status": "ready", "generation": generation.id, "documents": generation.documents})


def _state(state: dict[str, object], status: int = 200) -> Response:
    """Return the state of this moment, which no cache may keep."""
    response = Response(msgspec.json.encode(state), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
