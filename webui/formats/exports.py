"""A whole search in another form, for readers of feeds, spreadsheets and reference managers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from flask import Blueprint, Response, render_template
from msgspec.structs import replace

from search.model.document import Document
from search.model.query import Query
from search.model.results import Hit
from webui.pages.results import document_url, plain
from webui.requests import absolute, archive, asked_exactly, search_url

blueprint = Blueprint("exports", __name__)
MOST = 10_000
"""Documents in an export: as deep as any engine pages."""
_FEED = 50
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
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _documents(query: Query, most: int = MOST) -> Iterator[Document]:
    """The first documents of a search, page by page."""
    given = 0
    for page in range(1, -(-most // 100) + 1):
        hits = archive().search(replace(query, page=page, per_page=100)).hits
        yield from (hit.document for hit in hits)
        given += len(hits)
        if len(hits) < 100:
            return


@blueprint.get("/search.atom")
def atom() -> Response:
    query, _ = asked_exactly()
    query = replace(query, sort=query.sort or "newest", page=1, per_page=_FEED)
    page = archive().search(query)
    built = archive().engine.current().built_at
    body = render_template(
        "feed.xml",
        page=page,
        entries=[_entry(hit, built) for hit in page.hits],
        updated=built,
        self_url=absolute(search_url(query, "/search.atom")),
        html_url=absolute(search_url(query)),
    )
    return Response(body, mimetype="application/atom+xml")


def _entry(hit: Hit, built: str) -> dict[str, str]:
    """An entry of the feed. It changes with the document's date, not with each publication of the index: readers of the feed
    would be shown all of them anew."""
    date = hit.document.date
    published = f"{date.start.isoformat()}T00:00:00Z" if date else ""
    url = absolute(document_url(hit.document.id))
    summary = plain(hit.snippet)
    return {"url": url, "title": hit.display_title, "published": published, "updated": published or built, "summary": summary}


@blueprint.get("/search.csv")
def spreadsheet() -> Response:
    query, _ = asked_exactly()
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["id", "title", "title_status", "type", "date", "topics", "people", "url", "page_url"])
    for document in _documents(query):
        status = document.title_status if document.title else "not_preserved"
        cells = (
            document.id, archive().display_title(document), status, document.type,
            document.date.text if document.date else "", "; ".join(document.topics),
            "; ".join(person.name for person in document.people), document.url, absolute(document_url(document.id)),
        )  # fmt: skip
        # A spreadsheet would run a cell that begins like a formula.
        rows.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return _file(table.getvalue(), "text/csv", "csv")


@blueprint.get("/search.ris")
def ris() -> Response:
    query, _ = asked_exactly()
    return _file("".join(map(_ris, _documents(query))), "application/x-research-info-systems", "ris")


@blueprint.get("/search.bib")
def bibtex() -> Response:
    query, _ = asked_exactly()
    return _file("\n".join(map(_bibtex, _documents(query))), "application/x-bibtex", "bib")


def _file(body: str, mimetype: str, ending: str) -> Response:
    response = Response(body, content_type=f"{mimetype}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="search.{ending}"'
    return response


def _authors(document: Document) -> list[str]:
    return [person.name for person in document.people if person.role in ("author", "principal author", "chief editor", "editor")]


def _publisher(document: Document) -> str:
    """Who published it, where that is known: what others printed about the institution it did not publish itself."""
    if document.venue or "coverage" in document.type.lower():
        return document.venue
    return archive().config.site.publisher


def _ris(document: Document) -> str:
    kind = next((tag for word, tag in _RIS_TYPES.items() if word in document.type.lower()), "GEN")
    lines = [("TY", kind), ("TI", archive().display_title(document))]
    lines += (("AU", name) for name in _authors(document))
    if document.date:
        lines += [("PY", str(document.date.start.year)), ("DA", document.date.text.partition("/")[0].replace("-", "/"))]
    lines += [
        ("PB", _publisher(document)),
        ("AB", document.summary),
        ("UR", document.url or absolute(document_url(document.id))),
    ]
    lines += (("KW", archive().fields.keyword["topic"].value_label(topic)) for topic in document.topics)
    lines += [("ID", document.id), ("ER", "")]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"


def _bibtex(document: Document) -> str:
    fields = {
        "title": "{" + _latex(archive().display_title(document)) + "}",
        "author": " and ".join(map(_latex, _authors(document))),
        "year": str(document.date.start.year) if document.date else "",
        "institution": _latex(_publisher(document)),
        "type": _latex(document.type),
        "url": _line(document.url or absolute(document_url(document.id))),
        "abstract": _latex(document.summary),
    }
    key = re.sub(r"[^A-Za-z0-9_-]", "-", document.id)
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}}}\n"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _latex(text: str) -> str:
    """Text with the characters that mean something to LaTeX escaped."""
    escaped = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(escaped.get(char, f"\\{char}" if char in "&%$#_" else char) for char in _line(text))
