"""The sitemap: an index of parts, each with at most 10,000 addresses and the date of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort

from search.archive import Archive
from search.model.document import Document
from webui.addresses.links import absolute, document_url, topic_url
from webui.addresses.request import archive
from webui.by_generation import keep_for_generation

blueprint = Blueprint("sitemap", __name__)
PART = 10_000
"""Addresses in one part; the protocol allows 50,000."""


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer with all addresses, or with the index of the parts if there are several."""
    count = _parts(archive())
    if count == 1:
        return _urlset(1)
    urls = [absolute(f"/sitemap-{number}.xml") for number in range(1, count + 1)]
    return Response(write_sitemap("sitemapindex", "sitemap", ((url, "") for url in urls)), mimetype="application/xml")


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """Answer with one part."""
    if not 1 <= number <= _parts(archive()):
        abort(404)
    return _urlset(number)


def _urlset(number: int) -> Response:
    """Return one part."""
    of = archive()
    paths = [(absolute(path), "") for path in _pages(of)] if number == 1 else []
    first = max(0, (number - 1) * PART - len(_pages(of)))
    taken = islice(of.engine.every(), first, first + PART - len(paths))
    entries = (
        *paths,
        *((absolute(document_url(one.id)), _last_modified(one)) for one in taken),
    )
    return Response(write_sitemap("urlset", "url", entries), mimetype="application/xml")


def write_sitemap(whole: str, one: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a sitemap, or an index of sitemaps, in pieces. `entries` are addresses, each with a day or ""."""
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for url, changed in entries:
        yield f"  <{one}><loc>{escape(url)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{one}>\n"
    yield f"</{whole}>\n"


def _last_modified(document: Document) -> str:
    """Return the day of the document's own date, "" if no day is known."""
    return document.date.iso if document.date and len(document.date.iso) == 10 else ""


def _pages(of: Archive) -> list[str]:
    topics = [topic_url(topic) for topic in of.counts("topic") if topic != "none"]
    return ["/", "/about", "/topics", "/people", "/titles", "/holdings", "/help", *topics]


@keep_for_generation
def _parts(of: Archive) -> int:
    """Return the number of parts."""
    return max(1, -(-(of.engine.current().documents + len(_pages(of))) // PART))
