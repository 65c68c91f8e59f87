"""What the archive holds, by type and year."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct
from msgspec.structs import replace

from search.archive import Archive
from search.model.dates import parse_bound
from search.model.query import NOT_STATED, Query, Selection
from webui.addresses.links import search_url
from webui.addresses.request import archive
from webui.by_generation import keep_for_generation, print_once
from webui.languages import gettext, locale_code
from webui.pages.words import value_label
from webui.templating import render

blueprint = Blueprint("holdings", __name__)
MOST_COLUMNS = 24
"""Most columns of years. With more years, a column is a decade, a century ...: nothing is left out."""
_STEPS = (1, 10, 100, 1000, 10000, 100000)
_TITLE_ONLY = "title only"
"""The value of `access` of documents with neither text nor summary here."""


class Gaps(Struct, frozen=True):
    """The number of documents, of those with neither text nor summary here, and of those without a title."""

    total: int
    without_text: int
    untitled: int


class Cell(Struct, frozen=True):
    """A number of documents and their search."""

    held: int
    url: str


class Row(Struct, frozen=True):
    """One type: all of its documents, those with a text or summary here, and those by column."""

    label: str
    total: Cell
    texts: Cell
    cells: tuple[Cell, ...]


class Holdings(Struct, frozen=True):
    """A row for each type, a column for each year or range of years; `everything` is the row of all types."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    everything: Row


class _Column(Struct, frozen=True):
    """Years from `first` to `last`; both None for documents without a date."""

    label: str
    first: int | None
    last: int | None


@blueprint.get("/holdings")
@print_once
def show_holdings() -> str:
    """Show the table of what is held."""
    untitled = Selection("title_status", ("not_preserved",))
    return render(
        "holdings.html",
        table=count_holdings(archive(), locale_code()),
        untitled=count_gaps(archive()).untitled,
        untitled_url=search_url(Query(selections=(untitled,))),
    )


@keep_for_generation
def count_gaps(of: Archive) -> Gaps:
    """Return what is missing in the archive. Runs one search."""
    counts = of.facet_counts(("title_status", "access"), ())
    titles = counts["title_status"]
    return Gaps(sum(titles.values()), counts["access"].get(_TITLE_ONLY, 0), titles.get("not_preserved", 0))


@keep_for_generation
def count_holdings(of: Archive, language: str) -> Holdings:
    """Return the table in this language, that of the request. Each row is one search.

    If a column has several years, all documents are read instead: one dated in several of them is counted once.
    """
    field = of.fields.keyword["type"]
    kinds = of.counts("type")
    parents = {field.parent(kind) for kind in kinds}
    columns = _columns(_counts(of)[0])
    leaves = sorted((kind for kind in kinds if kind not in parents), key=lambda kind: (kind == NOT_STATED, -kinds[kind], kind))
    is_exact = all(column.first == column.last for column in columns)
    sums = {} if is_exact else _read_all(of, columns)
    chosen = [(value_label("type", kind, field.value_label(kind)), (Selection("type", (kind,)),), kind) for kind in leaves]
    rows = [_row(of, label, columns, selections, sums.get(kind)) for label, selections, kind in chosen]
    everything = _row(of, gettext("All"), columns, (), sums.get(""))
    return Holdings(tuple(column.label for column in columns), tuple(rows), everything)


def _read_all(of: Archive, columns: list[_Column]) -> dict[str, list[int]]:
    """Return the documents of each column by type, and under "" those of all types."""
    field = of.fields.keyword["type"]
    bounds = [_days(column) for column in columns]
    sums: dict[str, list[int]] = {"": [0] * len(columns)}
    for document in of.engine.every():
        for at, days in enumerate(bounds):
            if (document.date is None) if days is None else (document.date is not None and document.date.is_within(*days)):
                for kind in ("", *field.counted_values(document)):
                    sums.setdefault(kind, [0] * len(columns))[at] += 1
    return sums


def _days(column: _Column) -> tuple[int | None, int | None] | None:
    """Return the first and last day of a column, None for that of documents without a date."""
    if column.first is None or column.last is None:
        return None
    return parse_bound(str(column.first)).first_day, parse_bound(str(column.last)).last_day


def _columns(counts: dict[int | None, int]) -> list[_Column]:
    """Return a column for each year, or decade, century ... if there are too many; the last is for undated documents."""
    years = sorted(year for year in counts if year is not None)
    columns: list[_Column] = []
    if years:
        step = next(step for step in _STEPS if len({year // step for year in years}) <= MOST_COLUMNS or step == _STEPS[-1])
        for begin in sorted({year - year % step for year in years}):
            end = begin + step - 1
            columns.append(_Column(str(begin) if step == 1 else f"{begin}–{end}", begin, end))
    if None in counts:
        columns.append(_Column(gettext("Undated"), None, None))
    return columns


def _counts(of: Archive, *chosen: Selection) -> tuple[dict[int | None, int], int, int]:
    """Return the documents by year (None for undated), their total, and the number with a text or summary here."""
    found = of.facet_counts(("year", "title_status", "access"), chosen)
    years = {None if year == NOT_STATED else int(year): count for year, count in found["year"].items()}
    total = sum(found["title_status"].values())
    return years, total, total - found["access"].get(_TITLE_ONLY, 0)


def _row(of: Archive, label: str, columns: list[_Column], chosen: tuple[Selection, ...], read: list[int] | None) -> Row:
    """Return one row; `read` are the numbers of its columns if they were counted already."""
    years, total, texts = _counts(of, *chosen)
    query = Query(selections=chosen)
    numbers = read or [years.get(column.first, 0) for column in columns]
    cells = tuple(Cell(held, search_url(_within(query, one))) for held, one in zip(numbers, columns, strict=True))
    readable = Cell(texts, search_url(query.with_selection("access", exclude=[_TITLE_ONLY])))
    return Row(label, Cell(total, search_url(query)), readable, cells)


def _within(query: Query, column: _Column) -> Query:
    if column.first is None or column.last is None:
        return query.with_selection("year", [NOT_STATED])
    if column.first == column.last:
        return query.with_selection("year", [str(column.first)])
    return replace(query, since=str(column.first), until=str(column.last))
