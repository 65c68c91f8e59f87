"""Bibliography entries of the Chicago Manual of Style, seventeenth edition (chapter 14)."""

from __future__ import annotations

from collections.abc import Sequence

from search.citations.dates import Point
from search.citations.item import Item
from search.citations.kinds import MEDIA, PAGES, PARTS
from search.citations.names import Name
from search.citations.pieces import Piece, Pieces, join_sentences, put_in_quotes, sentence
from search.citations.wording import DateStyle, capitalize_first, have_others, is_inverted, join_names, name_lead, other_people

_MOST_NAMES = 10
_SHOWN_OF_MORE = 7


def cite(item: Item, accessed: Point) -> Pieces:
    """Return author, title, others, source and date, medium, archive, date of access if there is no other date, address."""
    source = item.container or item.publisher
    archive = item.archive if item.archive not in (source, "") else ""
    medium = item.genre if item.kind in MEDIA and not item.is_untitled else ""
    seen = f"Accessed {_point(accessed)}" if item.date is None and item.page_url else ""
    return join_sentences(
        sentence(name_lead(item, _names, "ed.", "eds.")),
        _title(item),
        sentence(". ".join(map(capitalize_first, other_people(item, _in_order)))),
        _source(item),
        sentence(medium),
        sentence(archive),
        sentence(seen),
        sentence(item.page_url),
    )


def _title(item: Item) -> list[Piece]:
    if item.is_untitled:
        return sentence(item.title)
    if item.kind in PARTS or item.kind in PAGES or item.kind in ("broadcast", "motion_picture", "speech", "interview"):
        return [Piece(put_in_quotes(item.full_title))]
    return sentence(Piece(item.full_title, True))


def _source(item: Item) -> list[Piece]:
    when = _DATES.word(item.date)
    if item.kind in PARTS:
        return sentence(Piece(item.container, True), f", {when}" if item.container else capitalize_first(when))
    if item.kind in PAGES:
        return [*sentence(item.container), *([Piece(" ")] if item.container else []), *sentence(capitalize_first(when))]
    place = f"{item.place}: " if item.place and item.publisher else ""
    return sentence(f"{place}{item.publisher}, {when}" if item.publisher else capitalize_first(when))


def _names(names: Sequence[Name]) -> str:
    """Return the first name inverted; up to ten names, of more the first seven."""
    written = [names[0].inverted, *(name.in_order for name in names[1:])]
    if len(written) > _MOST_NAMES:
        return f"{', '.join(written[:_SHOWN_OF_MORE])}, et al."
    return join_names(written, "and", is_inverted(names[0]), have_others(names))


def _in_order(names: Sequence[Name]) -> str:
    return join_names([name.in_order for name in names], "and", has_others=have_others(names))


def _point(point: Point) -> str:
    return f"{point.month_and_day}{',' if point.day else ''} {point.year_words}".strip()


def _days(first: Point, last: Point) -> str:
    return f"{first.month_and_day}–{last.day}, {first.year_words}"


def _months(first: Point, last: Point) -> str:
    return f"{first.month_and_day}–{_point(last)}"


_DATES = DateStyle(_point, _days, _months, none="n.d.", circa="ca. {}", uncertain="[{}?]")
"""As in "June 5, 2019", "1914–1918", "ca. 1925", "[1925?]"."""
