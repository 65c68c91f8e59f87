"""Collect the documents of a segment share by share, invert them block by block, and make the arrays of the segment."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Array, InParts, pack_strings, to_smallest_type
from search.engines.whoosh.collected_values import CollectedValues
from search.engines.whoosh.deletions import deletion_arrays
from search.engines.whoosh.disk_arrays import Column
from search.engines.whoosh.document_runs import WithinBlock, find_runs
from search.engines.whoosh.inversion import Inversion, Numbering
from search.engines.whoosh.postings import Postings, Run, invert, merge_runs
from search.text.analysis import Analyzer

_BYTES_A_TOKEN = 64
"""Memory that inverting takes for each word of a block."""
_BYTES_A_DOCUMENT = 250
"""Memory that a document takes until its segment is written, beside its id and title and the values it has."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The postings of one field in a block of documents. `words` are the numbers of its terms, in alphabetical order."""

    words: Array
    postings: Postings

    def without_unused_words(self) -> _Block:
        starts, position_starts = self.postings.starts, self.postings.position_starts
        used = np.flatnonzero(np.diff(starts))
        kept = np.append(used, self.words.size)
        return _Block(
            self.words[used],
            replace(
                self.postings, starts=to_smallest_type(starts[kept]), position_starts=to_smallest_type(position_starts[kept])
            ),
        )


