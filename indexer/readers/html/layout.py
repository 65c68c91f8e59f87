"""Elements to sections of plain text with blocks and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from urllib.parse import urljoin

from bs4 import Tag

from indexer.readers.blocks import SectionsBuilder
from indexer.readers.html.implied_ends import NOT_TEXT
from indexer.readers.html.page import INLINE, attribute, label_of, text_of_node, words_of
from search.model.document import BlockKind

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE = frozenset({"pre", "xmp", "listing", "plaintext"})
_LONGEST_HEADING = 40
"""Most words of a heading; a longer heading element is text in large letters."""
_LONGEST_CELL = 60
"""Words; a table with longer cells lays out a page rather than data."""
_NOT_IN_CELLS = ("table", "ul", "ol", "pre", "form", "blockquote", "hr", "article", "section", *sorted(HEADINGS))
_MARK = re.compile(r"[\s\d*†‡§¶#,;.–\[\]()-]+|\W?[a-z]\W?", re.I)
_NOTE_LABEL = re.compile(r"note|ref|cite|fn|mark", re.I)
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


class Layout:
    """Walks elements in reading order, without recursion: pages nest without limit. `excluded` are ids of elements."""

    def __init__(self, builder: SectionsBuilder, excluded: Collection[int] = (), base: str = "") -> None:
        self._builder = builder
        self._excluded = excluded
        self._base = base
        self._stack: list[object] = []
        self._contexts: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self._list_depth = 0
        self._is_row = False
        self._is_after_break = False
        self._written = ""

    def add(self, element: Tag) -> None:
        """Add the words of an element, all but those excluded."""
        self._stack.append(element)
        while self._stack:
            node = self._stack.pop()
            if isinstance(node, Tag):
                if node.name not in NOT_TEXT and id(node) not in self._excluded:
                    self._enter(node)
            elif callable(node):
                node()
            else:
                self._add_words(text_of_node(node))

    def _add_words(self, text: str) -> None:
        if text:
            self._builder.add(text)
            if not text.isspace():
                self._is_after_break = False
                self._written = text

    def _enter(self, element: Tag) -> None:
        name = element.name
        special = _SPECIAL.get(name)
        if special:
            special(self, element)
        elif name in HEADINGS and self._is_heading(element):
            self._builder.begin_section(words_of(element), _anchor(element))
        elif name in _CODE:
            self._enter_block(element, ("code", 0))
        elif name in INLINE:
            self._push(element)
        else:
            self._enter_block(element, self._inner_context())

    def _push(self, element: Tag, after: Callable[[], None] | None = None) -> None:
        if after:
            self._stack.append(after)
        self._stack += reversed(element.contents)

    def _is_heading(self, element: Tag) -> bool:
        if self._is_row or any(child.name not in INLINE and child.name != "br" for child in element.find_all(True)):
            return False
        words = words_of(element)
        return bool(words) and words.count(" ") < _LONGEST_HEADING

    def _inner_context(self) -> tuple[BlockKind, int]:
        """Return kind and level of a block inside the current one: a list item's own while the item has no words."""
        kind, level = self._contexts[-1]
        return ("paragraph", 0) if kind in ("code", "row") or (kind == "item" and self._builder.is_open) else (kind, level)

    def _enter_block(self, element: Tag, context: tuple[BlockKind, int]) -> None:
        if self._is_row:
            self._builder.add(" ")
            self._push(element, lambda: self._builder.add(" "))
            return
        outer = self._contexts[-1]
        self._contexts.append(context)
        self._builder.begin_block(*context)

        def leave() -> None:
            had_words = self._builder.is_open
            self._contexts.pop()
            if outer[0] == "item" and had_words:
                self._contexts[-1] = ("paragraph", 0)
            self._builder.begin_block(*self._contexts[-1])

        self._push(element, leave)

    def _enter_quote(self, element: Tag) -> None:
        self._enter_block(element, ("quote", 0))

    def _enter_list(self, element: Tag) -> None:
        self._list_depth += 1

        def leave() -> None:
            self._list_depth -= 1

        self._stack.append(leave)
        self._enter_block(element, ("paragraph", 0))

    def _enter_item(self, element: Tag) -> None:
        self._enter_block(element, ("item", max(self._list_depth, 1)))

    def _enter_table(self, element: Tag) -> None:
        if self._is_row or not _is_data(element):
            self._enter_block(element, self._inner_context())
            return
        self._builder.end_block()
        for row in reversed(element.find_all(["tr", "caption"])):
            self._stack.append(row if row.name == "caption" else lambda row=row: self._enter_row(row))

    def _enter_row(self, element: Tag) -> None:
        cells = element.find_all(["td", "th"], recursive=False)
        self._builder.begin_block("row", int(all(cell.name == "th" for cell in cells)))
        self._is_row = True

        def leave() -> None:
            self._is_row = False
            self._builder.begin_block(*self._contexts[-1])

        self._stack.append(leave)
        for number, cell in reversed(list(enumerate(cells))):
            if id(cell) not in self._excluded:
                self._stack += reversed(cell.contents)
            if number:
                self._stack.append(self._builder.add_cell)

    def _enter_link(self, element: Tag) -> None:
        if element.get("href") is None:
            self._push(element)
            return
        href = attribute(element, "href").strip()
        self._builder.begin_link(_resolve(self._base, href))
        self._push(element, self._builder.end_link)

    def _enter_break(self, element: Tag) -> None:
        if self._is_row:
            self._builder.add(" ")
        elif self._is_after_break and self._contexts[-1][0] != "code":
            self._builder.begin_block("paragraph" if self._contexts[-1][0] == "item" else self._contexts[-1][0])
        else:
            self._builder.add_break()
            self._is_after_break = True

    def _enter_rule(self, element: Tag) -> None:
        if not self._is_row:
            self._builder.begin_block(*self._inner_context())
        self._push(element)

    def _enter_picture(self, element: Tag) -> None:
        self._add_words(f" {attribute(element, 'alt')} ")

    def _enter_superscript(self, element: Tag) -> None:
        """Write a note's mark as a word in brackets, an exponent raised, and all else as part of its word (19th)."""
        text = "" if element.find("sup") else words_of(element)
        if not text or not _MARK.fullmatch(text) or not self._builder.is_open:
            self._push(element)
        elif self._is_note_mark(element, text):
            self._builder.add(f" [{text.strip('[]() ')}]")
        elif text.translate(_RAISED) != text:
            self._builder.add(text.translate(_RAISED))
        else:
            self._push(element)

    def _is_note_mark(self, element: Tag, text: str) -> bool:
        before = re.split(r"\s", self._written.rstrip())[-1]
        if element.find("a") or element.find_parent("a") or _NOTE_LABEL.search(label_of(element)):
            return True
        return bool(re.search(r"\d|\W", text)) and bool(re.search(r"[^\W\d_]{3,}$|[^\w\s]$", before))

    def _enter_quotation(self, element: Tag) -> None:
        self._builder.add("“")
        self._push(element, lambda: self._builder.add("”"))

    def _enter_ruby_text(self, element: Tag) -> None:
        self._builder.add(" ")
        self._push(element, lambda: self._builder.add(" "))


