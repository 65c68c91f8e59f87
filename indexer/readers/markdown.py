"""Markdown with front matter: YAML between two lines of `---`, then CommonMark. Headings part the text into sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.readers.record import Record, Unreadable
from indexer.readers.sections import Sections
from indexer.readers.text_files import read_text
from indexer.readers.yaml import parsed, record
from indexer.sources import SourceFile
from search.text.analysis import fold_value

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def read(file: SourceFile) -> Iterator[Record]:
    front, body = _parted(read_text(file))
    marked = parsed(front, 2)
    if marked.data is not None and not isinstance(marked.data, dict):
        raise Unreadable("its front matter is not a list of fields; write `title: ...` between the two lines of ---", 2)
    values: dict[str, Any] = dict(marked.data or {})
    tokens = _markdown.parse(body)
    if "title" not in values and len(tokens) > 1 and tokens[0].type == "heading_open":
        values["title"] = _plain(tokens[1])
        tokens = tokens[3:]
    values.setdefault("id", fold_value(file.stem))
    values.setdefault("sections", _sections(tokens))
    yield record(file.name, marked, (), values)


def _parted(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise Unreadable("its front matter does not end; close it with a line of ---", 1)


def _sections(tokens: list[Token]) -> list[dict[str, str]]:
    sections = Sections()
    row: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "tr_close":
            sections.add(" | ".join(row))
            row = []
        elif token.type in ("inline", "fence", "code_block"):
            words = _plain(token)
            if before and before.type == "heading_open":
                sections.begin(words)
            elif before and before.type in ("th_open", "td_open"):
                row.append(words)
            elif words:
                sections.add(words)
    return sections.listed()


def _plain(token: Token) -> str:
    if token.children is None:
        return token.content.strip()
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children).strip()
