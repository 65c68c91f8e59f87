"""Invert documents: from the words of each document to the documents of each word, for one segment."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.config.settings import Config
from search.engines.whoosh.arrays import UNDATED, Array, pack_strings, to_smallest_type
from search.engines.whoosh.deletions import deletion_arrays
from search.engines.whoosh.schema import CHUNK_GAP
from search.fields import Fields, title_key
from search.model.document import Document, decode_document, encode_document, fingerprint, pack_document
from search.text.analysis import Analyzer


class _Numbering(dict[str, int]):
    """Numbers strings in the order in which they are first looked up."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index of one field.

    Term t has the postings `starts[t]:starts[t+1]`: the document (ascending), the weighted term frequency and the number of
    positions. Its positions are `position_starts[t]:position_starts[t+1]`, posting after posting.
    """

    starts: Array
    docs: Array
    term_frequencies: Array
    counts: Array
    position_starts: Array
    positions: Array

    @classmethod
    def of(cls, arrays: Mapping[str, Array], name: str) -> Postings:
        """Inverse of `arrays`."""
        return cls(*(arrays[f"{name}.{column}"] for column in cls.__slots__))

    def arrays(self, name: str) -> dict[str, Array]:
        """Return the columns as arrays whose names begin with `name`."""
        return {
            f"{name}.starts": to_smallest_type(self.starts),
            f"{name}.docs": to_smallest_type(self.docs),
            f"{name}.term_frequencies": to_smallest_type(self.term_frequencies),
            f"{name}.counts": to_smallest_type(self.counts),
            f"{name}.position_starts": to_smallest_type(self.position_starts),
            f"{name}.positions": to_smallest_type(self.positions),
        }


class Inversion:
    """Collects documents and makes a segment of them. Documents are numbered from 0 in the order added."""

    def __init__(self, fields: Fields, analyzer: Analyzer) -> None:
        self.fields = fields
        self.analyzer = analyzer
        self.documents: list[tuple[str, bytes]] = []
        self._packed: list[bytes] = []
        self._words = _Numbering()
        self._tokens = array("I")
        self._chunks = array("q")
        self._days: list[tuple[int, int]] = []
        self._titles: list[bytes] = []
        self._fingerprints: list[bytes] = []
        self._sources = _Numbering()
        self._source_of = array("I")
        self._values: dict[str, dict[str, array[int]]] = {name: {} for name in fields.keyword}

    def __getstate__(self) -> dict[str, Any]:
        """What was collected, without the analyser: all that `extend` needs from another process."""
        return {name: value for name, value in vars(self).items() if name not in ("fields", "analyzer")}

    def extend(self, other: Inversion) -> None:
        """Add the documents of another inversion, in their order."""
        base = len(self.documents)
        self.documents += other.documents
        self._packed += other._packed
        words = np.array([self._words[word] for word in other._words], dtype=np.uint32)
        self._tokens.frombytes(words[np.frombuffer(other._tokens, dtype=np.uint32)].tobytes())
        chunks = other.chunks().copy()
        chunks[:, 0] += base
        self._chunks.frombytes(chunks.tobytes())
        self._days += other._days
        self._titles += other._titles
        self._fingerprints += other._fingerprints
        sources = [self._sources[source] for source in other._sources]
        self._source_of.extend(sources[number] for number in other._source_of)
        for name, by_value in other._values.items():
            for value, numbers in by_value.items():
                self._values[name].setdefault(value, array("I")).extend(number + base for number in numbers)

    def chunks(self) -> Array:
        """Return a row for each chunk: document, number of words, first position, weight, and whether it is a title."""
        return np.frombuffer(self._chunks, dtype=np.int64).reshape(-1, 5)

    def add(self, document: Document, encoded: bytes | None = None) -> None:
        """Add a document; `encoded` is its encoded form, if known already."""
        number = len(self.documents)
        encoded = encoded or encode_document(document)
        self.documents.append((document.id, encoded))
        self._packed.append(pack_document(document))
        self._fingerprints.append(bytes.fromhex(fingerprint(encoded)))
        self._source_of.append(self._sources[document.source_path])
        self._days.append(document.date.bounds if document.date else UNDATED)
        missing, key = title_key(document)
        self._titles.append(f"{missing}{key}\0{document.id}".encode())
        position = 0
        for chunk in self.fields.chunks(document):
            words = self.analyzer.words(chunk.text)
            self._tokens.extend(map(self._words.__getitem__, words))
            self._chunks.extend((number, len(words), position, chunk.weight, chunk.field == "title"))
            position += len(words) + CHUNK_GAP
        for name, field in self.fields.keyword.items():
            for value in field.counted_values(document):
                self._values[name].setdefault(value, array("I")).append(number)

    def finish(self) -> Segment:
        """Return the segment, with everything in its final order. Nothing can be added afterwards."""
        words = sorted(self._words)
        rank = np.empty(len(words), dtype=np.uint32)
        rank[[self._words[word] for word in words]] = np.arange(len(words))
        # Whole numbers of 32 bits take half the memory of 64, and no archive has two billion words.
        numbers, sizes, begins, weight, is_title = self.chunks().T.astype(np.int32)
        tokens = rank[np.frombuffer(self._tokens, dtype=np.uint32)] if len(self._tokens) else np.zeros(0, np.uint32)
        first = np.cumsum(sizes, dtype=np.int32) - sizes
        positions = np.arange(tokens.size, dtype=np.int32) + np.repeat(begins - first, sizes)
        docs, weights, titles = np.repeat(numbers, sizes), np.repeat(weight, sizes), np.repeat(is_title.astype(bool), sizes)
        stems = [self.analyzer.stem(word) for word in words]
        return Segment(
            [word.encode() for word in words],
            stems,
            _invert(tokens, docs, weights, positions, len(words)),
            _invert(tokens[titles], docs[titles], weights[titles], positions[titles], len(words)),
            np.bincount(docs, weights, len(self.documents)).astype(np.int64),
            np.bincount(docs[titles], weights[titles], len(self.documents)).astype(np.int64),
            self,
        )


def invert_documents(config: Config, encoded: Sequence[bytes]) -> Inversion:
    """Return the inversion of encoded documents; called in the second process."""
    inversion = Inversion(Fields(config), Analyzer(config.language, config.stop_words))
    for document in encoded:
        inversion.add(decode_document(document), document)
    return inversion


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment to be written: its sorted words with their stems, two inverted fields, lengths, and its documents."""

    words: list[bytes]
    stems: list[str]
    text: Postings
    title: Postings
    lengths: Array
    title_lengths: Array
    inversion: Inversion

    @property
    def documents(self) -> list[tuple[str, bytes]]:
        """The id of each document and its JSON."""
        return self.inversion.documents

    @property
    def packed(self) -> list[bytes]:
        """The documents as MessagePack, for pages of results; `documents` holds them as JSON, for stock Whoosh."""
        return self.inversion._packed

    @property
    def values(self) -> dict[str, dict[str, array[int]]]:
        """For each keyword field, the documents of each value."""
        return self.inversion._values

    @property
    def days(self) -> list[tuple[int, int]]:
        """The first and the last day of each document's date."""
        return self.inversion._days

    def arrays(self) -> dict[str, Array]:
        """Return everything a search needs, by name."""
        ids = [document_id.encode() for document_id, _ in self.documents]
        titles = self.inversion._titles
        days = np.array(self.days, dtype=np.int32).reshape(-1, 2)
        arrays = pack_strings("words", self.words) | self.text.arrays("text") | self.title.arrays("title")
        arrays |= self._stem_arrays()
        arrays |= deletion_arrays([word.decode() for word in self.words])
        arrays |= pack_strings("ids", ids) | {"id_order": _sort_order(ids)}
        arrays |= pack_strings("titles", titles) | {"title_order": _sort_order(titles)}
        arrays |= {"lengths": to_smallest_type(self.lengths), "first_day": days[:, 0], "last_day": days[:, 1]}
        arrays |= self._boosted_chunks()
        arrays["fingerprints"] = np.frombuffer(b"".join(self.inversion._fingerprints), dtype=np.uint8)
        arrays["source_of"] = to_smallest_type(np.frombuffer(self.inversion._source_of, dtype=np.uint32))
        arrays |= pack_strings("sources", [source.encode() for source in self.inversion._sources])
        for name, by_value in self.values.items():
            values = sorted(by_value)
            arrays |= pack_strings(f"keyword.{name}", [value.encode() for value in values])
            arrays[f"keyword.{name}.starts"] = to_smallest_type(np.cumsum([0, *(len(by_value[value]) for value in values)]))
            docs = [np.frombuffer(by_value[value], dtype=np.uint32) for value in values]
            arrays[f"keyword.{name}.docs"] = to_smallest_type(np.concatenate(docs) if docs else np.zeros(0, np.uint32))
        return arrays

    def _boosted_chunks(self) -> dict[str, Array]:
        """The chunks with a weight above 1, by document: the positions at which each begins and ends, and its weight."""
        docs, sizes, begins, weights, _ = self.inversion.chunks().T
        own = weights > 1
        return {
            "boosted.starts": to_smallest_type(np.searchsorted(docs[own], np.arange(len(self.documents) + 1))),
            "boosted.begins": to_smallest_type(begins[own]),
            "boosted.ends": to_smallest_type((begins + sizes)[own]),
            "boosted.weights": to_smallest_type(weights[own]),
        }

    def _stem_arrays(self) -> dict[str, Array]:
        """The stems with their words; for stems of several words also the sum of their postings, ready to be scored."""
        forms: dict[str, list[int]] = {}
        for number, stem in enumerate(self.stems):
            forms.setdefault(stem, []).append(number)
        stems = sorted(forms)
        arrays = pack_strings("stems", [stem.encode() for stem in stems])
        arrays["stems.forms"] = to_smallest_type(np.fromiter((form for stem in stems for form in forms[stem]), np.int64))
        arrays["stems.form_starts"] = to_smallest_type(np.cumsum([0, *(len(forms[stem]) for stem in stems)]))
        starts, docs, frequencies = [0], [], []
        for stem in stems:
            if len(forms[stem]) > 1:
                parts = [slice(*self.text.starts[form : form + 2]) for form in forms[stem]]
                summed = np.concatenate([self.text.docs[part] for part in parts])
                unique, inverse = np.unique(summed, return_inverse=True)
                weights = np.concatenate([self.text.term_frequencies[part] for part in parts])
                docs.append(unique)
                frequencies.append(np.bincount(inverse, weights).astype(np.int64))
            starts.append(starts[-1] + (docs[-1].size if len(forms[stem]) > 1 else 0))
        empty = np.zeros(0, np.int64)
        arrays["stems.starts"] = to_smallest_type(np.array(starts))
        arrays["stems.docs"] = to_smallest_type(np.concatenate([empty, *docs]))
        arrays["stems.term_frequencies"] = to_smallest_type(np.concatenate([empty, *frequencies]))
        return arrays


def _sort_order(strings: list[bytes]) -> Array:
    return to_smallest_type(np.array(sorted(range(len(strings)), key=strings.__getitem__), dtype=np.int64))


def _stable_order(numbers: Array) -> Array:
    """Indices that sort whole numbers of 32 bits stably: 16 bits at a time, which numpy sorts by radix."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if numbers.size and numbers.max() >> 16:
        order = order[np.argsort((numbers >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def _invert(tokens: Array, docs: Array, weights: Array, positions: Array, terms: int) -> Postings:
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
