"""The OpenSearch description, by which a browser can search this archive from its address bar."""

from __future__ import annotations

from textwrap import shorten

from flask import Blueprint, Response

from webui.addresses.links import absolute
from webui.addresses.request import archive
from webui.templating import render

blueprint = Blueprint("opensearch", __name__)
_SHORT_NAME = 16
"""Characters that OpenSearch allows a short name."""


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Answer with the description."""
    name = archive().config.site.name
    short = shorten(name, _SHORT_NAME, placeholder="") or name[:_SHORT_NAME]
    body = render("opensearch.xml", base=absolute(""), short_name=short)
    return Response(body, mimetype="application/opensearchdescription+xml")
