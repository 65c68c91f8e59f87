"""Reads the pages of an exported archive, and finds links that lead nowhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


def page_at(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def links_of(page: BeautifulSoup) -> list[str]:
    """What a page leads to or loads."""
    found = page.find_all(["a", "link", "img", "script", "form"])
    return [url for one in found if (url := one.get("href") or one.get("src") or one.get("action"))]


def dead_links(folder: Path, address: str) -> list[tuple[str, str]]:
    """The links of all pages that lead to no file of the folder, or to no place on its page. `address` is the archive's own."""
    places = lru_cache(None)(lambda path: {one["id"] for one in page_at(path).find_all(id=True)})
    dead = []
    for path in folder.rglob("*.html"):
        for url in links_of(page_at(path)):
            parts = urlsplit(url)
            if parts.scheme and not (address and url.startswith(address)):
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            is_there = not parts.netloc and not url.startswith("/") and target.resolve().is_relative_to(folder.resolve())
            if (
                not is_there
                or not target.is_file()
                or (parts.fragment and unquote(parts.fragment) not in places(target.resolve()))
            ):
                dead.append((str(path.relative_to(folder)), url))
    return dead
