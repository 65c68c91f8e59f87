"""The text of a document as HTML: its blocks and links, with the words of the search marked, each mark a link to the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from search.marking.snippets import Marker
from search.model.document import CELL_SEPARATOR, Block, LinkSpan, Section

_TAGS = {"paragraph": "p", "quote": "blockquote", "code": "pre", "row": "tr", "item": "li"}
Span = tuple[int, int]


class ReadingText:
    """Renders sections. `marks` is the number of words marked so far; each has the anchor `mark-<number>`."""

    def __init__(self, marker: Marker | None) -> None:
        self.marker = marker
        self.marks = 0

    def section(self, section: Section) -> Markup:
        """Return the blocks of a section as HTML."""
        spans = self._find_marks(section.text)
        blocks = section.blocks or tuple(_paragraphs(section.text))
        parts = []
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            parts.append(self._group(kind, list(group), section, spans))
        return Markup("\n".join(parts))

    def _find_marks(self, text: str) -> list[Span]:
        if self.marker is None:
            return []
        spans, at = [], 0
        for fragment in self.marker.mark(text):
            if fragment.match:
                spans.append((at, at + len(fragment.text)))
            at += len(fragment.text)
        return spans

    def _group(self, kind: str, blocks: list[Block], section: Section, spans: list[Span]) -> str:
        if kind == "item":
            return self._items(blocks, section, spans)
        if kind == "row":
            return self._table(blocks, section, spans)
        if kind == "heading":
            return "\n".join(f"<h4>{self._inline(section, one.start, one.end, spans)}</h4>" for one in blocks)
        tag = _TAGS[kind]
        return "\n".join(f"<{tag}>{self._inline(section, one.start, one.end, spans)}</{tag}>" for one in blocks)

    def _items(self, blocks: list[Block], section: Section, spans: list[Span]) -> str:
        """Return items as nested lists by their depth."""
        html, depth = [], 0
        for one in blocks:
            level = min(max(one.level, 1), depth + 1)
            html.append("</li>" if 0 < level <= depth else "")
            html.append("<ul>" if level > depth else "</ul></li>" * (depth - level))
            html.append(f"<li>{self._inline(section, one.start, one.end, spans)}")
            depth = level
        return "".join(html) + "</li></ul>" * depth

    def _table(self, blocks: list[Block], section: Section, spans: list[Span]) -> str:
        head = [one for one in blocks[:1] if one.level or not section.blocks]
        rows = [f"<tr>{''.join(self._cells(one, section, spans, 'td'))}</tr>" for one in blocks[len(head) :]]
        top = "".join(f"<tr>{''.join(self._cells(one, section, spans, 'th'))}</tr>" for one in head)
        top = f"<thead>{top}</thead>" if top else ""
        return f'<div class="scroll" tabindex="0" role="region"><table>{top}<tbody>{"".join(rows)}</tbody></table></div>'

    def _cells(self, row: Block, section: Section, spans: list[Span], tag: str) -> Iterator[str]:
        at = row.start
        scope = ' scope="col"' if tag == "th" else ""
        for cell in section.text[row.start : row.end].split(CELL_SEPARATOR):
            yield f"<{tag}{scope}>{self._inline(section, at, at + len(cell), spans)}</{tag}>"
            at += len(cell) + len(CELL_SEPARATOR)

    def _inline(self, section: Section, start: int, end: int, spans: list[Span]) -> str:
        """Return a stretch of the text with its links and marks."""
        html, at = [], start
        for link in section.links:
            if start <= link.start < link.end <= end and link.start >= at:
                html.append(self._words(section.text, at, link.start, spans))
                html.append(_anchor(link, self._words(section.text, link.start, link.end, spans, linked=True)))
                at = link.end
        html.append(self._words(section.text, at, end, spans))
        return "".join(html)

    def _words(self, text: str, start: int, end: int, spans: list[Span], linked: bool = False) -> str:
        html, at = [], start
        for first, last in spans:
            if first < end and last > at:
                first, last = max(first, at), min(last, end)
                self.marks += 1
                word = escape(text[first:last])
                link = "" if linked else f' href="#mark-{self.marks + 1}"'
                inner = word if linked else Markup(f"<a{link}>{word}</a>")
                html.append(f'{escape(text[at:first])}<mark id="mark-{self.marks}">{inner}</mark>')
                at = last
        html.append(str(escape(text[at:end])))
        return "".join(html)


def _anchor(link: LinkSpan, words: str) -> str:
    rel = ' rel="noreferrer"' if link.url.startswith(("http://", "https://")) else ""
    return f'<a href="{escape(link.url)}"{rel}>{words}</a>'


def _paragraphs(text: str) -> Iterator[Block]:
    """Yield the blocks of a text that states none: paragraphs between empty lines, and table rows of equally many cells."""
    found: list[tuple[int, int, int]] = []
    at = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            found.append((at, at + len(paragraph), paragraph.count(CELL_SEPARATOR)))
        at += len(paragraph) + 2
    for cells, group in groupby(found, key=lambda one: one[2]):
        rows = list(group)
        for start, end, _ in rows:
            yield Block("row" if cells and len(rows) > 1 else "paragraph", start, end)
