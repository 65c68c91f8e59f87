"""The filters of the page of results: facets as boxes to tick, and the chart of years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup
from msgspec import Struct

from search.model.results import Facet, FacetValue
from webui.languages import gettext, ngettext, number_label
from webui.pages.escaping import escape_once
from webui.pages.words import field_label, value_label

SHOWN_VALUES = 8
"""Values of a facet shown before the rest is folded: what fits one glance."""
MOST_VALUES = 20
"""Values of a facet offered on the page of results besides those that are selected; /values/<field> has all."""


WORDS = ("Year", "Results", "Leave out")
"""Heads of the table of years."""
FIELD_WORDS = ("Content type", "Topic", "Year", "People", "Decade", "Century", "Title", "Not stated", "Undated")
"""Names of the fields that every archive has, and of what is not stated."""


class Option(Struct, frozen=True):
    """A facet value as a box to include it and one to leave it out, with its children below it."""

    value: str
    label: str
    count: int
    selected: str = ""
    children: tuple[Option, ...] = ()

    @property
    def is_selected(self) -> bool:
        """Whether it or a value below it is included or left out."""
        return bool(self.selected) or any(child.is_selected for child in self.children)


class Panel(Struct, frozen=True):
    """A facet as a group of boxes: those shown, those folded away, and how many values there are in all."""

    field: str
    label: str
    shown: tuple[Option, ...]
    folded: tuple[Option, ...]
    values: int
    all_url: str = ""


def to_panel(facet: Facet, total: int, all_url: str) -> Panel:
    """Return the facet with children below their parents. What is selected is never folded away or left out.

    Values that every one of the `total` results has are not offered: ticking one would change nothing.
    """
    known = {value.value for value in facet.values}
    roots = [value for value in facet.values if value.parent not in known]
    children = _children_of(facet.values) if len(roots) < len(known) else {}
    is_narrowed = any(value.selected for value in facet.values)
    first: list[Option] = []
    others = below = 0
    for value in roots:
        if is_narrowed or value.count < total or value.value in children:
            is_selected = is_narrowed and _is_selected(value, children)
            below += len(children.get(value.value, ()))
            others += not is_selected
            if is_selected or others <= MOST_VALUES:
                first.append(_to_option(facet.field, value, children))
    shown = first[:SHOWN_VALUES] + [option for option in first[SHOWN_VALUES:] if option.is_selected]
    folded = [option for option in first[SHOWN_VALUES:] if not option.is_selected]
    is_cut = others > MOST_VALUES or below > 2 * MOST_VALUES
    return Panel(facet.field, field_label(facet.label), tuple(shown), tuple(folded), len(facet.values), all_url if is_cut else "")


_Children = Mapping[str, list[FacetValue]]


def _children_of(values: Iterable[FacetValue]) -> _Children:
    """Return the values by their parent, without a lone one that stands for the same documents as its parent."""
    below: dict[str, list[FacetValue]] = {}
    counts = {value.value: value.count for value in values}
    for value in values:
        if value.parent in counts:
            below.setdefault(value.parent, []).append(value)
    return {
        parent: children
        for parent, children in below.items()
        if len(children) > 1 or children[0].count != counts[parent] or children[0].selected
    }


def _is_selected(value: FacetValue, children: _Children) -> bool:
    return bool(value.selected) or any(_is_selected(child, children) for child in children.get(value.value, ()))


def _to_option(field: str, value: FacetValue, children: _Children) -> Option:
    below = tuple(_to_option(field, child, children) for child in children.get(value.value, ()))
    return Option(value.value, value_label(field, value.value, value.label), value.count, value.selected, below)


def boxes(field: str, options: Iterable[Option]) -> Markup:
    """Return options as a list of boxes. A page has a hundred of them: printed by a template they took half of its time."""
    name, more, less = escape_once(field), escape_once(gettext("results")), escape_once(gettext("Leave out"))
    return Markup(_rows(name, more, less, options))


def _rows(name: str, more: str, less: str, options: Iterable[Option]) -> str:
    rows = []
    for option in options:
        value, label, count = escape_once(option.value), escape_once(option.label), number_label(option.count)
        ticked = " checked" if option.selected == "include" else ""
        rows.append(
            f'<li><div class="row"><label><input type="checkbox" name="{name}" value="{value}"{ticked}><span>{label}</span>'
            f'<span class="count"><span class="hidden">, </span>{count}<span class="hidden"> {more}</span></span></label>'
            f"{_leave_out(name, less, option)}</div>"
            f"{_rows(name, more, less, option.children) if option.children else ''}</li>\n"
        )
    return f'<ul class="boxes">\n{"".join(rows)}</ul>\n'


def _leave_out(name: str, less: str, option: Option) -> str:
    value, label = escape_once(option.value), escape_once(option.label)
    crossed = " checked" if option.selected == "exclude" else ""
    box = f'<input type="checkbox" name="-{name}" value="{value}"{crossed}>'
    return f'<label class="not" title="{less} {label}">{box}<span class="hidden">{less} {label}</span></label>'


class Bar(Struct, frozen=True):
    """A stretch of years in the chart: what pressing it sends, and its height in twentieths of the highest."""

    between: str
    label: str
    count: int
    height: int
    is_chosen: bool


class Chart(Struct, frozen=True):
    """The results by year, over all years of the archive."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    summary: str


