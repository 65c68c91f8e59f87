"""A search as RIS, for reference managers."""

from __future__ import annotations

from flask import Blueprint, Response

from search.model.document import Document
from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive, strictly_requested_query
from webui.formats.citation_fields import authors, one_line, publisher
from webui.formats.whole_search import documents_of, file_response

blueprint = Blueprint("ris", __name__)
_RIS_TYPES = {
    "report": "RPRT",
    "paper": "RPRT",
    "commentary": "BLOG",
    "news": "NEWS",
    "media": "NEWS",
    "podcast": "SOUND",
    "video": "VIDEO",
    "image": "ART",
}


@blueprint.get("/search.ris")
def ris() -> Response:
    """Answer with one record a document."""
    query, _ = strictly_requested_query()
    return file_response("".join(map(_ris, documents_of(query))), "application/x-research-info-systems", "ris")


def _ris(document: Document) -> str:
    kind = next((tag for word, tag in _RIS_TYPES.items() if word in document.type.lower()), "GEN")
    lines = [("TY", kind), ("TI", archive().display_title(document))]
    lines += (("AU", name) for name in authors(document))
    if document.date:
        lines += [("PY", str(document.date.year)), ("DA", document.date.iso.replace("-", "/"))]
    lines += [
        ("PB", publisher(document)),
        ("AB", document.summary),
        ("UR", document.url or absolute(document_url(document.id))),
    ]
    lines += (("KW", archive().fields.keyword["topic"].value_label(topic)) for topic in document.topics)
    lines += [("ID", document.id), ("ER", "")]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"
