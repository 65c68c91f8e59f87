"""The filters of the page of results: facets as boxes to tick, and the chart of years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape

from markupsafe import Markup
from msgspec import Struct

from search.archive import Archive
from search.model.days import is_year
from search.model.query import Query
from search.model.results import Facet, FacetValue, ResultPage
from webui.addresses.parameters import to_url
from webui.by_generation import keep_for_generation
from webui.languages import PageLanguage, gettext, ngettext, number_label, page_language
from webui.pages.words import field_label, value_label

SHOWN_VALUES = 8
"""Values of a facet shown before the rest is folded."""
MOST_VALUES = 20
"""Values of a facet offered on the page of results besides those that are selected; /values/<field> has all."""


WORDS = ("Year", "Results", "Leave out")
"""Column headings of the table of years."""
FIELD_WORDS = ("Content type", "Topic", "Year", "People", "Decade", "Century", "Title", "Not stated", "Undated")
"""Labels of the fields that every archive has, and of missing values."""


_Children = Mapping[str, Sequence[FacetValue]]


class Panel(Struct, frozen=True):
    """A facet as a group of boxes: the values shown, those folded away, and by parent the values below them.

    `all_url` is the address of the page of all values, "" where all are here.
    """

    facet: Facet
    shown: Sequence[FacetValue]
    folded: Sequence[FacetValue]
    children: _Children
    all_url: str

    @property
    def label(self) -> str:
        """The facet as shown."""
        return field_label(self.facet.label)

    def has_box_for(self, field: str, value: str) -> bool:
        """Whether a selected value has a box here, as every selected value of the facet has."""
        return self.facet.field == field and any(one.value == value for one in self.facet.values)


def to_panel(facet: Facet, total: int, query: Query) -> Panel:
    """Return the facet with children below their parents. Selected values are never folded or left out.

    Values that all `total` results have are left out: ticking one would change nothing.
    """
    known = {value.value for value in facet.values}
    roots = [value for value in facet.values if value.parent not in known]
    children = _children_of(facet.values) if len(roots) < len(known) else {}
    selected: set[str] = set()
    if any(value.selected for value in facet.values):
        selected = {value.value for value in roots if _is_selected(value, children)}
    else:
        roots = [value for value in roots if value.count < total or value.value in children]
    cut = {value.value for value in [value for value in roots if value.value not in selected][MOST_VALUES:]}
    offered = [value for value in roots if value.value not in cut]
    shown = [value for at, value in enumerate(offered) if at < SHOWN_VALUES or value.value in selected]
    folded = [value for value in offered[SHOWN_VALUES:] if value.value not in selected]
    is_cut = cut or sum(map(len, children.values())) > 2 * MOST_VALUES
    return Panel(facet, shown, folded, children, to_url(f"/values/{facet.field}", query.with_page(1)) if is_cut else "")


def _children_of(values: Iterable[FacetValue]) -> _Children:
    """Return the values by their parent, without an only child that has the same documents as its parent."""
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


_TICKS = {"": ("", ""), "include": (" checked", ""), "exclude": ("", " checked")}
"""The attributes of a value’s two boxes by how it is selected: the first narrows to it, the second leaves it out."""
_LEAVE_OUT = (
    '<label class="not" title="{less} {label}"><input type="checkbox" name="-{name}" value="{value}"%s>'
    '<span class="hidden">{less} {label}</span></label>'
)
_ROW = (
    '<div class="row"><label><input type="checkbox" name="{name}" value="{value}"%s><span>{label}</span>'
    '<span class="count"><span class="hidden">, </span>%s<span class="hidden"> {results}</span></span></label>'
    f"{_LEAVE_OUT}</div>"
)
_YEAR = (
    '<tr><th scope="row"><label><input type="checkbox" name="{name}" value="{value}"%s> {label}</label></th><td>%s</td>'
    f"<td>{_LEAVE_OUT}</td></tr>\n"
)


def print_panel(panel: Panel) -> Markup:
    """Return the panel as a group of boxes, those folded away behind their number."""
    field, label = panel.facet.field, escape(panel.label)
    name = f'<span class="hidden"> {label}</span>'
    parts = [f"<fieldset><legend>{label}</legend>\n{boxes(field, panel.shown, panel.children)}"]
    if panel.folded:
        more = escape(gettext("%(number)s more", number=len(panel.folded)))
        folded = boxes(field, panel.folded, panel.children)
        parts.append(f"<details><summary>{more}{name}</summary>{folded}</details>")
    if panel.all_url:
        every = escape(gettext("All %(number)s", number=number_label(len(panel.facet.values))))
        parts.append(f'<p class="all"><a href="{escape(panel.all_url)}" rel="nofollow">{every}{name}</a></p>')
    return Markup("".join(parts) + "</fieldset>\n")


def boxes(field: str, values: Iterable[FacetValue], children: _Children | None = None) -> Markup:
    """Return values as a list of boxes. A page has a hundred of them; rendered by a template they took half of its time."""
    return Markup(_list_boxes(page_language(), field, values, children or {}))


def _list_boxes(language: PageLanguage, field: str, values: Iterable[FacetValue], children: _Children) -> str:
    rows = []
    for value in values:
        below = children.get(value.value) if children else None
        under = _list_boxes(language, field, below, children) if below else ""
        rows.append(f"<li>{_print(_ROW, language, field, value)}{under}</li>\n")
    return f'<ul class="boxes">\n{"".join(rows)}</ul>\n'


def _print(form: str, language: PageLanguage, field: str, value: FacetValue) -> str:
    included, excluded = _TICKS[value.selected]
    return _fill_in(form, language, field, value.value, value.label) % (included, number_label(value.count), excluded)


@lru_cache(maxsize=2048)
def _fill_in(form: str, language: PageLanguage, field: str, value: str, label: str) -> str:
    """Return the row of a value as a format for `%`, to be filled with its ticks and count. Most pages have the same values."""
    texts = {"name": field, "value": value, "label": value_label(field, value, label)}
    texts |= {"less": gettext("Leave out"), "results": gettext("results")}
    return form.format_map({name: escape(text).replace("%", "%%") for name, text in texts.items()})


class Bar(Struct, frozen=True):
    """A bar of the chart: the value it sends, its label and count, and its height in twentieths of the highest."""

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
    """Return the chart of `counts` by year over the years of the archive; None if there is nothing to compare.

    If there are more than 60 years, a bar is 5, 10, 50, 100 ... of them.
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


