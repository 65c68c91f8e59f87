"""robots.txt: crawlers reach documents through the sitemap, not through searches."""

from __future__ import annotations

from flask import Blueprint, Response

from webui.addresses.links import absolute

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer with what crawlers may not fetch: searches only."""
    lines = ["User-agent: *", "Disallow: /search", f"Sitemap: {absolute('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
