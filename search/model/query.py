"""A search as plain values, independent of engines and URLs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Sort = Literal["relevance", "newest", "oldest", "title", "id"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "title")
"""The orders offered to visitors; exports and harvests also use the order of ids."""
NOT_STATED = "none"
"""The facet value of documents that state no value: undated, without a type, without a topic."""


class Selection(Struct, frozen=True, gc=False):
    """The values of one facet that are included (any of them) and excluded (all of them)."""

    field: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Query(Struct, frozen=True, gc=False):
    """A search: the words as typed, the facet selections, bounds of the date, order and page.

    `since` and `until` are dates as written (`2012`, `2012-05`), "" for open. `sort` "" means the default: relevance with
    words, newest without. `is_exact` turns off synonyms, acronyms, corrections and most words. Selections are sorted by field
    and values, so equal searches are equal queries.
    """

    text: str = ""
    selections: tuple[Selection, ...] = ()
    since: str = ""
    until: str = ""
    sort: Sort | Literal[""] = ""
    page: int = 1
    per_page: int = 10
    is_exact: bool = False

    @property
    def order(self) -> Sort:
        """Return the order of the results; the default is relevance with words, newest without."""
        return self.sort or ("relevance" if self.text.strip() else "newest")

    @property
    def is_filtered(self) -> bool:
        """Whether facet values or dates are chosen."""
        return bool(self.selections or self.since or self.until)

    def selection(self, field: str) -> Selection:
        """Return the selection of a facet."""
        return next((chosen for chosen in self.selections if chosen.field == field), Selection(field))

    def with_selection(self, field: str, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> Query:
        """Return the same search, first page, with the selection of `field` replaced (dropped when both are empty)."""
        chosen = Selection(field, tuple(sorted(set(include))), tuple(sorted(set(exclude))))
        others = [other for other in self.selections if other.field != field]
        if chosen.include or chosen.exclude:
            others.append(chosen)
        return replace(self, selections=tuple(sorted(others, key=lambda other: other.field)), page=1)

    def without_value(self, field: str, value: str) -> Query:
        """Return the same search, first page, with `value` neither included nor excluded."""
        chosen = self.selection(field)
        return self.with_selection(field, (v for v in chosen.include if v != value), (v for v in chosen.exclude if v != value))

    def with_text(self, text: str) -> Query:
        """Return the same search, first page, with other words."""
        return replace(self, text=text, page=1)

    def with_page(self, page: int) -> Query:
        """Return another page of the same search."""
        return replace(self, page=page)

    def without_dates(self) -> Query:
        """Return the same search, first page, without bounds of the date."""
        return replace(self, since="", until="", page=1)

    def without_filters(self) -> Query:
        """Return the words alone, first page."""
        return replace(self, selections=(), since="", until="", page=1)
