"""Addresses of the site that has closed, led to their documents."""

from __future__ import annotations

import re

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from search.model.addresses import plain_address, without_query
from search.model.query import Query
from webui.addresses.links import document_url, search_url
from webui.addresses.request import archive

blueprint = Blueprint("old_addresses", __name__)


@blueprint.get("/go")
def go() -> Response:
    """Redirect an old address to its document, else to a search for its last words that finds something."""
    url = request.args.get("url", "")
    found = archive().at_address(url)
    if found is not None:
        return redirect(document_url(found.id))
    words = Query(" ".join(re.findall(r"\w+", without_query(plain_address(url)).rpartition("/")[2])))
    if not words.text or not archive().count(words):
        abort(404)
    return redirect(search_url(words))
