"""What browsers, crawlers and operators ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, render_template

from search.engine import MAX_WINDOW
from webui.pages import document_url, topic_url
from webui.requests import absolute, archive

blueprint = Blueprint("machines", __name__)


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
    return Response(render_template("opensearch.xml", base=absolute("")), mimetype="application/opensearchdescription+xml")


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
