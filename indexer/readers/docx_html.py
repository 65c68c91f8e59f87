"""Convert a Word file to HTML, in the child process; all results are plain values."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import mammoth

from indexer.readers.contained.archives import check_archive

_STYLES = """p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p.Title => h1:fresh
p.Subtitle => h2:fresh"""
"""By name, and by the id that Word uses, because other programs often write no names."""
_PROPERTIES = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NAMES = {"title": "Title", "creator": "Author", "language": "Language", "subject": "Subject", "description": "Description"}
_MOST_PROPERTIES = 1_000_000


def read_docx(path: str) -> dict[str, Any]:
    """Return `{html, metadata: {Title, Author, ...}}`. Raises Unreadable or whatever the library raises for a damaged file."""
    check_archive(Path(path))
    with open(path, "rb") as file:
        pictures = mammoth.images.img_element(lambda image: {"src": ""})  # their alternative text is kept
        html = mammoth.convert_to_html(file, style_map=_STYLES, convert_image=pictures).value
    return {"html": html, "metadata": _properties(path)}


def _properties(path: str) -> dict[str, str]:
    """Return what the file's properties state. A file without them, or with damaged ones, states nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_PROPERTIES).file_size > _MOST_PROPERTIES:
                return {}
            root = ElementTree.fromstring(archive.read(_PROPERTIES))
    except (KeyError, ElementTree.ParseError):
        return {}
    found = ((name, root.findtext(_DC + key) or "") for key, name in _NAMES.items())
    return {name: " ".join(value.split()) for name, value in found if value.strip()}
