"""Write the archive as a folder of files, by requesting one page of the application after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from flask import Flask

from search.archive import Archive
from search.config.settings import Config
from search.engines.contract import Engine
from webui import create_app
from webui.addresses.links import document_url
from webui.export import browser_search
from webui.export.dump import write_dump
from webui.export.pages import to_file, with_files
from webui.export.places import SEARCH, Places
from webui.formats.sitemap import write_sitemap
from webui.templating import render, templates

_FIRST = ("/", "/about", "/topics", "/people", "/titles", "/holdings", "/search.atom", "/static/newsreader.woff2")
_IN_ONE_SITEMAP = 50_000


class Exported(NamedTuple):
    """What was written: the numbers of documents and pages, the digest, a note on the search, and the files not found."""

    documents: int
    pages: int
    digest: str
    note: str
    missing: tuple[str, ...]


def export_site(config: Config, folder: Path, engine: Engine | None = None, has_search: bool | None = None) -> Exported:
    """Write the archive to an empty folder, with a search in the browser where its package is installed.

    Everything comes from the generation that is current now. The engine is closed at the end. Raises FileExistsError if the
    folder is not empty, OSError, and what `Archive.search` raises.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not an empty folder; name a new or an empty one")
    app = create_app(config.model_copy(update={"languages": ()}), engine)
    has_search = browser_search.is_installed() if has_search is None else has_search
    templates(app).values["absent_pages"] = ("/help", *(() if has_search else ("/search",)))
    of: Archive = app.extensions["archive"]
    of.engine.hold()
    try:
        return _export(app, of, folder, has_search)
    finally:
        of.engine.close()


def _export(app: Flask, of: Archive, folder: Path, has_search: bool) -> Exported:
    """Write the generation that the engine holds."""
    folder.mkdir(parents=True, exist_ok=True)
    digest, missing = write_dump(of, folder)
    with app.app_context():
        places = Places(has_search)
        for address in (*_FIRST, *(document_url(one.id) for one in of.engine.every())):
            places.find(address)
        pages = _write_pages(app, places, folder, of.config.site.address.rstrip("/"))
    note = browser_search.index(folder) if places.has_search else browser_search.HOW_TO_ADD
    documents = sum(address.startswith("/documents/") for address in places.files)
    return Exported(documents, pages, digest, note, missing)


def _write_pages(app: Flask, places: Places, folder: Path, address: str) -> int:
    """Write all addresses found, and those found in the pages written; return the number of pages."""
    client = app.test_client()
    pages: list[str] = []
    for asked in _iterate_while_growing(places.files):
        response = client.get(asked, follow_redirects=True)
        content, file = response.get_data(), places.files[asked]
        response.close()
        if response.mimetype == "text/html":
            content = to_file(content.decode(), file, address, places.find).encode()
            pages.append(file)
        elif response.mimetype == "application/atom+xml":
            content = with_files(content.decode(), address, places.find).encode()
        elif response.mimetype == "text/css":
            content = content.replace(b"/static/", b"")
        _write(folder / file, content)
    if places.has_search:
        with app.test_request_context("/search"):
            _write(folder / SEARCH, to_file(render("static_search.html"), SEARCH, address, places.find).encode())
        pages.append(SEARCH)
    _write_sitemap(folder, address, pages)
    return len(pages)


def _iterate_while_growing(files: dict[str, str]) -> Iterator[str]:
    """Yield the addresses, those added meanwhile included."""
    done: set[str] = set()
    while len(done) < len(files):
        for asked in [one for one in files if one not in done]:
            done.add(asked)
            yield asked


def _write_sitemap(folder: Path, address: str, pages: list[str]) -> None:
    urls = [f"{address}/{quote(page).removesuffix('index.html')}" for page in pages]
    parts = [urls[first : first + _IN_ONE_SITEMAP] for first in range(0, len(urls), _IN_ONE_SITEMAP)]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        _write(folder / name, "".join(write_sitemap("urlset", "url", ((url, "") for url in part))).encode())
    if len(names) > 1:
        index = write_sitemap("sitemapindex", "sitemap", ((f"{address}/{name}", "") for name in names))
        _write(folder / "sitemap.xml", "".join(index).encode())
    _write(folder / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n".encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
