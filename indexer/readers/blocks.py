"""Build sections of plain text with blocks and links, for the readers of HTML, Word and Markdown.

A section in a record is `{heading, anchor, text, blocks, links}`: `blocks` is a list of `[kind, start, end, level]` and `links`
of `[start, end, address]`, both counted in characters of `text`. No markup is kept.
"""

from __future__ import annotations

import re
from typing import Any

from search.model.document import CELL_SEPARATOR, CLOSE_TOGETHER, BlockKind
from search.text.analysis import fold_value

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_KNOWN_SCHEME = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])", re.I)
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f\u2028\u2029]")
_LONGEST_ADDRESS = 2000


class SectionsBuilder:
    """Collects text in reading order and returns it as sections.

    Words outside a block begin a paragraph. Runs of white space outside code become one space, as in browsers.
    """

    def __init__(self) -> None:
        self._sections: list[dict[str, Any]] = []
        self._anchors = {""}
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._is_open, self._space, self._gap = False, False, 0
        self._parts: list[str] = []
        self._spans: list[tuple[int, int, str]] = []
        self._length, self._link, self._link_start, self._link_end = 0, "", -1, -1
        self._start_section("", "")

    @property
    def is_open(self) -> bool:
        """Whether the block has words."""
        return self._is_open

    def begin_section(self, heading: str, anchor: str = "") -> None:
        """Begin a section. Its anchor is the one given, or else the folded heading, with a number if another section has it."""
        self.end_block()
        wanted = free = anchor or fold_value(heading) or "part"
        number = 1
        while free in self._anchors:
            number += 1
            free = f"{wanted}-{number}"
        self._anchors.add(free)
        self._start_section(heading, free)

    def begin_block(self, kind: BlockKind = "paragraph", level: int = 0) -> None:
        """End the block before and begin one. A block without words leaves no trace.

        `level` is the depth of a list item (1 for the outermost), the level of a heading, or 1 for a row of column headings.
        """
        self.end_block()
        self._kind, self._level = kind, level

    def end_block(self) -> None:
        """End the block; words that follow open a paragraph."""
        if self._is_open:
            self._end_link_span()
            section = self._sections[-1]
            text = "".join(self._parts).rstrip()
            start = len(section["text"]) + self._gap
            end = start + len(text)
            section["text"] += "\n" * self._gap + text
            section["blocks"].append([self._kind, start, end, self._level])
            section["links"] += [[start + first, start + last, address] for first, last, address in self._spans]
            self._is_open = False
        self._kind, self._level = "paragraph", 0

    def add(self, text: str) -> None:
        """Add words to the block."""
        words = text.split()
        if self._kind == "code" and (words or self._is_open):
            self._add_code(text)
            return
        if not words:
            self._space = self._space or bool(text)
            return
        if not self._is_open:
            self._open()
        elif (self._space or text[0].isspace()) and self._parts and not self._parts[-1].endswith("\n"):
            self._append(" ")
        self._space = text[-1].isspace()
        if self._link and self._link_start < 0:
            self._link_start = self._length
        self._append(" ".join(words))
        self._link_end = self._length

    def _add_code(self, text: str) -> None:
        if not self._is_open:
            self._open()
            text = text.lstrip("\n")
        start = self._length
        self._append(text)
        if self._link and text.strip():
            self._spans.append((start, start + len(text.rstrip()), self._link))

    def add_break(self) -> None:
        """Begin a new line within the block."""
        if self._is_open:
            self._space = False
            self._append("\n")

    def add_cell(self) -> None:
        """Begin another cell of a row."""
        if not self._is_open:
            self._open()
        self._end_link_span()
        self._space = False
        self._append(CELL_SEPARATOR)

    def begin_link(self, address: str) -> None:
        """Make the following words a link to this address, if it may be shown."""
        self._end_link_span()
        self._link = safe_address(address)

    def end_link(self) -> None:
        """End the link."""
        self._end_link_span()
        self._link = ""

    def list_sections(self) -> list[dict[str, Any]]:
        """Return the sections that have a heading or text, as records hold them."""
        self.end_block()
        found = [section for section in self._sections if section["heading"] or section["text"]]
        return [{key: value for key, value in section.items() if value or key == "text"} for section in found]

    def _start_section(self, heading: str, anchor: str) -> None:
        section: dict[str, Any] = {"heading": heading, "anchor": anchor, "text": "", "blocks": [], "links": []}
        self._sections.append(section)

    def _open(self) -> None:
        blocks = self._sections[-1]["blocks"]
        is_close = blocks and self._kind in CLOSE_TOGETHER and blocks[-1][0] == self._kind
        self._gap = 0 if not blocks else 1 if is_close else 2
        self._is_open, self._space = True, False
        self._parts, self._spans = [], []
        self._length, self._link_start = 0, -1

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _end_link_span(self) -> None:
        if self._link_start >= 0:
            self._spans.append((self._link_start, self._link_end, self._link))
        self._link_start = -1


def safe_address(address: str) -> str:
    """Return the address of a link as it may be kept: http, https, mailto or relative; "" for any other.

    A relative one is resolved when all documents are known (`indexer.records.links`).
    """
    plain = _NOT_IN_ADDRESSES.sub("", address)
    if len(plain) > _LONGEST_ADDRESS or "\\" in plain:
        return ""
    if _SCHEME.match(plain) or plain.startswith("//"):
        plain = "https:" + plain if plain.startswith("//") else plain
        return plain if _KNOWN_SCHEME.match(plain) else ""
    return "" if ":" in re.split(r"[/?#]", plain, maxsplit=1)[0] else plain  # an unknown scheme may be known to other programs
