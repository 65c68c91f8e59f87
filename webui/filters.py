"""The filters of the page of results: facets as boxes to tick, years as bars."""

from __future__ import annotations

from dataclasses import dataclass

from search.results import Facet, FacetValue

SHOWN_VALUES = 8
"""Values of a facet shown before the rest is folded: what fits one glance."""
_BARS = (300, 48)
"""Width and height of the picture of years, in its own units."""


@dataclass(frozen=True, slots=True)
class Option:
    """A facet value as a box to tick, its children below it."""

    value: str
    label: str
    count: int
    checked: bool
    children: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet as a group of boxes: those shown, those folded away, and those to leave out."""

    field: str
    label: str
    shown: tuple[Option, ...]
    folded: tuple[Option, ...]
    excluded: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        every = [*self.shown, *self.folded]
        return sum(option.checked for one in every for option in (one, *one.children))

    @property
    def left_out(self) -> int:
        return sum(option.checked for option in self.excluded)


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


def to_panel(facet: Facet) -> Panel:
    """The facet with children below their parents, and what is ticked never folded away."""
    known = {value.value for value in facet.values}
    below: dict[str, list[FacetValue]] = {}
    for value in facet.values:
        if value.parent in known:
            below.setdefault(value.parent, []).append(value)

    def option(value: FacetValue) -> Option:
        children = tuple(option(child) for child in below.get(value.value, ()))
        return Option(value.value, value.label, value.count, value.selected == "include", children)

    options = [option(value) for value in facet.values if value.parent not in known]
    checked = [one for one in options[SHOWN_VALUES:] if one.checked or any(child.checked for child in one.children)]
    folded = tuple(one for one in options[SHOWN_VALUES:] if one not in checked)
    excluded = tuple(Option(v.value, v.label, v.count, v.selected == "exclude") for v in facet.values)
    return Panel(facet.field, facet.label, (*options[:SHOWN_VALUES], *checked), folded, excluded)


def bars(years: list[FacetValue]) -> list[Bar]:
    """One bar a year, empty years left open, the busiest year as high as the picture."""
    width, height = _BARS
    first, last = int(years[0].value), int(years[-1].value)
    step = width / (last - first + 1)
    most = max(value.count for value in years)
    drawn = []
    for value in years:
        tall = max(2.0, height * value.count / most)
        drawn.append(
            Bar(
                round((int(value.value) - first) * step + step * 0.1, 1),
                round(height - tall, 1),
                round(step * 0.8, 1),
                round(tall, 1),
            )
        )
    return drawn
