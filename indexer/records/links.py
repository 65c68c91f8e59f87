"""Resolve links between documents once all documents are known."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from functools import partial
from urllib.parse import quote, unquote, urljoin, urlsplit

from msgspec.structs import replace

from indexer.readers.blocks import safe_address
from indexer.spooled_documents import DocumentAddress, SpooledDocuments
from search.model.addresses import plain_address
from search.model.document import Document, LinkSpan, Section


def document_address(document_id: str) -> str:
    """Return the address of a document's page within the site."""
    return f"/documents/{quote(document_id, safe='/~')}"


def resolve_links(documents: SpooledDocuments, linking: Sequence[str]) -> None:
    """Give every link in the text of `documents` its final address, and take out those that lead nowhere: their words stay.
    That is done whenever one of the documents is read.

    `linking` are the ids of the documents that have links. A link is resolved against the file it is in, then against the
    document's own address.
    """
    if not linking:
        return
    targets = _Targets(documents.list_addresses())
    for name in linking:
        documents.change_when_read(name, partial(_resolve_all, targets=targets))


def _resolve_all(document: Document, targets: _Targets) -> Document:
    """Return the document with all its links resolved."""
    anchors = {section.anchor for section in document.sections if section.anchor}
    sections = tuple(
        _resolve_links(section, document, targets, anchors) if section.links else section for section in document.sections
    )
    return replace(document, sections=sections)


class _Targets:
    """Documents by their files and by their addresses. A file with several documents is no target."""

    def __init__(self, documents: Iterable[DocumentAddress]) -> None:
        self._by_file: dict[str, str | None] = {}
        self._by_address: dict[str, str] = {}
        for document in documents:
            path = document.source_path
            self._by_file[path] = None if path in self._by_file else document.id
            if document.url:
                self._by_address.setdefault(plain_address(document.url), document.id)

    def at_path(self, path: str) -> str | None:
        """Return the id of the document that was read from a file, as a link names it."""
        plain = posixpath.normpath(path)
        candidates = (plain, f"{plain}/index.html", f"{plain}/index.htm", f"{plain}.html", f"{plain}.md")
        return next((found for one in candidates if (found := self._by_file.get(one))), None)

    def at_address(self, address: str) -> str | None:
        """Return the id of the document that has this address."""
        return self._by_address.get(plain_address(address))


def _resolve_links(section: Section, document: Document, targets: _Targets, anchors: set[str]) -> Section:
    found = ((link, _address(link.url, document, targets, anchors)) for link in section.links)
    return replace(section, links=tuple(LinkSpan(link.start, link.end, address) for link, address in found if address))


def _address(url: str, document: Document, targets: _Targets, anchors: set[str]) -> str:
    """Return the address a link leads to; "" if it leads nowhere."""
    if url.startswith("#"):
        return url if unquote(url[1:]) in anchors else ""
    try:
        parts = urlsplit(url)
        whole = urljoin(document.url, url) if document.url else url
    except ValueError:
        return ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if not parts.scheme and parts.path:
        folder = "" if parts.path.startswith("/") else posixpath.dirname(document.source_path)
        found = targets.at_path(posixpath.join(folder, unquote(parts.path).lstrip("/") if not folder else unquote(parts.path)))
        if found is not None:
            return document_address(found) + fragment
    found = targets.at_address(whole)
    if found is not None:
        return document_address(found) + fragment
    return safe_address(whole) if urlsplit(whole).scheme else ""
