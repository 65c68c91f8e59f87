"""What the archive holds and what it lacks, by type and year."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from search.archive import Archive
from search.model.query import NOT_STATED, Selection
from webui.addresses.request import archive

blueprint = Blueprint("holdings", __name__)
MOST_COLUMNS = 40
"""Years in the table; an archive of more has them by decade in the facets instead."""


@dataclass(frozen=True, slots=True)
class Cell:
    held: int
    untitled: int


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    total: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """One row a type, one column a year; the last row is of everything."""

    years: tuple[str, ...]
    rows: tuple[Row, ...]
    everything: Row


_UNTITLED = Selection("title_status", ("not_preserved",))


def holdings(of: Archive) -> Holdings:
    """Count it all."""
    field = of.fields.keyword["type"]
    kinds = of.counts("type")
    parents = {field.parent(kind) for kind in kinds}
    years = sorted(of.counts("year"), key=lambda year: (year == NOT_STATED, year))[-MOST_COLUMNS:]
    leaves = sorted((kind for kind in kinds if kind not in parents), key=lambda kind: (kind == NOT_STATED, -kinds[kind], kind))
    rows = tuple(_row(of, field.value_label(kind), years, Selection("type", (kind,))) for kind in leaves)
    labels = tuple(map(of.fields.keyword["year"].value_label, years))
    return Holdings(labels, rows, _row(of, "All", years))


def _row(of: Archive, label: str, years: list[str], *chosen: Selection) -> Row:
    held, untitled = of.counts("year", *chosen), of.counts("year", *chosen, _UNTITLED)
    total = Cell(sum(of.counts("title_status", *chosen).values()), of.counts("title_status", *chosen).get("not_preserved", 0))
    return Row(label, total, tuple(Cell(held.get(year, 0), untitled.get(year, 0)) for year in years))


@blueprint.get("/holdings")
def show_holdings() -> str:
    """Show the table of what is held."""
    return render_template("holdings.html", table=holdings(archive()))
