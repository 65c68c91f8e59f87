"""Markdown with front matter: YAML between two lines of `---`, then CommonMark. Headings part the text into sections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.readers import Record, Unreadable
from indexer.readers.yaml import parsed, record
from indexer.sources import SourceFile
from search.fields import fold_value

_markdown = MarkdownIt("commonmark", {"html": False})


def read(file: SourceFile, text: str) -> Iterator[Record]:
    front, body = _parted(text)
    marked = parsed(front, 2)
    if marked.data is not None and not isinstance(marked.data, dict):
        raise Unreadable("its front matter is not a list of fields; write `title: ...` between the two lines of ---", 2)
    values: dict[str, Any] = dict(marked.data or {})
    sections = _sections(_markdown.parse(body))
    if "title" not in values and sections and sections[0]["heading"]:
        values["title"] = sections[0]["heading"]
    values.setdefault("id", fold_value(PurePosixPath(file.name).stem))
    values.setdefault("sections", sections)
    yield record(file.name, marked, (), values)


def _parted(text: str) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return "", text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "".join(lines[1:number]), "".join(lines[number + 1 :])
    raise Unreadable("its front matter does not end; close it with a line of ---", 1)


def _sections(tokens: list[Token]) -> list[dict[str, str]]:
    sections = [{"heading": "", "text": "", "anchor": ""}]
    in_heading = False
    for token in tokens:
        if token.type == "heading_open":
            in_heading = True
        elif token.type == "heading_close":
            in_heading = False
        elif token.type in ("inline", "fence", "code_block"):
            words = _plain(token)
            if in_heading:
                sections.append({"heading": words, "text": "", "anchor": fold_value(words)})
            else:
                sections[-1]["text"] = f"{sections[-1]['text']}\n\n{words}".strip()
    return [section for section in sections if section["heading"] or section["text"]]


def _plain(token: Token) -> str:
    if token.children is None:
        return token.content.strip()
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children).strip()
