"""Tell pages from the other files of a saved site."""

from __future__ import annotations

import re

_BEGINNING = 4096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|frameset|title)\b", re.I)
_OTHER = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:svg|rss|feed|urlset|rdf)\b", re.I | re.S)


def is_html_page(path: str) -> bool:
    """Whether the first 4 KB of a file begin as an HTML page does; False if the file cannot be read."""
    try:
        with open(path, "rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError:
        return False
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        beginning = beginning[2:].replace(b"\0", b"")
    return b"\0" not in beginning and bool(_PAGE.search(beginning)) and not _OTHER.match(beginning)
