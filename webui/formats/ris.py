"""References as RIS, for reference managers."""

from __future__ import annotations

from collections.abc import Iterator

from search.citations.dates import CitedDate, Point
from search.citations.item import Item
from search.citations.pieces import one_line
from webui.formats.items import item_of
from webui.formats.whole_search import Form, make_blueprint

_TYPES = {
    "report": "RPRT",
    "article": "MGZN",
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "article-journal": "JOUR",
    "paper-conference": "CPAPER",
    "webpage": "ELEC",
    "post-weblog": "BLOG",
    "post": "BLOG",
    "broadcast": "SOUND",
    "song": "SOUND",
    "motion_picture": "VIDEO",
    "graphic": "ART",
    "figure": "FIGURE",
    "map": "MAP",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "pamphlet": "PAMP",
    "manuscript": "MANSCPT",
    "personal_communication": "PCOMM",
    "dataset": "DATA",
    "legislation": "STAT",
    "legal_case": "CASE",
    "bill": "BILL",
    "hearing": "HEAR",
    "patent": "PAT",
    "standard": "STAND",
    "software": "COMP",
    "speech": "GEN",
    "interview": "GEN",
}


def to_ris(item: Item) -> str:
    """Return one record; lines end with carriage return and line feed."""
    lines = [("TY", _TYPES.get(item.kind, "GEN")), *_fields(item)]
    written = [f"{tag}  - {text}\r\n" for tag, value in lines if (text := one_line(value))]
    return "".join((*written, "ER  - \r\n\r\n"))


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "TI", item.full_title
    yield from (("AU", name.inverted) for name in item.authors)
    yield from (("ED", name.inverted) for name in item.editors)
    yield from (("A4", name.inverted) for name in item.translators)
    yield "T2", item.container
    yield "PB", item.publisher
    yield "CY", item.place
    yield from _date(item.date)
    yield "M3", item.genre
    yield "AB", item.abstract
    yield from (("KW", word) for word in item.keywords)
    yield from (("N1", f"{role}: {name.in_order}") for role, name in item.contributors)
    yield from (("N1", f"mentions {name.in_order}") for name in item.mentioned)
    yield "N1", f"Event: {item.event}" if item.event else ""
    yield "N1", f"Rights: {item.rights}" if item.rights else ""
    yield from (("N1", f"{label}: {words}") for label, words in item.own)
    yield "LA", item.language
    yield "DB", item.archive
    yield "UR", item.url
    yield "UR", item.page_url if item.page_url != item.url else ""
    yield "AN", item.id
    yield "ID", item.id


def _date(date: CitedDate | None) -> Iterator[tuple[str, str]]:
    """Yield the first year known, and the date as year/month/day; what that cannot express follows a third slash."""
    if date is None:
        return
    if date.point is None:
        yield "DA", f"///{date.words.replace('/', '-')}"
        return
    point = date.point
    yield "PY", f"{point.year:04}" if point.year > 0 else ""
    parts = _parts(point)
    is_exact = not date.is_range and not date.certainty and point.span == 1 and not point.is_season and point.year > 0
    if is_exact:
        yield "DA", "/".join(parts)
    else:
        words = (date.words or date.edtf).replace("/", "–")
        yield "DA", "/".join((*parts, *("" for _ in range(3 - len(parts))), words))


def _parts(point: Point) -> list[str]:
    parts = [f"{point.year:04}"]
    if point.month and not point.is_season:
        parts.append(f"{point.month:02}")
        if point.day:
            parts.append(f"{point.day:02}")
    return parts


_FORM = Form("ris", "application/x-research-info-systems", lambda document: to_ris(item_of(document)))
blueprint = make_blueprint("ris", _FORM, _FORM)
