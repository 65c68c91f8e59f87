"""Invert documents, a share at a time: their words and values, and each document as it is stored."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

from search.config.settings import Config
from search.engines.whoosh.arrays import UNDATED
from search.engines.whoosh.stored_documents import DocumentCompressor
from search.fields import CHUNK_GAP, Fields, title_key
from search.model.document import Document, decode_document, fingerprint


class Numbering(dict[str, int]):
    """Numbers strings in the order in which they are first looked up."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class Inversion:
    """What was found in a share of the documents of a segment. They are numbered from 0 in the order added."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.encoded: list[bytes] = []
        self.compressed: list[bytes] = []
        self.words = Numbering()
        self.tokens = array("I")
        self.chunks = array("q")
        """A row for each chunk: document, number of words, first position, weight, and whether it is a title."""
        self.days = array("i")
        self.titles: list[bytes] = []
        self.fingerprints = bytearray()
        self.sources = Numbering()
        self.source_of = array("I")
        self.values: dict[str, dict[str, array[int]]] = {}


class Inverter:
    """Inverts documents of one archive."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.fields = Fields(config)

    def invert(self, documents: Iterable[tuple[Document, bytes]], compressor: DocumentCompressor) -> Inversion:
        """Return the inversion of documents, each given with its encoded form."""
        share = Inversion()
        share.values = {name: {} for name in self.fields.keyword}
        for document, encoded in documents:
            share.compressed.append(compressor.compress(document))
            self._add(share, document, encoded)
        return share

    def _add(self, share: Inversion, document: Document, encoded: bytes) -> None:
        number = len(share.ids)
        share.ids.append(document.id)
        share.encoded.append(encoded)
        share.fingerprints += bytes.fromhex(fingerprint(encoded))
        share.source_of.append(share.sources[document.source_path])
        share.days.extend(document.date.bounds if document.date else UNDATED)
        missing, key = title_key(document)
        share.titles.append(f"{missing}{key}\0{document.id}".encode())
        position = 0
        for chunk in self.fields.chunks(document):
            words = self.fields.analyzer.words(chunk.text)
            share.tokens.extend(map(share.words.__getitem__, words))
            share.chunks.extend((number, len(words), position, chunk.weight, chunk.field == "title"))
            position += len(words) + CHUNK_GAP
        for name, field in self.fields.keyword.items():
            for value in field.counted_values(document):
                share.values[name].setdefault(value, array("I")).append(number)


def invert_documents(config: bytes, dictionary: bytes, encoded: Sequence[bytes]) -> Inversion:
    """Return the inversion of encoded documents; called in the second process, with the pickled configuration."""
    return _inverter(config).invert(((decode_document(one), one) for one in encoded), _compressor(dictionary))


@lru_cache(maxsize=1)
def _inverter(config: bytes) -> Inverter:
    return Inverter(pickle.loads(config))


_compressor = lru_cache(maxsize=1)(DocumentCompressor)