class SegmentCollector:
    """Collects the documents of one segment.

    Words are kept in memory until they and what is known of all documents take `memory` megabytes, but at least until they take
    a quarter of it. Then they are inverted as one block.
    """

    def __init__(self, folder: Path, analyzer: Analyzer, memory: int) -> None:
        self.ids: list[str] = []
        self.days = array("i")
        self.titles: list[bytes] = []
        self.fingerprints = bytearray()
        self.sources = Numbering()
        self.source_of = array("I")
        self.values: dict[str, CollectedValues] = {}
        self.lengths: list[Array] = []
        self.boosted: list[Array] = []
        self._folder = folder
        self._analyzer = analyzer
        self._memory = memory << 20
        self._used = 0
        self._words = Numbering()
        self._tokens = array("I")
        self._chunks: list[Array] = []
        self._runs: list[list[_Block]] = []
        """For each block its postings of the text and of the titles."""

    def add(self, share: Inversion) -> tuple[list[int], list[int]]:
        """Add the documents of a share in their order; return the weighted lengths of their texts and of their titles."""
        base, count = len(self.ids), len(share.ids)
        self.ids += share.ids
        words = np.array([self._words[word] for word in share.words], dtype=np.uint32)
        self._tokens.frombytes(words[np.frombuffer(share.tokens, dtype=np.uint32)].tobytes())
        chunks = np.frombuffer(share.chunks, dtype=np.int64).reshape(-1, 5)
        numbers, sizes, _, weights, is_title = chunks.T
        lengths = np.bincount(numbers, sizes * weights, count).astype(np.int64)
        title_lengths = np.bincount(numbers, sizes * weights * is_title, count).astype(np.int64)
        chunks = chunks + np.array([base, 0, 0, 0, 0])
        self._chunks.append(chunks.astype(np.int32))
        self.boosted.append(chunks[(chunks[:, 1] > 0) & (chunks[:, 3] > 1)])
        self.lengths.append(lengths)
        self.days.extend(share.days)
        self.titles += share.titles
        self.fingerprints += share.fingerprints
        sources = [self.sources[source] for source in share.sources]
        self.source_of.extend(sources[number] for number in share.source_of)
        for name, by_value in share.values.items():
            own = self.values.setdefault(name, CollectedValues())
            for value, within in by_value.items():
                own.add(value, [number + base for number in within])
        self._used += _BYTES_A_DOCUMENT * count + sum(map(len, share.ids)) + sum(map(len, share.titles))
        if len(self._tokens) * _BYTES_A_TOKEN >= max(self._memory - self._used, self._memory // 4):
            self._finish_block(is_last=False)
        return lengths.tolist(), title_lengths.tolist()

    def _finish_block(self, *, is_last: bool) -> None:
        """Invert the words collected. If the segment has several blocks, their postings are kept on disk until it is finished."""
        chunks = np.concatenate(self._chunks) if self._chunks else np.zeros((0, 5), np.int32)
        self._chunks.clear()
        # Whole numbers of 32 bits take half the memory of 64, and no archive has two billion words.
        numbers, sizes, begins, weight, is_title = chunks.T
        names = list(self._words)
        tokens = np.frombuffer(self._tokens, dtype=np.uint32) if len(self._tokens) else np.zeros(0, np.uint32)
        used = np.flatnonzero(np.bincount(tokens, minlength=len(names)))
        words = np.array(sorted(used.tolist(), key=names.__getitem__), dtype=np.uint32)
        ranks = np.empty(len(names), dtype=np.uint32)
        ranks[words] = np.arange(words.size)
        tokens = ranks[tokens]
        self._tokens = array("I")
        first = np.cumsum(sizes, dtype=np.int32) - sizes
        positions = np.arange(tokens.size, dtype=np.int32) + np.repeat(begins - first, sizes)
        docs, weights, titles = np.repeat(numbers, sizes), np.repeat(weight, sizes), np.repeat(is_title.astype(bool), sizes)
        title = _Block(words, invert(tokens[titles], docs[titles], weights[titles], positions[titles], words.size))
        text = _Block(words, invert(tokens, docs, weights, positions, words.size))
        fields = [block.without_unused_words() for block in (text, title)]
        if self._runs or not is_last:
            fields = [_Block(block.words, block.postings.move_to_disk(self._folder)) for block in fields]
        self._runs.append(fields)

    def finish(self) -> dict[str, Array | InParts]:
        """Return all arrays that a search needs, by name, but the documents. Nothing can be added afterwards."""
        self._finish_block(is_last=True)
        words = sorted(self._words)
        ranks = np.empty(len(words), dtype=np.uint32)
        ranks[[self._words[word] for word in words]] = np.arange(len(words))
        self._words.clear()
        text, title = (
            merge_runs([Run(ranks[block.words], block.postings) for block in blocks], len(words), self._folder)
            for blocks in zip(*self._runs, strict=True)
        )
        self._runs.clear()
        return self._word_arrays(words, text, title) | self._document_arrays()

    def _word_arrays(self, words: list[str], text: Postings, title: Postings) -> dict[str, Array | InParts]:
        arrays: dict[str, Array | InParts] = {**pack_strings("words", [word.encode() for word in words])}
        arrays |= text.arrays("text", len(self.ids)) | title.arrays("title", len(self.ids))
        arrays |= self._stem_arrays([self._analyzer.stem(word) for word in words], text)
        return arrays | deletion_arrays(words)

    def _document_arrays(self) -> dict[str, Array | InParts]:
        ids = [document_id.encode() for document_id in self.ids]
        days = np.array(self.days, dtype=np.int32).reshape(-1, 2)
        lengths = np.concatenate([np.zeros(0, np.int64), *self.lengths])
        arrays: dict[str, Array | InParts] = {**pack_strings("ids", ids), "id_order": _sort_order(ids)}
        arrays |= pack_strings("titles", self.titles) | {"title_order": _sort_order(self.titles)}
        arrays |= {"lengths": to_smallest_type(lengths), "first_day": days[:, 0], "last_day": days[:, 1]}
        arrays |= self._boosted_chunks()
        arrays["fingerprints"] = np.frombuffer(self.fingerprints, dtype=np.uint8)
        arrays["source_of"] = to_smallest_type(np.frombuffer(self.source_of, dtype=np.uint32))
        arrays |= pack_strings("sources", [source.encode() for source in self.sources])
        for name, values in self.values.items():
            arrays |= values.arrays(f"keyword.{name}")
        return arrays

    def _boosted_chunks(self) -> dict[str, Array]:
        """Return the chunks with a weight above 1, by document: the positions at which each begins and ends, and its weight."""
        chunks = np.concatenate([np.zeros((0, 5), np.int64), *self.boosted])
        docs, sizes, begins, weights, _ = chunks.T
        return {
            "boosted.starts": to_smallest_type(np.searchsorted(docs, np.arange(len(self.ids) + 1))),
            "boosted.begins": to_smallest_type(begins),
            "boosted.ends": to_smallest_type(begins + sizes),
            "boosted.weights": to_smallest_type(weights),
        }

    def _stem_arrays(self, stem_of: Sequence[str], text: Postings) -> dict[str, Array | InParts]:
        """Return the stems with their words; for stems of several words also the sum of their postings, ready to be scored.

        `stem_of` has the stem of each word.
        """
        forms: dict[str, list[int]] = {}
        for number, stem in enumerate(stem_of):
            forms.setdefault(stem, []).append(number)
        stems = sorted(forms)
        arrays: dict[str, Array | InParts] = {**pack_strings("stems", [stem.encode() for stem in stems])}
        arrays["stems.forms"] = to_smallest_type(np.fromiter((form for stem in stems for form in forms[stem]), np.int64))
        arrays["stems.form_starts"] = to_smallest_type(np.cumsum([0, *(len(forms[stem]) for stem in stems)]))
        starts, docs, frequencies = [0], Column(self._folder), Column(self._folder)
        for stem in stems:
            size = 0
            if len(forms[stem]) > 1:
                parts = [slice(*text.starts[form : form + 2].tolist()) for form in forms[stem]]
                unique, inverse = np.unique(np.concatenate([text.docs[part] for part in parts]), return_inverse=True)
                weights = np.concatenate([text.term_frequencies[part] for part in parts])
                docs.append(unique)
                frequencies.append(np.bincount(inverse, weights))
                size = unique.size
            starts.append(starts[-1] + size)
        together = docs.finish()
        arrays["stems.starts"] = to_smallest_type(find_runs(np.array(starts), together, len(self.ids)))
        return arrays | {"stems.docs": WithinBlock(together), "stems.term_frequencies": frequencies.finish()}


def _sort_order(strings: list[bytes]) -> Array:
    return to_smallest_type(np.array(sorted(range(len(strings)), key=strings.__getitem__), dtype=np.int64))
