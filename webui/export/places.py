"""Which file an address of the site is written to, if any.

A page is the file `index.html` in a folder named like its address, so that addresses stay the same if the folder is served
from the same host. An address that is not a safe file name, or that differs from another only in case, gets a name made from
its SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, unquote, urlencode

from search.model.document import Document
from webui.addresses.links import document_url
from webui.addresses.request import archive

_PAGES = re.compile(r"/(?:|about|holdings|topics|people|titles|(?:topics|people)/[^/]+)")
_PAGED = re.compile(r"/(?:people|titles|(?:topics|people)/[^/]+)")
_SAFE_NAME = re.compile(r"[\w~(][\w ,;()+=@'~!.-]*(?<![. ])")
_TAKEN = frozenset({"index.html", "cite.ris", "cite.bib"})
_LONGEST_NAME = 120
"""Bytes; file systems allow 255."""
SEARCH = "search/index.html"


class Places:
    """The files of the addresses found so far. `has_search` says whether the folder has a search in the browser."""

    def __init__(self, has_search: bool) -> None:
        self.has_search = has_search
        self.files: dict[str, str] = {}
        """The file of each address to be written, in the order in which they were found."""
        self._addresses: dict[str, str] = {}

    def find(self, address: str) -> str:
        """Return the file of an address such as `/documents/a?q=b`, which will be written; "" if it has none."""
        path, _, query = address.partition("?")
        parameters = dict(parse_qsl(query))
        if path.startswith("/documents/"):
            return self._document(unquote(path.removeprefix("/documents/")), "index.html")
        if _PAGES.fullmatch(path) and path != "/people/":
            page = parameters.get("page", "") if _PAGED.fullmatch(path) else ""
            is_first = page in ("", "1") or not (page.isascii() and page.isdigit())
            folders = [*unquote(path).split("/")[1:], *([] if is_first else [f"page-{page}"])]
            return self._add(path if is_first else f"{path}?page={page}", folders, "index.html")
        if path in ("/cite.ris", "/cite.bib"):
            return self._document(parameters.get("id", ""), path[1:])
        if path == "/search.atom":
            if not query:
                return self._add(path, [], "search.atom")
            name = "-".join(re.findall(r"\w+", " ".join(map("-".join, parse_qsl(query)))))
            return self._add(f"{path}?{urlencode(parse_qsl(query))}", ["feeds"], f"{name[:60]}-{_digest(query)}.atom")
        return self._other(path, parameters)

    def _other(self, path: str, parameters: dict[str, str]) -> str:
        if path == "/search" and self.has_search and parameters.keys() <= {"q"}:
            return SEARCH
        if path.startswith("/pagefind/") and self.has_search:
            return path[1:]
        if path.startswith("/static/") and not path.endswith(".js"):
            return self._add(path, ["static"], path.rpartition("/")[2])
        if path.startswith("/files/"):
            return self._file_address(*unquote(path.removeprefix("/files/")).rpartition("/")[::2], "picture" in parameters)
        return ""

    def _document(self, document_id: str, leaf: str) -> str:
        """Return the file of a document's page or reference; "" if there is no such document."""
        address = document_url(document_id)
        if address not in self.files and archive().document(document_id) is None:
            return ""
        page = self._add(address, ["documents", *document_id.split("/")], "index.html")
        if leaf == "index.html":
            return page
        return self._add(f"/{leaf}?{urlencode({'id': document_id})}", page.split("/")[:-1], leaf)

    def _file_address(self, document_id: str, name: str, is_picture: bool) -> str:
        """Return the file of a held file or its picture, in the folder of its SHA-256, from which the dump is read back."""
        document: Document | None = archive().document(document_id)
        file = next((one for one in document.files if one.sha256 and one.name == name), None) if document else None
        if file is None or (is_picture and not file.picture):
            return ""
        return file_place(file.picture, "picture.webp") if is_picture else file_place(file.sha256, name)

    def _add(self, address: str, folders: list[str], leaf: str) -> str:
        if address not in self.files:
            file = "/".join((*filter(None, folders), leaf))
            is_safe = all(_is_safe_name(folder) for folder in folders if len(folders) > 1 or folder)
            if not is_safe or self._addresses.setdefault(file.casefold(), address) != address:
                file = "/".join((folders[0], f"~{_digest(address)}", leaf))
            self._addresses[file.casefold()] = address
            self.files[address] = file
        return self.files[address]


def file_place(sha256: str, name: str) -> str:
    """Return the path of a held file or picture in the folder."""
    return f"files/{sha256}/{name if len(name.encode()) <= 200 else sha256}"


def _is_safe_name(name: str) -> bool:
    return bool(_SAFE_NAME.fullmatch(name)) and name.casefold() not in _TAKEN and len(name.encode()) <= _LONGEST_NAME


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
