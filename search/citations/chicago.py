"""Bibliography entries of the Chicago Manual of Style, seventeenth edition (chapter 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search.citations.dates import CitedDate, Point
from search.citations.item import Item
from search.citations.kinds import MEDIA, PAGES, PARTS
from search.citations.names import Name
from search.citations.pieces import Piece, Pieces, join_sentences, put_in_quotes, sentence

_MOST_NAMES = 10
_SHOWN_OF_MORE = 7


def cite(item: Item, accessed: date) -> Pieces:
    """Author. Title. Others. Source and date. Medium. Archive. Access date where there is no other. Address."""
    source = item.container or item.publisher
    held = item.archive if item.archive not in (source, "") else ""
    medium = item.genre if item.kind in MEDIA and not item.is_untitled else ""
    seen = f"Accessed {_day(accessed)}" if item.date is None and item.page_url else ""
    return join_sentences(
        sentence(_lead(item)),
        _title(item),
        sentence(_others(item)),
        _source(item),
        sentence(medium),
        sentence(held),
        sentence(seen),
        sentence(item.page_url),
    )


def _lead(item: Item) -> str:
    if item.authors:
        return _names(item.authors)
    if item.editors:
        return f"{_names(item.editors)}, {'ed.' if len(item.editors) == 1 else 'eds.'}"
    return ""


def _title(item: Item) -> list[Piece]:
    if item.is_untitled:
        return sentence(item.title)
    if item.kind in PARTS or item.kind in PAGES or item.kind in ("broadcast", "motion_picture", "speech", "interview"):
        return [Piece(put_in_quotes(item.full_title))]
    return sentence(Piece(item.full_title, True))


def _others(item: Item) -> str:
    made = []
    if item.authors and item.editors:
        made.append(f"Edited by {_in_order(item.editors)}")
    if item.translators:
        made.append(f"Translated by {_in_order(item.translators)}")
    return ". ".join(made)


def _source(item: Item) -> list[Piece]:
    when = date_words(item.date)
    if item.kind in PARTS:
        return sentence(Piece(item.container, True), f", {when}" if item.container else _capital(when))
    if item.kind in PAGES:
        return [*sentence(item.container), *([Piece(" ")] if item.container else []), *sentence(_capital(when))]
    place = f"{item.place}: " if item.place and item.publisher else ""
    return sentence(f"{place}{item.publisher}, {when}" if item.publisher else _capital(when))


def _names(names: Sequence[Name]) -> str:
    """The first name inverted; up to ten names, of more the first seven."""
    written = [names[0].inverted, *(name.in_order for name in names[1:])]
    if len(written) > _MOST_NAMES:
        return f"{', '.join(written[:_SHOWN_OF_MORE])}, et al."
    return written[0] if len(written) == 1 else f"{', '.join(written[:-1])}, and {written[-1]}"


def _in_order(names: Sequence[Name]) -> str:
    written = [name.in_order for name in names]
    if len(written) < 3:
        return " and ".join(written)
    return f"{', '.join(written[:-1])}, and {written[-1]}"


def date_words(when: CitedDate | None) -> str:
    """ "June 5, 2019", "1914–1918", "ca. 1925", "n.d."."""
    if when is None:
        return "n.d."
    if when.point is None:
        return when.words
    words = _range(when.first, when.last) if when.is_range else _point(when.point)
    return f"ca. {words}" if when.certainty == "circa" else f"[{words}?]" if when.certainty else words


def _range(first: Point | None, last: Point | None) -> str:
    if first is None or last is None:
        return f"{_point(first) if first else ''}–{_point(last) if last else ''}"
    if first.year == last.year and first.month and last.month:
        if first.month == last.month and first.day and last.day:
            return f"{first.month_name} {first.day}–{last.day}, {first.year_words}"
        return f"{f'{first.month_name} {first.day}'.removesuffix(' 0')}–{_point(last)}"
    return f"{_point(first)}–{_point(last)}"


def _point(point: Point) -> str:
    if point.day:
        return f"{point.month_name} {point.day}, {point.year_words}"
    return f"{point.month_name} {point.year_words}".strip()


def _day(day: date) -> str:
    return _point(Point(day.year, day.month, day.day))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
