"""Postings of a field: grouped from tokens, a block of documents at a time, and the blocks merged.

A block is inverted in memory and its postings are kept on disk, sorted by term; the sorted runs are merged a range of terms at a
time, without looking at a document again (sort-based inversion with in-memory runs: Heinz and Zobel 2003, "Efficient
single-pass index construction for text databases"). Documents are numbered in the order of blocks, so the postings of a term
are those of its runs, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Array, InParts, to_smallest_type
from search.engines.whoosh.disk_arrays import Column, DiskArray, Numbers, keep_on_disk
from search.engines.whoosh.document_runs import DocumentRuns, WithinBlock, find_runs

_AT_ONCE = 500_000
"""Positions merged at once."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index of one field.

    Term t has the postings `starts[t]:starts[t+1]`: the document (ascending), the weighted term frequency and the number of
    positions. Its positions are `position_starts[t]:position_starts[t+1]`, posting after posting. Columns with one entry a term
    are in memory; those with one a posting or a position may be on disk.
    """

    starts: Array
    docs: Numbers
    term_frequencies: Numbers
    counts: Numbers
    position_starts: Array
    positions: Numbers

    @classmethod
    def of(cls, arrays: Mapping[str, DiskArray], name: str, documents: int) -> Postings:
        """Inverse of `arrays`."""
        runs, docs, frequencies, counts, position_starts, positions = (arrays[f"{name}.{column}"] for column in cls.__slots__)
        joined = DocumentRuns(runs[:], docs, documents)
        return cls(joined.starts, joined, frequencies, counts, position_starts[:], positions)

    def arrays(self, name: str, documents: int) -> dict[str, Array | InParts]:
        """Return the columns, for a segment of `documents`, as arrays with names that begin with `name`."""
        columns = {column: getattr(self, column) for column in self.__slots__}
        columns |= {"starts": find_runs(self.starts, self.docs, documents), "docs": WithinBlock(self.docs)}
        return {
            f"{name}.{column}": to_smallest_type(one) if isinstance(one, np.ndarray) else one for column, one in columns.items()
        }

    def move_to_disk(self, folder: Path) -> Postings:
        """Return these postings with every column that has one entry a posting in a file."""
        small = (self.docs, self.term_frequencies, self.counts, self.positions)
        docs, frequencies, counts, positions = keep_on_disk(folder, [to_smallest_type(one[:]) for one in small])
        return Postings(self.starts, docs, frequencies, counts, self.position_starts, positions)


def invert(tokens: Array, docs: Array, weights: Array, positions: Array, terms: int) -> Postings:
    """Group tokens, given in document and reading order, by term and document."""
    order = _stable_order(tokens)
    tokens, docs, weights, positions = tokens[order], docs[order], weights[order], positions[order]
    new = np.ones(tokens.size, dtype=bool)
    new[1:] = (tokens[1:] != tokens[:-1]) | (docs[1:] != docs[:-1])
    begins = np.flatnonzero(new)
    counts = np.diff(np.append(begins, tokens.size))
    return Postings(
        np.searchsorted(tokens[begins], np.arange(terms + 1)),
        docs[begins],
        np.add.reduceat(weights, begins) if begins.size else weights,
        counts,
        np.searchsorted(tokens, np.arange(terms + 1)),
        positions,
    )


def _stable_order(numbers: Array) -> Array:
    """Return indices that sort whole numbers of 32 bits stably: 16 bits at a time, which numpy sorts by radix."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if numbers.size and numbers.max() >> 16:
        order = order[np.argsort((numbers >> 16).astype(np.uint16)[order], kind="stable")]
    return order


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of a block of documents. Its terms are numbered by themselves; `terms` are their numbers in the segment,
    ascending."""

    terms: Array
    postings: Postings


def merge_runs(runs: Sequence[Run], terms: int, folder: Path) -> Postings:
    """Return the postings of all runs, which have the documents in order, as the postings of a segment with `terms` terms."""
    starts, position_starts = _add_up(runs, terms, "starts"), _add_up(runs, terms, "position_starts")
    if len(runs) == 1:
        return replace(runs[0].postings, starts=starts, position_starts=position_starts)
    columns = [Column(folder) for _ in range(4)]
    for begin, end in ranges_of_terms(position_starts, 0, terms, _AT_ONCE):
        for merged in _merge_range(runs, begin, end):
            for column, part in zip(columns, merged, strict=True):
                column.append(part)
    docs, frequencies, counts, positions = (column.finish() for column in columns)
    return Postings(starts, docs, frequencies, counts, position_starts, positions)


def _add_up(runs: Sequence[Run], terms: int, name: str) -> Array:
    sizes = np.zeros(terms + 1, dtype=np.int64)
    for run in runs:
        sizes[run.terms + 1] += np.diff(getattr(run.postings, name))
    return sizes.cumsum()


_Part = tuple[Array, Array, Array, Array]
"""Documents, frequencies and numbers of positions of some postings, and their positions."""


def _merge_range(runs: Sequence[Run], begin: int, end: int) -> Iterator[_Part]:
    """Yield the postings of the terms from `begin` up to `end`. Those of a single term are in order as they are, run by run."""
    places = [np.searchsorted(run.terms, (begin, end)) for run in runs]
    if end - begin == 1:
        for run, (first, last) in zip(runs, places, strict=True):
            if first < last:
                yield from _split_term(run.postings, int(first))
        return
    found = [
        (np.repeat(run.terms[first:last], np.diff(run.postings.starts[first : last + 1])), *_read(run.postings, first, last))
        for run, (first, last) in zip(runs, places, strict=True)
        if first < last
    ]
    if found:
        owners, docs, frequencies, counts, positions = (np.concatenate(column) for column in zip(*found, strict=True))
        order = _stable_order(owners - np.uint32(begin))
        sizes = counts[order].astype(np.int64)
        # Where the positions of each posting begin, less where they will begin.
        shift = (np.cumsum(counts, dtype=np.int64) - counts)[order] - (np.cumsum(sizes) - sizes)
        yield docs[order], frequencies[order], counts[order], positions[np.repeat(shift, sizes) + np.arange(positions.size)]


def _read(postings: Postings, first: int, last: int) -> _Part:
    own = slice(int(postings.starts[first]), int(postings.starts[last]))
    placed = slice(int(postings.position_starts[first]), int(postings.position_starts[last]))
    return postings.docs[own], postings.term_frequencies[own], postings.counts[own], postings.positions[placed]


def _split_term(postings: Postings, term: int) -> Iterator[_Part]:
    for own, placed in split_postings(postings, term, _AT_ONCE):
        yield postings.docs[own], postings.term_frequencies[own], postings.counts[own], postings.positions[placed]


def split_postings(postings: Postings, term: int, most: int, multiple: int = 1) -> Iterator[tuple[slice, slice]]:
    """Yield the postings of a term with their positions in parts of at most `most` positions, or of `multiple` postings.

    The number of postings in each part but the last is a multiple of `multiple`.
    """
    start, end, placed = int(postings.starts[term]), int(postings.starts[term + 1]), int(postings.position_starts[term])
    while start < end:
        ends = postings.counts[start : min(start + max(most, multiple), end)].cumsum(dtype=np.int64)
        fitting = int(ends.searchsorted(most, side="right"))
        taken = min(max(fitting // multiple, 1) * multiple, ends.size)
        own = slice(start, start + taken)
        positions = placed + int(ends[taken - 1])
        yield own, slice(placed, positions)
        start, placed = own.stop, positions


def ranges_of_terms(starts: Array, first: int, last: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms with at most `most` positions together; a term with more is a range of its own. `starts` has the
    first position of each term."""
    starts = starts.astype(np.int64)
    while first < last:
        fitting = int(starts.searchsorted(starts[first] + most, side="right")) - 1
        end = min(max(first + 1, fitting), last)
        yield first, end
        first = end
