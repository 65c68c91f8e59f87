"""The documents of postings, kept as numbers of 16 bits: within blocks of 65,536 documents.

The postings of a term are one ascending run for each block, block after block, as the containers of a Roaring bitmap are
(Chambi, Lemire, Kaser and Godin 2016, "Better bitmap performance with Roaring bitmaps"). Where each run begins is kept for
each block of each term, and at last where the last run ends. In a segment of one block these are where each term begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array, concatenate, find_among
from search.engines.whoosh.disk_arrays import Numbers, read_in_parts

BLOCK = 1 << 16


class InBlock(NamedTuple):
    """The documents of a list that are in one block: how many of the list come `before` them, and their numbers in the block."""

    block: int
    before: int
    docs: Array


class TermPostings(NamedTuple):
    """The documents of a list that have a term: their indices in the list (`owners`), and in the postings of the term (`at`)."""

    term: int
    owners: Array
    at: Array


_NONE: Array = np.zeros(0, np.intp)


def split_by_block(docs: Array, before: int = 0) -> list[InBlock]:
    """Return ascending numbers of documents, one or more, by block; `before` is how many others come before them."""
    if docs[-1] < BLOCK:
        return [InBlock(0, before, docs.astype(np.uint16))]
    blocks = range(int(docs[0]) // BLOCK, int(docs[-1]) // BLOCK + 1)
    cuts = pairwise(docs.searchsorted([BLOCK * block for block in (*blocks, blocks.stop)]).tolist())
    return [
        InBlock(block, before + first, (docs[first:last] - BLOCK * block).astype(np.uint16))
        for block, (first, last) in zip(blocks, cuts, strict=True)
        if first < last
    ]


class DocumentRuns:
    """The documents of the postings of some terms of a segment."""

    def __init__(self, runs: Array, within_block: Numbers, documents: int) -> None:
        self.blocks = _count_blocks(documents)
        self._runs = runs
        self._run = runs.item
        self._within_block = within_block
        self.size = within_block.size
        self.starts = runs[:: self.blocks]
        """Where the postings of each term begin, and at last where they end."""

    def of_terms(self, first: int, last: int) -> Array:
        """Return the documents of the terms with numbers from `first` up to `last`, term after term."""
        bounds = self._runs[first * self.blocks : last * self.blocks + 1]
        if last - first != 1:
            return self._read(bounds, 0)
        start, *others, end = bounds.tolist()  # of one term, which is asked for most, without an array as long as its documents
        docs = self._within_block[start:end].astype(np.intp)
        for begin in others:
            docs[begin - start :] += BLOCK
        return docs

    def __getitem__(self, part: slice) -> Array:
        start, stop, _ = part.indices(self.size)
        first, last = np.searchsorted(self._runs, (start, stop)).tolist()
        first = max(first - 1, 0)
        return self._read(self._runs[first : last + 1].clip(start, stop), first % self.blocks)

    def _read(self, bounds: Array, first: int) -> Array:
        """Return the documents of runs, given where each begins, and the last ends, and the block of the first."""
        docs = self._within_block[bounds[0] : bounds[-1]].astype(np.intp)
        if self.blocks > 1:
            docs += (np.arange(first, first + bounds.size - 1) % self.blocks * BLOCK).repeat(np.diff(bounds))
        return docs

    def find(self, term: int, among: Iterable[InBlock]) -> TermPostings:
        """Return which of a few documents have a term."""
        first, owners, at = term * self.blocks, [], []
        for block, before, docs in among:
            begin, end = self._run(first + block), self._run(first + block + 1)
            if begin < end:
                places, is_found = find_among(self._within_block[begin:end], docs)
                found = is_found.nonzero()[0]
                if not found.size:
                    continue
                owners.append(found + before if before else found)
                at.append(places[found] + (begin - self._run(first)) if block else places[found])
        return TermPostings(term, concatenate(owners), concatenate(at)) if owners else TermPostings(term, _NONE, _NONE)


class WithinBlock:
    """Documents of postings, to be written as their numbers within their blocks."""

    dtype = np.dtype(np.uint16)

    def __init__(self, docs: Numbers) -> None:
        self._docs = docs
        self.size = docs.size

    def parts(self) -> Iterator[Array]:
        """Yield all numbers, a part at a time."""
        return ((part.astype(np.int64) % BLOCK).astype(self.dtype) for part in read_in_parts(self._docs))


def find_runs(starts: Array, docs: Numbers, documents: int) -> Array:
    """Return where each run begins, from where the postings of each term do."""
    blocks = _count_blocks(documents)
    if blocks == 1:
        return starts
    sizes, read = np.zeros((starts.size - 1) * blocks, dtype=np.int64), 0
    for part in read_in_parts(docs):
        terms = starts.searchsorted(np.arange(read, read + part.size), side="right") - 1
        sizes += np.bincount(terms * blocks + part.astype(np.int64) // BLOCK, minlength=sizes.size)
        read += part.size
    return np.append(0, sizes.cumsum())


def _count_blocks(documents: int) -> int:
    return max(1, -(-documents // BLOCK))
