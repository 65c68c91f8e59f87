"""The files held with documents, and the pictures of their first pages.

A file is looked up in the list of a published document and read from the store by the SHA-256 there: no path is made from an
address. A fixed table of types decides what a browser may do with a file.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request, send_file

from search.held_files import find_held_path
from search.media_types import format_name, is_shown_in_place
from search.model.document import Document, FileLink
from webui.addresses.moved import refuse
from webui.addresses.request import archive
from webui.languages import gettext, ngettext, size_label

blueprint = Blueprint("files", __name__)

_SAVED_ONLY = "default-src 'none'; sandbox"
_SHOWN = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox"
_PDF = (
    "default-src 'none'; object-src 'self'; frame-src 'self'; img-src 'self' data: blob:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Without `sandbox`, in which browsers do not open their PDF viewer."""
_SECONDS_KEPT = 3600
_SNIFFED = 1_000_000
FORMAT_WORDS = ("Text", "Web page")
"""Names of formats that differ by language."""


def file_url(document: Document, file: FileLink, page: int = 0) -> str:
    """Return the address of a file: within this site, opened at a page of a PDF, if it is held here; else its own."""
    if not file.sha256:
        return file.url
    place = f"#page={page}" if page and file.media_type == "application/pdf" else ""
    return f"/files/{quote(document.id, safe='/~')}/{quote(file.name, safe='~')}{place}"


def picture_url(document: Document) -> str:
    """Return the address of the picture of a document's first page, "" if it has none."""
    file = next((one for one in document.files if one.picture), None)
    return f"{file_url(document, file)}?picture=1" if file else ""


def describe_file(file: FileLink) -> str:
    """Return the format of a file and, if known, its pages and its size: PDF, 12 pages, 1.2 MB."""
    pages = ngettext("%(num)s page", "%(num)s pages", file.pages) if file.pages else ""
    size = size_label(file.size) if file.size else ""
    return ", ".join(filter(None, (gettext(format_name(file.media_type, file.name)), pages, size)))


def page_url(document: Document, page: int) -> str:
    """Return the address of a page of a document's held file, "" if no file has this page."""
    file = next((one for one in document.files if one.sha256 and one.pages >= page > 0), None)
    return file_url(document, file, page) if file else ""


@blueprint.get("/files/<id:document_id>/<name>")
def send_held_file(document_id: str, name: str) -> Response:
    """Send a file, whole or the requested range; with `picture=1` the picture of its first page."""
    file = _find_file(document_id, name)
    if request.args.get("picture"):
        picture = _path_of(file.picture)
        return send_file(picture, "image/webp", conditional=True, etag=file.picture, max_age=_SECONDS_KEPT)
    path = _path_of(file.sha256)
    is_shown = is_shown_in_place(file.media_type)
    response = send_file(
        path,
        mimetype=file.media_type,
        as_attachment=not is_shown,
        download_name=file.name,
        conditional=True,
        etag=file.sha256,
        max_age=_SECONDS_KEPT,
    )
    if file.media_type == "text/plain":
        response.headers["Content-Type"] = _text_type(path)
    is_pdf = file.media_type == "application/pdf"
    response.headers["Content-Security-Policy"] = _PDF if is_pdf else _SHOWN if is_shown else _SAVED_ONLY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _find_file(document_id: str, name: str) -> FileLink:
    """Return the held file of this name of a published document; answer 404 or 410 if there is none."""
    found = archive().document(document_id)
    if found is None:
        refuse(document_id)
    file = next((one for one in found.files if one.sha256 and one.name == name), None)
    if file is None:
        abort(404)
    return file


def _path_of(sha256: str) -> Path:
    path = find_held_path(archive().config.index_path, sha256)
    if path is None:
        abort(404)
    return path.resolve()


def _text_type(path: Path) -> str:
    """Return the media type of a text with its encoding: UTF-8 if the text is valid UTF-8, else Windows-1252."""
    with path.open("rb") as file:
        start = file.read(_SNIFFED)
    try:
        start[:-3].decode() if len(start) == _SNIFFED else start.decode()
    except UnicodeDecodeError:
        return "text/plain; charset=windows-1252"
    return "text/plain; charset=utf-8"
