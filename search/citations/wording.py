"""What the styles have in common: how dates and lists of names are worded, with what differs as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from search.citations.dates import CitedDate, Point
from search.citations.item import Item
from search.citations.names import Name


class DateStyle(Struct, frozen=True):
    """How a style writes dates: a point, the days of one month, the months of one year, and shortened years.

    `circa` and `uncertain` have {} for the date; `dash` is that of ranges, `none` is written for no date.
    """

    point: Callable[[Point], str]
    days: Callable[[Point, Point], str]
    months: Callable[[Point, Point], str]
    none: str
    circa: str
    uncertain: str
    dash: str = "–"
    years: Callable[[Point, Point], str] | None = None

    def word(self, when: CitedDate | None) -> str:
        """Return a date in words; what the source says where no calendar holds it."""
        if when is None:
            return self.none
        if when.point is None:
            return when.words
        words = self._word_range(when.first, when.last) if when.is_range else self.point(when.point)
        form = {"circa": self.circa, "uncertain": self.uncertain}.get(when.certainty, "{}")
        return form.replace("{}", words)

    def _word_range(self, first: Point | None, last: Point | None) -> str:
        if first and last and first.year == last.year and first.month and last.month:
            is_one_month = first.month == last.month and first.day and last.day
            return self.days(first, last) if is_one_month else self.months(first, last)
        if first and last and first.year <= 0 and last.year <= 0 and not (first.month or last.month):
            return f"{1 - first.year}{self.dash}{last.year_words}"
        if first and last and self.years and not (first.month or last.month):
            return self.years(first, last)
        return self.dash.join(self.point(one) if one else "" for one in (first, last))


def name_lead(item: Item, names: Callable[[Sequence[Name]], str], editor: str, editors: str) -> str:
    """Return the names an entry begins with: the authors, or else the editors with the word for them; "" if there are none."""
    if item.authors or not item.editors:
        return names(item.authors) if item.authors else ""
    return f"{names(item.editors)}, {editor if len(item.editors) == 1 else editors}"


def other_people(item: Item, names: Callable[[Sequence[Name]], str]) -> list[str]:
    """Return who edited a work that has authors, and who translated it, as in "edited by A. Smith"."""
    edited = [f"edited by {names(item.editors)}"] if item.authors and item.editors else []
    return edited + ([f"translated by {names(item.translators)}"] if item.translators else [])


def capitalize_first(text: str) -> str:
    """Return a text with its first letter as a capital one."""
    return text[:1].upper() + text[1:]


def have_others(names: Iterable[Name]) -> bool:
    """Return whether the source has more people than these."""
    return any(name.has_others for name in names)


def is_inverted(name: Name) -> bool:
    """Whether a name has a comma where the family name comes first: those of bodies have none."""
    return bool(name.given or name.suffix)


def join_names(written: Sequence[str], word: str, has_comma: bool = False, has_others: bool = False) -> str:
    """Return names with commas and a word before the last. Two have a comma if the first is inverted.

    Behind names that have others not named comes "et al." instead of the word.
    """
    if has_others:
        return f"{', '.join(written)}{',' if has_comma or len(written) > 1 else ''} et al."
    if len(written) < 2:
        return "".join(written)
    comma = "," if has_comma or len(written) > 2 else ""
    return f"{', '.join(written[:-1])}{comma} {word} {written[-1]}"
