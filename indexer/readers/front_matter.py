"""The front matter of a Markdown file: YAML between lines of `---`, or TOML between lines of `+++`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from indexer.readers.record import Unreadable
from indexer.readers.yaml import parse_text

_MARKS = {"---": ("---", "..."), "+++": ("+++",)}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values, the 1-based line of each key, and the text that follows."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""


def split_front_matter(text: str) -> FrontMatter:
    """Return what the front matter of a file states, and the rest of the file. Raises Unreadable.

    Empty lines before it are forgiven. A file without front matter is all body.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    mark = lines[first].rstrip()
    if mark not in _MARKS:
        return FrontMatter(body=text)
    ends = _MARKS[mark]
    last = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip() in ends), 0)
    if not last:
        raise Unreadable(f"its front matter does not end; close it with a line of {mark}", first + 1)
    front, body = "\n".join(lines[first + 1 : last]), "\n".join(lines[last + 1 :])
    values, places = _yaml(front, first + 2) if mark == "---" else _toml(front, first + 2)
    return FrontMatter(values, places, body)


def _yaml(text: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]]:
    marked = parse_text(text, first_line)
    if marked.data is not None and not isinstance(marked.data, dict):
        fix = "write `title: ...` between the two lines of ---"
        raise Unreadable(f"its front matter is not a list of fields; {fix}", first_line)
    values: dict[str, Any] = dict(marked.data or {})
    return values, {key: marked.line((key,)) for key in values}


def _toml(text: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = first_line + int(found[1]) - 1 if found else first_line + text.count("\n")
        raise Unreadable(f"its front matter is not TOML that can be read: {error}", line) from None
    places: dict[str, int] = {}
    for number, line_text in enumerate(text.split("\n"), first_line):
        stated = re.match(r"""\s*["']?([\w.-]+)["']?\s*=|\s*\[+\s*([\w-]+)""", line_text)
        if stated:
            places.setdefault(stated[1] or stated[2], number)
    return {key: _plain(value) for key, value in values.items()}, places


def _plain(value: Any) -> Any:
    """Return a value with TOML's days and times as text, as YAML gives them."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