def to_chart(counts: dict[int, int], years: tuple[int, int], chosen: tuple[int, int] | None) -> Chart | None:
    """Return the chart of `counts` by year over the years of the archive; None where there is nothing to compare.

    Years are taken together by 10, 50, 100 ... where there are more than 60 of them.
    """
    first, last = years
    if first >= last or not counts:
        return None
    step = next(step for step in (1, 5, 10, 50, 100, 500, 1000, 10000, 100000) if (last - first) // step < 60)
    begins = first - first % step
    sums: dict[int, int] = {}
    for year, count in counts.items():
        sums[year - year % step] = sums.get(year - year % step, 0) + count
    highest = max(sums.values())
    bars = []
    for start in range(begins, last + 1, step):
        end, count = start + step - 1, sums.get(start, 0)
        inside = chosen is not None and chosen[0] <= end and start <= chosen[1]
        label = str(start) if step == 1 else f"{start}–{end}"
        bars.append(Bar(f"{start}..{end}", label, count, max(1, round(20 * count / highest)), inside))
    return Chart(tuple(bars), str(first), str(last), _summary(bars, first, last))


def _summary(bars: list[Bar], first: int, last: int) -> str:
    most = max(bars, key=lambda bar: bar.count)
    count = ngettext("%(num)s document", "%(num)s documents", most.count)
    return gettext("%(first)s to %(last)s. Most in %(most)s: %(count)s.", first=first, last=last, most=most.label, count=count)


def year_table(options: Iterable[Option]) -> Markup:
    """Return the years as a table of boxes and counts: what the chart shows, for those who cannot see it."""
    year, results, less = (escape_once(gettext(word)) for word in WORDS)
    rows = []
    for option in options:
        ticked = " checked" if option.selected == "include" else ""
        box = f'<input type="checkbox" name="year" value="{escape_once(option.value)}"{ticked}>'
        rows.append(
            f'<tr><th scope="row"><label>{box} {escape_once(option.label)}</label></th><td>{number_label(option.count)}</td>'
            f"<td>{_leave_out('year', less, option)}</td></tr>\n"
        )
    head = "".join(f'<th scope="col">{word}</th>' for word in (year, results, less))
    return Markup(f'<table class="boxes"><thead><tr>{head}</tr></thead><tbody>\n{"".join(rows)}</tbody></table>\n')


def chart_bars(chart: Chart) -> Markup:
    """Return the bars: buttons that narrow to their years, and gaps where there is nothing."""
    bars = []
    for bar in chart.bars:
        inside = " in" if bar.is_chosen else ""
        said = f"{bar.label}: {number_label(bar.count)}"
        button = f'<button name="between" value="{bar.between}" class="h{bar.height}{inside}" title="{said}">'
        bars.append(f'{button}<span class="hidden">{said}</span></button>' if bar.count else "<i></i>")
    return Markup(f'<div class="bars">{"".join(bars)}</div>')
