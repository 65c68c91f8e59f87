"""The filters of the page of results: facets as boxes to tick, years as bars."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from search.model.results import Facet, FacetValue

SHOWN_VALUES = 8
"""Values of a facet shown before the rest is folded: what fits one glance."""
_BARS = (300, 48)
"""Width and height of the picture of years, in its own units."""


class Option(Struct, frozen=True):
    """A facet value as a box to tick, its children below it."""

    value: str
    label: str
    count: int
    checked: bool
    children: tuple[Option, ...] = ()


class Panel(Struct, frozen=True):
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


class Bar(Struct, frozen=True):
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
        children = tuple(map(option, below[value.value])) if value.value in below else ()
        return Option(value.value, value.label, value.count, value.selected == "include", children)

    options = [option(value) for value in facet.values if value.parent not in known]
    checked = [one for one in options[SHOWN_VALUES:] if one.checked or any(child.checked for child in one.children)]
    folded = tuple(one for one in options[SHOWN_VALUES:] if one not in checked)
    excluded = tuple([Option(v.value, v.label, v.count, v.selected == "exclude") for v in facet.values])
    return Panel(facet.field, facet.label, (*options[:SHOWN_VALUES], *checked), folded, excluded)


def boxes(name: str, options: Iterable[Option]) -> Markup:
    """Options as a list of boxes. A page has a hundred of them; printed by a template they took half of its printing time."""
    told = "to leave out" if name.startswith("-") else "results"
    rows = "".join(
        f'  <li><label><input type="checkbox" name="{_escaped(name)}" value="{_escaped(option.value)}"'
        f"{' checked' if option.checked else ''}><span>{_escaped(option.label)}</span>"
        f'<span class="count"><span class="hidden">, </span>{option.count:,}<span class="hidden"> {told}</span></span></label>\n'
        f"{boxes(name, option.children) if option.children else ''}</li>\n"
        for option in options
    )
    return Markup(f'<ul class="boxes">\n{rows}</ul>\n')


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """Safe between tags and in quotes; the same few hundred values and labels stand on every page."""
    return str(escape(text))


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
