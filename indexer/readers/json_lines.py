"""JSON Lines: one JSON object a line, one document each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from indexer.readers import Record
from indexer.sources import SourceFile
from search.errors import Problem

_decoder = msgspec.json.Decoder()


def read(file: SourceFile, text: str) -> Iterator[Record | Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            values = _decoder.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            yield Problem(file.name, number, "", f"is not JSON: {error}; write one object a line")
            continue
        if isinstance(values, dict):
            yield Record(file.name, number, values)
        else:
            yield Problem(file.name, number, "", 'is not an object; write {"id": "...", "title": "...", "text": "..."}')
