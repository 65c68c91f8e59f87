"""The order of all documents of a generation by id and by title: a file of ranks, written when the generation is published.

The order within each segment is stored with it; in a build these orders are merged. A string of a later segment is looked for
from where the one before it was found, in steps that double (Bentley and Yao 1976, "An almost optimal algorithm for unbounded
searching"): segments of about one size are merged in one pass. In an update each changed document is looked for in each segment,
and the ranks behind it are raised. Opening a generation only maps the file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Array, Strings, open_arrays, to_smallest_type, write_arrays
from search.engines.whoosh.segment import SegmentArrays

RANKS = "ranks"
"""The file's name in the folder of a generation."""
_COLUMNS = {"id_ranks": ("ids", "id_order"), "title_ranks": ("titles", "title_order")}
"""Each column with the strings by which it ranks, and their order in a segment."""

_FEW = 16
"""For up to so many places a pass over all ranks for each place is faster than one search for each rank; ten times for one."""


def write_ranks(folder: Path, segments: Sequence[SegmentArrays], known: Mapping[str, Sequence[Array]]) -> None:
    """Write the ranks of all documents of these segments. `known` has, by column, the ranks in the generation before of the
    documents of the first segments."""
    columns = {}
    for name, (strings, order) in _COLUMNS.items():
        parts = [(Strings(segment.arrays, strings), segment.arrays[order]) for segment in segments]
        columns[name] = to_smallest_type(rank(parts, known.get(name, ())))
    write_arrays(folder / RANKS, columns)


def read_ranks(folder: Path) -> Mapping[str, Array]:
    """Return the columns of the file, backed by it. Raises OSError or ValueError."""
    return open_arrays(folder / RANKS)


def rank(parts: Sequence[tuple[Strings, Array]], known: Sequence[Array] = ()) -> Array:
    """Return the rank of each document of some segments, each given by its strings and their order.

    `known` are the ranks that the documents of the first segments have already. Ranks may have gaps, and only tell which document
    comes first.
    """
    if not known:
        return _merge_orders(parts)
    ranks = list(known)
    for strings, own in parts[len(known) :]:
        places = _find_ranks([strings[number] for number in own.tolist()], parts, ranks)
        ranks = [_raise_ranks(one, places) for one in ranks]
        new = np.empty(own.size, dtype=np.uint32)
        new[own] = places + np.arange(own.size)
        ranks.append(new)
    return np.concatenate(ranks)


def _raise_ranks(ranks: Array, places: Array) -> Array:
    """Return each rank raised by the number of `places`, ascending, that are not above it."""
    if places.size > _FEW:
        return ranks + places.searchsorted(ranks, side="right")
    raised = ranks.astype(np.uint32)
    for place in places.tolist():
        raised += ranks >= place
    return raised


def _find_ranks(wanted: Sequence[bytes], parts: Sequence[tuple[Strings, Array]], ranks: Sequence[Array]) -> Array:
    """Return for each of some ascending strings the lowest rank of a document that does not come before it."""
    places = np.full(len(wanted), 1 + max((int(one.max(initial=0)) for one in ranks), default=0), dtype=np.int64)
    for (strings, order), known in zip(parts, ranks, strict=False):
        number, at = order.item, 0
        for index, value in enumerate(wanted):
            at = bisect_left(range(order.size), value, at, key=lambda place: strings[number(place)])
            if at < order.size:
                places[index] = min(places[index], known.item(number(at)))
    return places


def _merge_orders(parts: Sequence[tuple[Strings, Array]]) -> Array:
    """Return the ranks of segments of about one size."""
    bases: list[int] = np.cumsum([0, *(len(strings) for strings, _ in parts)]).tolist()

    def string_of(number: int) -> bytes:
        at = bisect_right(bases, number) - 1
        return parts[at][0][number - bases[at]]

    order = np.zeros(0, np.int64)
    for (strings, own), base in zip(parts, bases, strict=False):
        places = _find_places(order, string_of, [strings[number] for number in own.tolist()]) if order.size else 0
        order = np.insert(order, places, own.astype(np.int64) + base)
    ranks = np.empty(bases[-1], dtype=np.int64)
    ranks[order] = np.arange(order.size)
    return ranks


def _find_places(order: Array, string_of: Callable[[int], bytes], wanted: Sequence[bytes]) -> Array:
    """Return where each of some ascending strings comes in an order of documents."""
    number, end, at = order.item, order.size, 0
    places = np.empty(len(wanted), dtype=np.int64)
    for index, value in enumerate(wanted):
        step = 1
        while at + step <= end and string_of(number(at + step - 1)) < value:
            at += step
            step *= 2
        at = bisect_left(range(end), value, at, min(at + step, end), key=lambda place: string_of(number(place)))
        places[index] = at
    return places
