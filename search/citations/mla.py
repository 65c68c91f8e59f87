"""Works-cited entries of the MLA Handbook, ninth edition (chapter 5)."""

from __future__ import annotations

from collections.abc import Sequence

from search.citations.dates import Point
from search.citations.item import Item
from search.citations.kinds import PAGES, PARTS
from search.citations.names import Name
from search.citations.pieces import Piece, Pieces, join_sentences, put_in_quotes, sentence
from search.citations.wording import DateStyle, capitalize_first, have_others, is_inverted, join_names, name_lead, other_people

_MOST_NAMES = 2
_SHORT = "- Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()


def cite(item: Item, accessed: Point) -> Pieces:
    """Return author, title, container with its date, the archive as second container, date of access."""
    seen = f"Accessed {_point(accessed)}" if item.page_url else ""
    return join_sentences(sentence(name_lead(item, _names, "editor", "editors")), _title(item), _containers(item), sentence(seen))


def _title(item: Item) -> list[Piece]:
    if item.is_untitled:
        return sentence(item.title)
    if item.kind in PARTS or item.kind in PAGES or item.kind in ("broadcast", "speech", "interview"):
        return [Piece(put_in_quotes(item.full_title))]
    return sentence(Piece(item.full_title, True))


def _containers(item: Item) -> list[Piece]:
    """Return what the work is in, by whom and when, then the archive with the address."""
    publisher = "" if item.publisher in {name.literal for name in item.authors} else item.publisher
    others = (*other_people(item, _in_order), publisher, _DATES.word(item.date))
    first = [Piece(item.container, True), *map(Piece, others)]
    archive = item.archive if item.archive not in (item.container, item.publisher) else ""
    second = [Piece(archive, True), Piece(item.page_url)]
    if not archive:
        return _element(*first, *second)
    return list(join_sentences(_element(*first), _element(*second)))


def _element(*pieces: Piece) -> list[Piece]:
    """Return the pieces with commas between them as one sentence that begins with a capital letter."""
    made: list[Piece] = []
    for piece in pieces:
        if piece.text and not made:
            made.append(Piece(piece.text if piece.text.startswith("http") else capitalize_first(piece.text), piece.is_italic))
        elif piece.text:
            made += [Piece(", "), piece]
    return sentence(*made)


def _names(names: Sequence[Name]) -> str:
    """Return one name inverted; two joined by "and"; of more the first, et al."""
    if len(names) > _MOST_NAMES or have_others(names):
        return f"{names[0].inverted}, et al."
    written = [names[0].inverted, *(name.in_order for name in names[1:])]
    return join_names(written, "and", is_inverted(names[0]))


def _in_order(names: Sequence[Name]) -> str:
    if len(names) > _MOST_NAMES:
        return f"{names[0].in_order} et al."
    return join_names([name.in_order for name in names], "and", has_others=have_others(names))


def _point(point: Point) -> str:
    return " ".join(part for part in (str(point.day) if point.day else "", _month(point), point.year_words) if part)


def _month(point: Point) -> str:
    return point.month_name if point.is_season or not point.month else _SHORT[point.month]


def _days(first: Point, last: Point) -> str:
    return f"{first.day}-{_point(last)}"


def _months(first: Point, last: Point) -> str:
    return f"{f'{first.day} '.removeprefix('0 ')}{_month(first)}-{_point(last)}"


def _years(first: Point, last: Point) -> str:
    """Return years; of two in one century the last has two digits."""
    is_one_century = first.year > 999 and first.year // 100 == last.year // 100 and first.span == 1
    return f"{first.year}-{last.year % 100:02}" if is_one_century else f"{_point(first)}-{_point(last)}"


_DATES = DateStyle(_point, _days, _months, none="", circa="circa {}", uncertain="[{}?]", dash="-", years=_years)
"""As in "5 June 2019", "1914-18", "circa 1925", "[1925?]"; nothing for no date, as the handbook has it."""
