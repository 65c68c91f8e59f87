"""The description as CSL-JSON, the data format of the Citation Style Language 1.0.2."""

from __future__ import annotations

from typing import Any

from search.citations.dates import CitedDate, Point
from search.citations.item import Item
from search.citations.names import Name


def to_csl(item: Item) -> dict[str, Any]:
    """Return one item of CSL-JSON, without unknown values."""
    described: dict[str, Any] = {
        "id": item.id,
        "type": item.kind,
        "title": item.full_title,
        "title-short": item.title if item.subtitle else "",
        "genre": item.genre,
        "author": [_name(name) for name in item.authors],
        "editor": [_name(name) for name in item.editors],
        "translator": [_name(name) for name in item.translators],
        "contributor": [_name(name) for _, name in item.contributors],
        "container-title": item.container,
        "publisher": item.publisher,
        "publisher-place": item.place,
        "event-title": item.event,
        "issued": _date(item.date) if item.date else None,
        "URL": item.url,
        "archive": item.archive,
        "archive_location": item.page_url,
        "language": item.language,
        "abstract": item.abstract,
        "keyword": ", ".join(item.keywords),
        "note": "; ".join((*(f"{role}: {name.in_order}" for role, name in item.contributors), *map(": ".join, item.own))),
    }
    return {key: value for key, value in described.items() if value}


def _name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {key: value for key, value in parts.items() if value}


def _date(date: CitedDate) -> dict[str, Any]:
    """Return the parts of each end that is known, `circa`, and `literal` where parts cannot say it: decades, open ends, words."""
    ends = [end for end in (date.first, date.last) if end]
    if not ends:
        return {"literal": date.words}
    parts = [_parts(end) for end in ends]
    if len(ends) == 1 and ends[0].span > 1:
        parts.append([ends[0].year + ends[0].span - 1])
    issued: dict[str, Any] = {"date-parts": parts}
    if date.certainty:
        issued["circa"] = True
    if ends[0].is_season:
        issued["season"] = ends[0].month - 20
    if len(ends) == 1 and (ends[0].span > 1 or date.is_range):
        open_range = f"{ends[0].year_words}–" if date.first else f"–{ends[0].year_words}"
        issued["literal"] = date.words or (open_range if date.is_range else ends[0].year_words)
    return issued


def _parts(point: Point) -> list[int]:
    """Return year, month and day as far as known; CSL counts the year before 1 as -1."""
    year = point.year if point.year > 0 else point.year - 1
    month = 0 if point.is_season else point.month
    return [year, *([month] if month else []), *([point.day] if month and point.day else [])]
