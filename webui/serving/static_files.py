"""The files that never change while the program runs: stylesheet, script, icon and font."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort

blueprint = Blueprint("static_files", __name__)
_FOLDER = Path(__file__).parents[1] / "static"
_STYLES = ("tokens", "base", "frame", "forms", "results", "document", "lists", "media")
"""Parts of the one stylesheet, in their order."""
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


@blueprint.get("/static/<name>")
def static_file(name: str) -> Response:
    """Answer with one of the files."""
    content = _files().get(name)
    if content is None:
        abort(404)
    return Response(content, mimetype=_TYPES[name.rpartition(".")[2]])


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Answer with the icon, which browsers request at this address without reading the page."""
    return static_file("icon.svg")


@cache
def static_url(name: str) -> str:
    """Return the address of a file, which changes with its content, so that browsers may keep the file for ever."""
    return f"/static/{name}?v={hashlib.sha256(_files()[name]).hexdigest()[:12]}"


@cache
def _files() -> dict[str, bytes]:
    font = (_FOLDER / "fonts" / "newsreader.woff2").read_bytes()
    version = hashlib.sha256(font).hexdigest()[:12].encode()
    styles = b"\n".join((_FOLDER / "css" / f"{name}.css").read_bytes() for name in _STYLES)
    return {
        "style.css": styles.replace(b"newsreader.woff2", b"newsreader.woff2?v=" + version),
        "script.js": (_FOLDER / "script.js").read_bytes(),
        "icon.svg": (_FOLDER / "icon.svg").read_bytes(),
        "newsreader.woff2": font,
    }