def _resolve(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _anchor(element: Tag) -> str:
    """Return the heading's own anchor, or that of the <a name> in it."""
    inner = element.find("a", attrs={"name": True})
    given = attribute(element, "id") or (attribute(inner, "name") if inner else "")
    return given if re.fullmatch(r"[\w.:-]{1,100}", given) else ""


def _is_data(table: Tag) -> bool:
    """Whether a table holds data rather than lays out a page: two or more rows of two or more short cells, and no word outside
    its cells."""
    if attribute(table, "role") == "presentation" or table.find(_NOT_IN_CELLS):
        return False
    rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
    if sum(len(cells) > 1 for cells in rows) < 2:
        return False
    words = [words_of(cell).split() for cells in (*rows, table.find_all("caption")) for cell in cells]
    return max(map(len, words)) < _LONGEST_CELL and sum(map(len, words)) == len(words_of(table).split())


_SPECIAL: dict[str, Callable[[Layout, Tag], None]] = {
    "blockquote": Layout._enter_quote,
    "ul": Layout._enter_list,
    "ol": Layout._enter_list,
    "menu": Layout._enter_list,
    "dir": Layout._enter_list,
    "li": Layout._enter_item,
    "table": Layout._enter_table,
    "a": Layout._enter_link,
    "br": Layout._enter_break,
    "hr": Layout._enter_rule,
    "img": Layout._enter_picture,
    "sup": Layout._enter_superscript,
    "q": Layout._enter_quotation,
    "rt": Layout._enter_ruby_text,
}
