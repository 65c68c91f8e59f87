"""JSON Lines: one JSON object a line, one document each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from indexer.readers.record import Record
from indexer.sources import SourceFile
from search.errors import Problem

MAX_LINE = 10_000_000
"""Most characters of one document. A file with a longer line is probably not JSON Lines."""


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the record of each line."""
    decode = DECODER.decode
    # A byte that is not UTF-8 makes only its own line unreadable: it becomes a lone surrogate, which is found below.
    with file.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as lines:
        number = 0
        while line := lines.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith("\n"):
                while (rest := lines.readline(MAX_LINE)) and not rest.endswith("\n"):
                    pass
                yield Problem(file.name, number, "", f"has more than {MAX_LINE:,} characters; write one document a line")
                continue
            if line.isspace():
                continue
            try:
                line.encode()
                values = decode(line)
            except UnicodeEncodeError:
                yield Problem(file.name, number, "", "is not UTF-8 text; save the file as UTF-8")
            except RecursionError:
                yield Problem(file.name, number, "", "is not JSON: it is nested too deeply; write one object a line")
            except ValueError as error:
                yield Problem(file.name, number, "", f"is not JSON: {json_reason(error)}; write one object a line")
            else:
                yield _record(file, number, values)


def _record(file: SourceFile, number: int, values: Any) -> Record | Problem:
    if isinstance(values, dict):
        return Record(file.name, number, values)
    return Problem(file.name, number, "", 'is not an object; write {"id": "...", "title": "...", "text": "..."}')


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f'"{next(name for name in names if names.count(name) > 1)}" occurs twice')
    return values


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def json_reason(error: ValueError) -> str:
    """Say why a text is not JSON."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} (character {error.colno})"
    return str(error)


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)
"""Reads JSON, but refuses what programs read differently: a key that occurs twice, NaN."""