def year_chart(archive: Archive, page: ResultPage, chosen: tuple[int, int] | None = None) -> Chart | None:
    """Return the results by year, over the years of the whole archive; None if years were not counted or none is known.

    `chosen` are the first and the last year that the search is narrowed to.
    """
    facet, years = page.facet("year"), archive_years(archive)
    if facet is None or years is None:
        return None
    counts = {int(value.value): value.count for value in facet.values if is_year(value.value) and value.count}
    return to_chart(counts, years, chosen)


@keep_for_generation
def archive_years(archive: Archive) -> tuple[int, int] | None:
    """Return the first and last year of the archive, None if no date is known."""
    years = [int(value) for value in archive.counts("year") if is_year(value)]
    return (min(years), max(years)) if years else None


def _summary(bars: list[Bar], first: int, last: int) -> str:
    most = max(bars, key=lambda bar: bar.count)
    count = ngettext("%(num)s document", "%(num)s documents", most.count)
    return gettext("%(first)s to %(last)s. Most in %(most)s: %(count)s.", first=first, last=last, most=most.label, count=count)


def year_table(panel: Panel) -> Markup:
    """Return the years as a table of boxes and counts, for people who cannot see the chart."""
    language = page_language()
    head = "".join(f'<th scope="col">{escape(gettext(word))}</th>' for word in WORDS)
    rows = "".join([_print(_YEAR, language, "year", value) for value in (*panel.shown, *panel.folded)])
    return Markup(f'<table class="boxes"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n')


def chart_bars(chart: Chart) -> Markup:
    """Return the bars: buttons that narrow the search to their years, and gaps for years without documents."""
    bars = []
    for bar in chart.bars:
        inside = " in" if bar.is_chosen else ""
        title = f"{bar.label}: {number_label(bar.count)}"
        button = f'<button name="between" value="{bar.between}" class="h{bar.height}{inside}" title="{title}">'
        bars.append(f'{button}<span class="hidden">{title}</span></button>' if bar.count else "<i></i>")
    return Markup(f'<div class="bars">{"".join(bars)}</div>')
