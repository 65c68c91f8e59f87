"""JSON: one record a file, an array of records, or the list at the path that `records` of the source names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from indexer.readers.json_lines import DECODER, json_reason
from indexer.readers.paths import MISSING, find_value
from indexer.readers.record import Record, Unreadable
from indexer.readers.text_files import read_text
from indexer.sources import SourceFile
from search.errors import Problem

_SPACE = re.compile(r"[\s,]*")


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the records of a JSON file."""
    text = read_text(file)
    if text.isspace() or not text:
        return
    try:
        data = DECODER.decode(text)
    except RecursionError:
        raise Unreadable("is not JSON that can be read: it is nested too deeply") from None
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        fix = "write reader: jsonl beside `path`" if _is_json_lines(text) else "correct it there"
        raise Unreadable(f"is not JSON: {json_reason(error)}; {fix}", line) from None
    path = file.source.records
    found = find_value(data, path) if path else data
    if found is MISSING:
        raise Unreadable(f'has no "{path}", which `records` of its source names; {_list_keys(data)}')
    if isinstance(found, dict) and (not path or not all(isinstance(item, dict) for item in found.values())):
        yield Record(file.name, 1, found, is_whole_file=True)
        return
    items = list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else [found]
    lines = _lines_of_items(text, items) if found is data else [_line_of_list(text, path)] * len(items)
    for number, (item, line) in enumerate(zip(items, lines, strict=True), 1):
        if isinstance(item, dict):
            yield Record(file.name, line, item)
        else:
            message = f'record {number} is not an object; write {{"id": "...", "title": "...", "text": "..."}}'
            yield Problem(file.name, line, "", message)


def _is_json_lines(text: str) -> bool:
    """Whether the first two lines that are not empty are objects of their own."""
    lines = [line for line in text.split("\n", 20) if line.strip()][:2]
    with suppress(ValueError, RecursionError):
        return len(lines) == 2 and all(isinstance(DECODER.decode(line), dict) for line in lines)
    return False


def _lines_of_items(text: str, items: list[Any]) -> list[int]:
    """Return the line on which each item of a top-level array begins."""
    at, line, counted = text.index("[") + 1, 1, 0
    lines = []
    for _ in items:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        line += text.count("\n", counted, at)
        counted = at
        lines.append(line)
        at = DECODER.raw_decode(text, at)[1]
    return lines


def _line_of_list(text: str, path: str) -> int:
    """Return the line of the key of a nested list, 1 where it is not found."""
    found = re.search(rf'"{re.escape(path.rpartition(".")[2])}"\s*:', text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _list_keys(data: Any) -> str:
    if isinstance(data, dict):
        return f"its keys are {', '.join(list(data)[:10])}"
    return "it is a list; leave `records` out"
