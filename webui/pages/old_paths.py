"""Paths of an earlier site, or of this one before, led to their documents: the last route of all."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response

from webui.addresses.links import document_url
from webui.addresses.moved import document_at_old_path

blueprint = Blueprint("old_paths", __name__)


@blueprint.get("/<path:path>")
def old_path(path: str) -> Response:
    """Redirect to the document that was at this path."""
    found = document_at_old_path(f"/{path}")
    if found is None:
        abort(404)
    return redirect(document_url(found.id), 301)
