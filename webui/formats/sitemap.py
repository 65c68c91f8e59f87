"""The sitemap: every page that crawlers are to find."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template

from search.engines.contract import MAX_WINDOW
from webui.addresses.links import absolute, document_url, topic_url
from webui.addresses.request import archive

blueprint = Blueprint("sitemap", __name__)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer with the addresses of all pages."""
    return Response(render_template("sitemap.xml", urls=[absolute(path) for path in _paths()]), mimetype="application/xml")


def _paths() -> Iterator[str]:
    yield from ("/", "/titles", "/holdings", "/help")
    yield from (topic_url(topic) for topic in archive().counts("topic") if topic != "none")
    ids = sorted(archive().engine.published())[:MAX_WINDOW]
    yield from map(document_url, ids)
