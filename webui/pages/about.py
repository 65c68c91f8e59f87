"""The page about the archive: its description, what is held and what is missing, rights, contact, and how to cite it."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint
from markupsafe import Markup, escape
from msgspec import Struct

from search.archive import Archive
from webui.addresses.request import archive
from webui.pages.home import count_without_text
from webui.templating import render

blueprint = Blueprint("about", __name__)


class About(Struct, frozen=True):
    """The numbers that the page states."""

    total: int
    untitled: int
    without_text: int


@blueprint.get("/about")
def about() -> str:
    """Show the page, with the text that the archive's configuration names."""
    generation = archive().engine.current()
    counts = archive().counts("title_status")
    numbers = About(generation.documents, counts.get("not_preserved", 0), count_without_text(archive(), generation.id))
    return render("about.html", about=numbers, text=_text(archive()))


@lru_cache(maxsize=4)
def _text(of: Archive) -> Markup:
    """Return the archive's own text about itself: paragraphs, and lines that begin with `#` as headings. No HTML."""
    if not of.config.site.about:
        return Markup()
    path = of.config.folder / of.config.site.about
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    parts = []
    for block in text.split("\n\n"):
        words = " ".join(block.split())
        if words.startswith("#"):
            parts.append(f"<h2>{escape(words.lstrip('# '))}</h2>")
        elif words:
            parts.append(f"<p>{escape(words)}</p>")
    return Markup("\n".join(parts))
