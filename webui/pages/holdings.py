"""What the archive holds and what it lacks, by type and year."""

from __future__ import annotations

from dataclasses import dataclass

from search.archive import Archive
from search.model.query import NOT_STATED, Selection

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


def holdings(archive: Archive) -> Holdings:
    """Count it all."""
    field = archive.fields.keyword["type"]
    kinds = archive.counts("type")
    parents = {field.parent(kind) for kind in kinds}
    years = sorted(archive.counts("year"), key=lambda year: (year == NOT_STATED, year))[-MOST_COLUMNS:]
    leaves = sorted((kind for kind in kinds if kind not in parents), key=lambda kind: (kind == NOT_STATED, -kinds[kind], kind))
    rows = tuple(_row(archive, field.value_label(kind), years, Selection("type", (kind,))) for kind in leaves)
    labels = tuple(map(archive.fields.keyword["year"].value_label, years))
    return Holdings(labels, rows, _row(archive, "All", years))


def _row(archive: Archive, label: str, years: list[str], *chosen: Selection) -> Row:
    held, untitled = archive.counts("year", *chosen), archive.counts("year", *chosen, _UNTITLED)
    total = Cell(
        sum(archive.counts("title_status", *chosen).values()), archive.counts("title_status", *chosen).get("not_preserved", 0)
    )
    return Row(label, total, tuple(Cell(held.get(year, 0), untitled.get(year, 0)) for year in years))
