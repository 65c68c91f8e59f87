"""The counts of a field as a facet: its values in order, with those selected, which stay visible at 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from search.fields import KeywordField, period_number
from search.model.query import NOT_STATED, Query, Selection
from search.model.results import Facet, FacetValue
from search.text.analysis import fold_value


def make_facet(field: KeywordField, query: Query, counts: Mapping[str, int]) -> Facet:
    """Return the facet of a field as the query selects of it; `counts` are documents by value."""
    chosen = query.selection(field.name)
    ticked: dict[str, Literal["", "include", "exclude"]] = {fold_value(value): "include" for value in chosen.include}
    ticked |= {fold_value(value): "exclude" for value in chosen.exclude}
    if ticked:
        present = {fold_value(value) for value in counts}
        absent = [value for value in _spellings(chosen) if fold_value(value) not in present]
        counts = dict(counts) | {field.canonical(value): 0 for value in absent}
    if field.is_period:
        ordered = sorted(counts, key=period_number, reverse=True)
    else:
        ordered = sorted(sorted(counts), key=field.label_and_parent)
        ordered.sort(key=counts.__getitem__, reverse=True)  # which leaves equal counts in the order of labels
    if NOT_STATED in counts:
        ordered.remove(NOT_STATED)
        ordered.append(NOT_STATED)
    values = [
        FacetValue(value, label, counts[value], ticked.get(fold_value(value), "") if ticked else "", parent)
        for value, (label, parent) in zip(ordered, map(field.label_and_parent, ordered), strict=True)
    ]
    return Facet(field.name, field.label, tuple(values))


def _spellings(chosen: Selection) -> Iterable[str]:
    """Return each value chosen, once, however often it is spelled another way."""
    return {fold_value(value): value for value in (*chosen.exclude, *chosen.include)}.values()
