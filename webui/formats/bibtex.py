"""A search as BibTeX."""

from __future__ import annotations

import re

from flask import Blueprint, Response

from search.model.document import Document
from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive, strictly_requested_query
from webui.formats.citation_fields import authors, one_line, publisher
from webui.formats.whole_search import documents_of, file_response

blueprint = Blueprint("bibtex", __name__)


@blueprint.get("/search.bib")
def bibtex() -> Response:
    """Answer with one entry a document."""
    query, _ = strictly_requested_query()
    return file_response("\n".join(map(_bibtex, documents_of(query))), "application/x-bibtex", "bib")


def _bibtex(document: Document) -> str:
    fields = {
        "title": "{" + _latex(archive().display_title(document)) + "}",
        "author": " and ".join(map(_latex, authors(document))),
        "year": str(document.date.year) if document.date else "",
        "institution": _latex(publisher(document)),
        "type": _latex(document.type),
        "url": one_line(document.url or absolute(document_url(document.id))),
        "abstract": _latex(document.summary),
    }
    key = re.sub(r"[^A-Za-z0-9_-]", "-", document.id)
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}}}\n"


def _latex(text: str) -> str:
    """Return the text with the characters that mean something to LaTeX escaped."""
    escaped = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(escaped.get(char, f"\\{char}" if char in "&%$#_" else char) for char in one_line(text))
