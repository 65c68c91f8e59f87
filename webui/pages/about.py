"""The page about the archive: its description, what is held and what is missing, rights, contact, and how to cite it."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint
from markupsafe import Markup, escape

from search.archive import Archive
from webui.addresses.request import archive
from webui.pages.holdings import count_gaps
from webui.templating import render

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """Show the page, with the text that the archive's configuration names."""
    return render("about.html", gaps=count_gaps(archive()), text=own_text(archive()))


@lru_cache(maxsize=4)
def own_text(of: Archive) -> Markup:
    """Return the archive's own text about itself: paragraphs, and lines that begin with `#` as headings. No HTML."""
    if not of.config.site.about:
        return Markup()
    path = of.config.folder / of.config.site.about
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    parts = []
    for block in text.split("\n\n"):
        words = " ".join(block.split())
        if words.startswith("#"):
            parts.append(f"<h2>{escape(words.lstrip('# '))}</h2>")
        elif words:
            parts.append(f"<p>{escape(words)}</p>")
    return Markup("\n".join(parts))
