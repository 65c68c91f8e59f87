"""The Whoosh schema of an archive. Only classes that Whoosh itself ships: anyone can open a published index.

Words arrive finished, so text fields split at spaces and nothing else. `text` holds all searched words in reading order
(a chunk begins 100 positions after the one before, so that phrases stay inside), weighted; `title` the title's alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

CHUNK_GAP = 100
"""Positions left free between chunks; more than any distance within which words count as neighbours."""

TEXT_FIELDS = ("text", "title")


def keyword_name(name: str) -> str:
    """The Whoosh field of a keyword field. The prefix keeps an archive's own field names apart from ours."""
    return f"kw_{name}"


def whoosh_schema(keyword_fields: Iterable[str]) -> fields.Schema:
    """`document` is the stored document as JSON; days are numbers (`DateSpan.bounds`), absent for undated documents."""
    columns: dict[str, fields.FieldType] = {
        "id": fields.ID(stored=True, unique=True),
        "document": fields.STORED(),
        "text": fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
        "title": fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
        "first_day": fields.NUMERIC(int, bits=32, signed=True, shift_step=8),
        "last_day": fields.NUMERIC(int, bits=32, signed=True, shift_step=8),
    }
    columns |= {keyword_name(name): fields.ID() for name in keyword_fields}
    return fields.Schema(**columns)
