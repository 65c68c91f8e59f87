"""YAML: one document, or a list of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from indexer.readers.record import Record, Unreadable
from indexer.readers.text_files import read_text
from indexer.sources import SourceFile
from search.config.marked_yaml import MarkedYaml, MarkedYamlError, Path, parse_yaml
from search.errors import Problem


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the record of a YAML file, or one for each item where it holds a list."""
    marked = parse_text(read_text(file))
    items: list[tuple[Path, Any]]
    if isinstance(marked.data, list):
        items = [((number,), item) for number, item in enumerate(marked.data)]
    else:
        items = [((), marked.data)] if marked.data is not None else []
    for place, item in items:
        if isinstance(item, dict):
            yield replace(record(file.name, marked, place, item), is_whole_file=not place)
        else:
            yield Problem(file.name, marked.line(place), "", "is not a document; write `id: ...`, `title: ...` below each other")


def parse_text(text: str, first_line: int = 1) -> MarkedYaml:
    """Return the text as YAML. Raises Unreadable."""
    try:
        return parse_yaml(text, first_line)
    except MarkedYamlError as error:
        if "\t" in text:  # which YAML forbids and editors do not show
            with suppress(MarkedYamlError):
                return parse_yaml(re.sub(r"[ \t]+$", "", text.expandtabs(4), flags=re.MULTILINE), first_line)
        fix = "; write several documents as a list, each after a dash" if "another document" in error.reason else ""
        raise Unreadable(f"is not YAML that can be read: {error.reason}{fix}", error.line) from None


def record(name: str, marked: MarkedYaml, place: Path, values: dict[str, Any]) -> Record:
    """Return a mapping with the line of each of its keys."""
    lines = {key: marked.line((*place, key)) for key in values}
    return Record(name, min(lines.values(), default=marked.line(place)), values, lines)
