"""Addresses of the site that has closed: they redirect to their documents, or similar documents are proposed."""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import Blueprint, Response, abort, redirect, request
from msgspec.structs import replace
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from search.model.addresses import plain_address, without_query
from search.model.document import Document
from search.model.query import Query
from search.text.characters import PLAIN_APOSTROPHES
from webui.addresses.links import document_url, search_url
from webui.addresses.moved import document_at_old_path
from webui.addresses.request import archive
from webui.languages import gettext
from webui.pages.hits import title_label
from webui.pages.links import Link, count_label
from webui.serving.errors import error_response

blueprint = Blueprint("old_addresses", __name__)
_LONGEST_PATH = 500
_PROPOSED = 5
_FEWEST_WORDS = 2
"""Words of a path that must occur in the archive before it is treated as an old address."""
_PROGRAM = re.compile(
    r"\.(?:php\d?|aspx?|jsp|cgi|exe|sh|env|ini|bak|sql|git|zip|gz|js|css|map|json|xml|ico|png|jpe?g|gif|svg|woff2?)$", re.I
)
"""Endings of paths that programs request, not people."""


@blueprint.get("/go")
def go() -> AnyResponse:
    """Redirect an old address to its document, else to a search for the words of its last part."""
    url = request.args.get("url", "").strip()
    found = find_document(url)
    if found is not None:
        return redirect(document_url(found.id))
    words = Query(" ".join(_words(without_query(plain_address(url)).rpartition("/")[2])))
    if not words.text or not archive().count(words):
        abort(404)
    return redirect(search_url(words))


@blueprint.app_errorhandler(404)
def respond_to_unknown_path(error: NotFound) -> AnyResponse:
    """Answer an unknown path with a redirect to its document, with proposals, or with an error page."""
    path = unquote(request.path)
    if request.blueprint is not None or request.path.startswith(("/api/", "/search.", "/static/", "/files/")):
        return error_response(404)
    if len(path) > _LONGEST_PATH or _PROGRAM.search(path) or request.method not in ("GET", "HEAD"):
        return error_response(404)
    found = document_at_old_path(path) or find_document(path)
    if found is not None:
        return redirect(document_url(found.id), 301)
    return _with_proposals(path)


def find_document(address: str) -> Document | None:
    """Return the document that was at an address; apostrophes, final dots and slashes make no difference."""
    plain = address.translate(PLAIN_APOSTROPHES).rstrip("/. ")
    tried = (address, plain, plain.replace("'", ""), plain.replace("'", "’"))
    return next((found for one in dict.fromkeys(tried) if one and (found := archive().at_address(one))), None)


def _with_proposals(path: str) -> Response:
    words = _words(path.rpartition("/")[2]) or _words(path)
    known = [word for word, count in zip(words, archive().engine.document_frequencies(words), strict=True) if count]
    if len(known) < _FEWEST_WORDS:
        return error_response(404)
    query = Query(" ".join(known), per_page=_PROPOSED)
    page = archive().search(query, facets=())
    proposals = [Link(title_label(archive(), hit.document), document_url(hit.document.id)) for hit in page.hits]
    if page.total > len(page.hits):
        label = gettext("All %(count)s for “%(words)s”", count=count_label(page.total), words=query.text)
        proposals.append(Link(label, search_url(replace(query, per_page=archive().config.per_page))))
    return error_response(404, proposals=proposals)


def _words(text: str) -> list[str]:
    """Return the words of a path as the archive analyses them, each once."""
    return list(dict.fromkeys(word for piece in re.findall(r"\w+", text) for word in archive().analyzer.words(piece)))
