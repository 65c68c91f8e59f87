"""The names by which fields may be typed before a colon, as in "author:McConnell"."""

from __future__ import annotations

FIELD_NAMES = {
    **dict.fromkeys("author authors creator by au person name people aut contributor editor".split(), "people"),
    **dict.fromkeys(("title", "titles", "intitle", "allintitle", "ti", "headline"), "title"),
    **dict.fromkeys(("year", "years", "date", "py", "dp", "dt", "pubyear", "pubdate", "published"), "year"),
    **dict.fromkeys(("topic", "topics", "subject", "subjects", "tag", "su", "kw", "keyword", "keywords"), "topic"),
    **dict.fromkeys(("type", "types", "kind", "doctype"), "type"),
    "id": "id",
}
