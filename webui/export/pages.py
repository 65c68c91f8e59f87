"""A page as a file: its links lead to other files of the folder, and whatever needs the server is left out.

Links that only the server can answer become plain words; forms are left out, except the search box.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote

Find = Callable[[str], str]
"""Returns the file of an address of the site, "" if it has none."""
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action"}
_SERVER_LINKS = frozenset({"canonical", "search"})
"""Link relations that a copy of a page does not have."""
_NOT_SEARCHED = frozenset({"cite", "related", "around"})
"""Parts of a document's page that are not about the document itself."""


def to_file(page: str, file: str, address: str, find: Find) -> str:
    """Return a page as it is written to `file`, a path within the folder. `address` is the site's."""
    return _Rewriter(file, address, find).rewrite(page)


def with_files(text: str, address: str, find: Find) -> str:
    """Return a feed in which each address within the site is replaced by that of its file."""

    def other(match: re.Match[str]) -> str:
        file = find(unescape(match[1]).partition("#")[0])
        return address + "/" + escape(quote(file).removesuffix("index.html"))

    return re.sub(re.escape(address) + r"(/[^\"'<>\s]*)", other, text)


class _Rewriter(HTMLParser):
    """Copies a page, piece by piece, with its links changed."""

    def __init__(self, file: str, address: str, find: Find) -> None:
        super().__init__(convert_charrefs=False)
        self._folder, self._address, self._find = posixpath.dirname(file), address, find
        self._written: list[str] = []
        self._skipped: list[str] = []
        """The open elements that are not copied, outermost first."""
        self._unlinked = 0
        self._is_in_search = False

    def rewrite(self, page: str) -> str:
        """Return the whole page."""
        self.feed(page)
        self.close()
        return "".join(self._written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._skipped:
            if tag not in _EMPTY:
                self._skipped.append(tag)
            return
        self._is_in_search = self._is_in_search or tag == "search"
        if self._is_for_server(tag, given):
            if tag == "a":
                self._unlinked += 1
            elif tag not in _EMPTY:
                self._skipped.append(tag)
            return
        self._write_start(tag, given)

    def _is_for_server(self, tag: str, given: dict[str, str]) -> bool:
        if "data-copy" in given or (tag == "link" and ({*given.get("rel", "").split()} & _SERVER_LINKS or "hreflang" in given)):
            return True
        if (tag == "form" and not self._is_in_search) or (tag == "search" and not self._find("/search")):
            return True
        url = given.get(_LINKS.get(tag, ""), "")
        return self._is_own(url) and not self._file_of(url)

    def _write_start(self, tag: str, given: dict[str, str]) -> None:
        name = _LINKS.get(tag, "")
        changed = dict(given)
        if self._is_own(given.get(name, "")):
            changed[name] = self._relative(given[name])
        if tag == "article" and "document" in given.get("class", "").split():
            changed["data-pagefind-body"] = ""
        if tag == "section" and given.get("aria-labelledby") in _NOT_SEARCHED:
            changed["data-pagefind-ignore"] = ""
        if changed == given:
            self._written.append(self.get_starttag_text() or "")
        else:
            written = "".join(f' {key}="{escape(value)}"' for key, value in changed.items())
            self._written.append(f"<{tag}{written}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
        elif tag == "a" and self._unlinked:
            self._unlinked -= 1
        else:
            self._is_in_search = self._is_in_search and tag != "search"
            self._written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._write(f"<!{decl}>")

    def _write(self, text: str) -> None:
        if not self._skipped:
            self._written.append(text)

    def _is_own(self, url: str) -> bool:
        return bool(re.match(r"/(?!/)", url)) or url == self._address or url.startswith(self._address + "/")

    def _file_of(self, url: str) -> str:
        path = url.removeprefix(self._address) if url.startswith(self._address) else url
        return self._find(path.partition("#")[0] or "/")

    def _relative(self, url: str) -> str:
        """Return the link from this file to the file of an address, with the words of a search and the fragment."""
        address, _, fragment = url.partition("#")
        words = address.partition("?")[2] if "/search?" in address else ""
        link = quote(posixpath.relpath(self._file_of(url), self._folder or "."))
        return link + (f"?{words}" if words else "") + (f"#{fragment}" if fragment else "")
