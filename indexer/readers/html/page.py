"""A saved page as a parsed tree, and the words of its elements."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, CData, Tag
from bs4.element import NavigableString, RubyTextString
from bs4.exceptions import ParserRejectedMarkup

from indexer.readers.encodings import decode
from indexer.readers.html.implied_ends import NOT_TEXT, PageTree
from indexer.readers.record import Unreadable

INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd mark meter nobr output progress q rb rp "
    "ruby rtc s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements that do not separate words; all others do."""
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_HEAD_BYTES = 8192
_REMOVED = dict.fromkeys((*range(9), 11, *range(14, 32), *range(127, 160), 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF))
"""Control characters, and characters that only mark where a word may be divided."""


def decode_page(data: bytes) -> str:
    """Return the page as text, in the encoding that is marked, valid, declared or detected."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    declared = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    return decode(data, declared)[0].replace("\r\n", "\n").replace("\r", "\n")


def parse_page(text: str) -> BeautifulSoup:
    """Return the page as a tree. Raises Unreadable if even a lenient parser fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a page that looks like a file name, or like XML, is no mistake of this program
        plain = text.translate(_REMOVED)
        try:
            try:
                return PageTree(plain, "html.parser")
            except ParserRejectedMarkup:  # `<![` that begins no declaration
                return PageTree(plain.replace("<![", "&lt;!["), "html.parser")
        except (ParserRejectedMarkup, RecursionError) as error:
            raise Unreadable(f"is not HTML that can be read: {str(error).splitlines()[0]}") from None


def text_of_node(node: object) -> str:
    """Return the characters of a text node; "" for comments, declarations and elements."""
    if type(node) in (NavigableString, CData, RubyTextString):
        return str(node).translate(_REMOVED)
    return ""


def words_of(element: Tag) -> str:
    """Return the element's text on one line, with a space where a line or a block ends; if it has no words, those of its
    pictures' alternative texts.
    """
    parts: list[str] = []
    stack: list[object] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node is not element and node.name in NOT_TEXT:
                continue
            separator = "" if node.name in INLINE else " "
            parts.append(separator)
            stack += (separator, *reversed(node.contents))
        else:
            parts.append(node if type(node) is str else text_of_node(node))
    found = " ".join("".join(parts).split())
    return found or " ".join(" ".join(attribute(image, "alt") for image in element.find_all("img")).split())


def attribute(element: Tag, name: str) -> str:
    """Return the value of an attribute as text, "" where it is missing."""
    value = element.get(name)
    return (" ".join(value) if isinstance(value, list) else value or "").translate(_REMOVED)


def label_of(element: Tag) -> str:
    """Return the element's id and classes."""
    return f"{attribute(element, 'id')} {attribute(element, 'class')}".strip()
