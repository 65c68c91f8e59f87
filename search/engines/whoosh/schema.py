"""The Whoosh schema of an archive. It uses only classes of Whoosh itself, so that stock Whoosh opens a published index.

Text arrives tokenised, so text fields only split at spaces. `text` holds all searched words in reading order, weighted;
chunks are 100 positions apart, so that no phrase matches across two. `title` holds the words of the title.
"""

from __future__ import annotations

from collections.abc import Iterable

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

from search.fields import KeywordField

_KEYWORD = "kw_"


def keyword_name(name: str) -> str:
    """Return the Whoosh field of a keyword field. The prefix keeps an archive's own field names apart from ours."""
    return f"{_KEYWORD}{name}"


def keyword_of(field: str) -> str:
    """Return the keyword field of a Whoosh field, "" where it is none."""
    return field.removeprefix(_KEYWORD) if field.startswith(_KEYWORD) else ""


def whoosh_schema(keyword_fields: Iterable[KeywordField]) -> fields.Schema:
    """Return the fields of an index.

    `document` is the stored document as JSON; days are numbers (`DateSpan.bounds`), absent for undated documents.
    Hidden keyword fields are in our arrays alone: nobody asks Whoosh for them, and they are half of all terms.
    """
    columns: dict[str, fields.FieldType] = {
        "id": fields.ID(stored=True, unique=True),
        "document": fields.STORED(),
        "text": fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
        "title": fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
        "first_day": fields.NUMERIC(int, bits=32, signed=True, shift_step=8),
        "last_day": fields.NUMERIC(int, bits=32, signed=True, shift_step=8),
    }
    columns |= {keyword_name(field.name): fields.ID() for field in keyword_fields if not field.is_hidden}
    return fields.Schema(**columns)
