"""The files that never change while the program runs: the stylesheet and the icon."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, Response

blueprint = Blueprint("static_files", __name__)


@blueprint.get("/static/style.css")
def style() -> Response:
    return Response(_style(), mimetype="text/css")


@cache
def _style() -> bytes:
    """Read once: it changes only with the program."""
    return (Path(__file__).parents[1] / "static" / "style.css").read_bytes()


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    return Response(status=204)
