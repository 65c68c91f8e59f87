"""What browsers, crawlers and operators ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import shorten

import msgspec
from flask import Blueprint, Response, render_template

from search.engines.contract import MAX_WINDOW
from search.errors import FindingAidError
from webui.pages.results import document_url, topic_url
from webui.requests import absolute, archive

blueprint = Blueprint("machines", __name__)
_SHORT_NAME = 16
"""Characters that OpenSearch allows a short name."""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents are reached by the sitemap; searches are for people."""
    lines = [
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /api/",
        "Disallow: /go",
        "Disallow: /*?",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    return Response(render_template("sitemap.xml", urls=[absolute(path) for path in _paths()]), mimetype="application/xml")


def _paths() -> Iterator[str]:
    yield from ("/", "/titles", "/holdings", "/help")
    yield from (topic_url(topic) for topic in archive().counts("topic") if topic != "none")
    ids = sorted(archive().engine.published())[:MAX_WINDOW]
    yield from map(document_url, ids)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    name = archive().config.site.name
    short = shorten(name, _SHORT_NAME, placeholder="") or name[:_SHORT_NAME]
    body = render_template("opensearch.xml", base=absolute(""), short_name=short)
    return Response(body, mimetype="application/opensearchdescription+xml")


@blueprint.get("/static/style.css")
def style() -> Response:
    return Response(_style(), mimetype="text/css")


@cache
def _style() -> bytes:
    """Read once: it changes only with the program."""
    return (Path(__file__).parent / "static" / "style.css").read_bytes()


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    return Response(status=204)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers. Nothing else is looked at."""
    return _state({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Whether there is an index to answer from."""
    try:
        generation = archive().engine.current()
    except FindingAidError as error:
        return _state({"status": "not ready", "reason": type(error).__name__}, 503)
    return _state({"status": "ready", "generation": generation.id, "documents": generation.documents})


def _state(state: dict[str, object], status: int = 200) -> Response:
    """The state of this moment, which nobody may keep."""
    response = Response(msgspec.json.encode(state), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
