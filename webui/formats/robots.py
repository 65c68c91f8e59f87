"""robots.txt: documents are reached by the sitemap; searches are for people."""

from __future__ import annotations

from flask import Blueprint, Response

from webui.addresses.links import absolute

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer with what crawlers may not fetch: searches, and nothing that a page needs to be shown."""
    lines = ["User-agent: *", "Disallow: /search", f"Sitemap: {absolute('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
