"""The styles references are written in, and a reference in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from search.citations import apa, chicago, mla
from search.citations.dates import Point
from search.citations.item import Item
from search.citations.pieces import Pieces

STYLES: Mapping[str, Callable[[Item, Point], Pieces]] = {"APA": apa.cite, "Chicago": chicago.cite, "MLA": mla.cite}
"""APA 7, Chicago 17 (bibliography) and MLA 9."""


def citations(item: Item, accessed: date) -> dict[str, Pieces]:
    """Return the reference in each style, by its name. `accessed` is the day on which the reader looks at it."""
    day = Point(accessed.year, accessed.month, accessed.day)
    return {name: cite(item, day) for name, cite in STYLES.items()}
