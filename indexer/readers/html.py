"""An HTML page: one document. Its title, its language, and its main text by sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from bs4 import BeautifulSoup, Tag

from indexer.readers import Record
from indexer.sources import SourceFile
from search.fields import fold_value

_NOT_TEXT = ["script", "style", "template", "noscript", "nav", "header", "footer", "form", "svg"]
_BLOCKS = ["p", "li", "td", "th", "dt", "dd", "pre", "blockquote", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"]
_META = {"description": "summary", "author": "people", "date": "date", "dcterms.date": "date", "dcterms.type": "type"}


def read(file: SourceFile, text: str) -> Iterator[Record]:
    page = BeautifulSoup(text, "html.parser")
    values: dict[str, object] = {"id": fold_value(PurePosixPath(file.name).stem)}
    for meta in page.find_all("meta"):
        name = _META.get(str(meta.get("name", "")).lower())
        if name and meta.get("content"):
            content = str(meta["content"]).strip()
            values[name] = [content] if name == "people" else content
    root = page.find("html")
    if isinstance(root, Tag) and root.get("lang"):
        values["language"] = str(root["lang"])
    title = page.find("h1") or page.find("title")
    values["title"] = words_of(title) if title else ""
    body = page.find("main") or page.find("article") or page.find("body") or page
    for unwanted in body.find_all(_NOT_TEXT):
        unwanted.decompose()
    values["sections"] = _sections(body)
    yield Record(file.name, 1, values)


def words_of(element: Tag) -> str:
    """The element's text with white space single."""
    return re.sub(r"\s+", " ", element.get_text()).strip()


def paragraphs(element: Tag) -> str:
    """The element's text, block by block, with an empty line between."""
    blocks = [block for block in element.find_all(_BLOCKS) if not block.find(_BLOCKS)]
    return "\n\n".join(words for block in blocks if (words := words_of(block))) if blocks else words_of(element)


def _sections(body: Tag) -> list[dict[str, str]]:
    sections = [{"heading": "", "text": "", "anchor": ""}]
    blocks = [block for block in body.find_all(_BLOCKS) if not block.find(_BLOCKS)]
    for block in blocks:
        words = words_of(block)
        if block.name in ("h2", "h3", "h4"):
            sections.append({"heading": words, "text": "", "anchor": str(block.get("id") or fold_value(words))})
        elif words and block.name != "h1":
            sections[-1]["text"] = f"{sections[-1]['text']}\n\n{words}".strip()
    if not blocks:
        sections[0]["text"] = words_of(body)
    return [section for section in sections if section["heading"] or section["text"]]
