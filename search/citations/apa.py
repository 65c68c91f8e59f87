"""References in the style of the American Psychological Association, seventh edition (chapters 9 and 10)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.citations.dates import Point
from search.citations.item import Item
from search.citations.kinds import MEDIA
from search.citations.names import Name
from search.citations.pieces import Piece, Pieces, join_sentences, sentence
from search.citations.wording import DateStyle, have_others, join_names

_MOST_NAMES = 20


def cite(item: Item, accessed: Point) -> Pieces:
    """Return author, (date), title, source, archive, address. Without an author the title comes first."""
    title = _title(item)
    people, note = (item.authors, "") if item.authors else (item.editors, "(Ed.)" if len(item.editors) == 1 else "(Eds.)")
    author = sentence(f"{_names(people)} {note}".strip()) if people else []
    when = sentence(f"({_DATES.word(item.date)})")
    source = item.container or item.publisher
    shown = source if source not in {name.literal for name in people} else ""
    lead = (author, when, title) if author else (title, when)
    archive = item.archive if item.archive not in (source, "") else ""
    return join_sentences(
        *lead,
        sentence(Piece(shown, bool(item.container) and _is_in_container(item))),
        sentence(archive),
        _address(item, accessed),
    )


def _is_in_container(item: Item) -> bool:
    return bool(item.container) and item.kind != "webpage"


def _title(item: Item) -> list[Piece]:
    others = [f"{_names(item.translators, True)}, Trans."] if item.translators else []
    if item.authors and item.editors:
        others.insert(0, f"{_names(item.editors, True)}, {'Ed.' if len(item.editors) == 1 else 'Eds.'}")
    note = f" ({'; '.join(others)})" if others else ""
    if item.is_untitled:
        return sentence(f"[{item.title}]{note}")
    medium = f" [{item.genre}]" if item.kind in MEDIA and item.genre else ""
    return sentence(Piece(item.full_title, not _is_in_container(item)), note + medium)


def _address(item: Item, accessed: Point) -> list[Piece]:
    if not item.page_url:
        return []
    seen = f"Retrieved {accessed.month_and_day}, {accessed.year}, from " if item.date is None else ""
    return [Piece(seen + item.page_url)]


def _names(names: Sequence[Name], in_order: bool = False) -> str:
    """Return up to twenty names; of more the first nineteen and the last."""
    written = [_in_order(name) if in_order else _invert(name) for name in names]
    if len(written) > _MOST_NAMES:
        return f"{', '.join(written[: _MOST_NAMES - 1])}, . . . {written[-1]}"
    return join_names(written, "&", not in_order, have_others(names))


def _invert(name: Name) -> str:
    return ", ".join(part for part in (name.surname, initials(name.given), name.suffix) if part)


def _in_order(name: Name) -> str:
    return " ".join(part for part in (initials(name.given), name.surname, name.suffix) if part)


def initials(given: str) -> str:
    """Return "James B." as "J. B."; parts joined by a hyphen keep it: "A.-M."."""
    words = re.sub(r"\.(?=\w)", ". ", given).split()
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)


def _point(point: Point) -> str:
    return f"{point.year_words}, {point.month_and_day}" if point.month else point.year_words


def _days(first: Point, last: Point) -> str:
    return f"{_point(first)}–{last.day}"


def _months(first: Point, last: Point) -> str:
    return f"{_point(first)}–{last.month_and_day}"


_DATES = DateStyle(_point, _days, _months, none="n.d.", circa="ca. {}", uncertain="{}?")
"""As in "2019, June 5", "1914–1918", "ca. 1925", "1925?"."""
