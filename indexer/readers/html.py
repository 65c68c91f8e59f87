"""An HTML page: one document. Its title, its language, and its main text by sections."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterator

from bs4 import BeautifulSoup, CData, Tag
from bs4.element import NavigableString
from bs4.exceptions import ParserRejectedMarkup

from indexer.readers.record import Record, Unreadable
from indexer.readers.sections import Sections
from indexer.readers.text_files import read_text
from indexer.sources import SourceFile
from search.text.analysis import fold_value

_NOT_TEXT = frozenset({"script", "style", "template", "noscript", "svg", "head"})
_NOT_MAIN = frozenset({"nav", "header", "footer", "form", "aside"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BLOCKS = (
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption tr pre blockquote figure figcaption "
    "div section article main aside header footer address form hr"
)
_BREAKS = dict.fromkeys(_BLOCKS.split(), "\n\n") | {"br": "\n"}
_META = {"description": "summary", "author": "people", "date": "date", "dcterms.date": "date", "dcterms.type": "type"}


def read(file: SourceFile) -> Iterator[Record]:
    page = parsed(read_text(file))
    values: dict[str, object] = {"id": fold_value(file.stem)}
    for meta in page.find_all("meta"):
        name = _META.get(str(meta.get("name", "")).lower())
        if name and meta.get("content"):
            content = str(meta["content"]).strip()
            values[name] = [content] if name == "people" else content
    root = page.find("html")
    if isinstance(root, Tag) and root.get("lang"):
        values["language"] = str(root["lang"])
    title = page.find("h1") or page.find("title")
    if isinstance(title, Tag):
        values["title"] = words_of(title)
    body = page.find("main") or page.find("article") or page.find("body") or page
    if isinstance(body, Tag):
        values["sections"] = sections_of(body, title)
    yield Record(file.name, 1, values)


def parsed(text: str) -> BeautifulSoup:
    """The page. Raises Unreadable where even a lenient parser gives up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a page looks like a file name, or like XML, is no mistake of the program
        try:
            return BeautifulSoup(text, "html.parser")
        except (ParserRejectedMarkup, RecursionError) as error:
            raise Unreadable(f"is not HTML that can be read: {str(error).splitlines()[0]}") from None


def words_of(element: Tag) -> str:
    """The element's text with white space single."""
    return " ".join(element.get_text().split())


def text_in(element: Tag, without: Tag | None = None) -> str:
    """All the element's text, but that of `without`, block by block with an empty line between."""
    return _laid_out([part for part in _walk(element, {without}) if isinstance(part, str)])


def sections_of(body: Tag, title: object = None) -> list[dict[str, str]]:
    """The text of a page's body, parted at its headings; neither its title nor what stands around the text."""
    sections, parts = Sections(), list[str]()

    def close() -> None:
        if text := _laid_out(parts):
            sections.add(text)
        parts.clear()

    for part in _walk(body, {title}, _NOT_MAIN, _HEADINGS):
        if isinstance(part, Tag):
            close()
            sections.begin(words_of(part), str(part.get("id") or ""))
        else:
            parts.append(part)
    close()
    return sections.listed()


def _walk(
    element: Tag, without: Collection[object], dropped: Collection[str] = (), whole: Collection[str] = ()
) -> Iterator[str | Tag]:
    """Text and line ends in reading order; elements named in `whole` as they are. No recursion: pages nest without limit."""
    stack: list[object] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name in _NOT_TEXT or node.name in dropped or any(node is other for other in without):
                continue
            if node.name in whole:
                yield node
                continue
            mark = _BREAKS.get(node.name, "")
            yield mark
            if node.name in ("td", "th") and node.find_previous_sibling(("td", "th")):
                yield " | "
            stack += (mark, *reversed(node.contents))
        elif type(node) is str:
            yield node
        elif type(node) in (NavigableString, CData):
            yield re.sub(r"\s+", " ", str(node))


def _laid_out(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
