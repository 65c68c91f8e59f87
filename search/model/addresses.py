"""Normalise web addresses for comparison: http and https, with and without www, are the same page."""

from __future__ import annotations

import re
from urllib.parse import unquote

from search.model.document import Document

_LONGEST = 2000
"""Characters; longer addresses are not looked up: engines limit the size of a value."""
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?|^www\.", re.I)


def plain_address(url: str) -> str:
    """Return the address without scheme, www, fragment, letter case and the slash at its end."""
    page, mark, query = _SCHEME.sub("", url.strip()).partition("#")[0].partition("?")
    return unquote(page).lower().rstrip("/") + (f"?{unquote(query).lower()}" if mark and query else "")


def without_query(address: str) -> str:
    """Return the address without its query string."""
    return address.partition("?")[0].rstrip("/")


def own_addresses(document: Document) -> tuple[str, ...]:
    """Return the plain addresses of the document itself, each also without its host, as old links are often written.

    Aliases are among them: an address, a path or an earlier id.
    """
    own = _with_and_without_host(plain_address(document.url)) if _is_address(document.url) else ()
    return (*own, *(address for alias in document.aliases for address in _alias_addresses(alias)))


def _alias_addresses(alias: str) -> tuple[str, ...]:
    if _is_address(alias):
        return _with_and_without_host(plain_address(alias))
    path = alias if alias.startswith("/") else f"/documents/{alias}"
    return (plain_address(path),) if len(path) <= _LONGEST else ()


def list_addresses(document: Document) -> tuple[str, ...]:
    """Return the document's own addresses and those of its files and sources."""
    linked = (*(file.url for file in document.files), *(source.source for source in document.sources))
    others = (address for url in linked if _is_address(url) for address in _with_and_without_host(plain_address(url)))
    return tuple(dict.fromkeys((*own_addresses(document), *others)))


def _is_address(url: str) -> bool:
    return url[:8].lower().startswith(("http://", "https://")) and len(url) <= _LONGEST


def _with_and_without_host(address: str) -> tuple[str, ...]:
    _, slash, path = address.partition("/")
    return (address, slash + path) if path else (address,)
