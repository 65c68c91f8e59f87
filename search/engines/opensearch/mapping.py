"""The mapping of an index on OpenSearch, and the JSON of a document.

Text arrives tokenised, so text fields only split at spaces. A text field is a list of chunks: no phrase matches across two.
A chunk of weight three is repeated three times, which gives the weighting of BM25F.
"""

from __future__ import annotations

import hashlib
from typing import Any

from search.config.settings import Config
from search.fields import CHUNK_GAP, Chunk, Fields, title_key
from search.model.document import Document, encode_document, fingerprint
from search.text.analysis import fold_value

_LONGEST_ID = 512
"""Bytes; OpenSearch's limit of `_id`."""
_LONGEST_TITLE_KEY = 8_000
"""Characters compared when sorting by title; a keyword may have 32,766 bytes."""

_TEXT = {"type": "text", "analyzer": "whitespace", "similarity": "archive", "position_increment_gap": CHUNK_GAP}
_FILTERED = {"type": "keyword", "doc_values": False}
_COUNTED = {"type": "keyword", "index": False}
_KEPT = {"type": "keyword", "index": False, "doc_values": False}


def index_body(config: Config, fields: Fields) -> dict[str, Any]:
    """Return the settings and the mapping of one generation."""
    properties: dict[str, Any] = {
        "id": {"type": "keyword"},
        "document": _KEPT,
        "source_path": _KEPT,
        "fingerprint": _KEPT,
        "stems": _TEXT,
        "words": _TEXT,
        "title_stems": _TEXT,
        "title_words": _TEXT,
        "vocabulary": _COUNTED,
        "first_day": {"type": "integer"},
        "last_day": {"type": "integer"},
        "sort_day": {"type": "integer", "index": False},
        "titled": {"type": "byte", "index": False},
        "title_key": _COUNTED,
    }
    for name in fields.keyword:
        properties[folded_field(name)] = _FILTERED
        properties[counted_field(name)] = _COUNTED
    return {
        "settings": {
            "number_of_shards": config.opensearch.shards,
            "number_of_replicas": config.opensearch.replicas,
            "max_regex_length": 20_000,  # words near a long one are looked for by an expression
            "refresh_interval": "-1",  # an index is not searched before it is complete
            "similarity": {"archive": {"type": "BM25", "k1": config.ranking.k1, "b": config.ranking.b}},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["document", "source_path", "fingerprint"]},
            "properties": properties,
        },
    }


def folded_field(name: str) -> str:
    """Return the name of the field that filters by a keyword field. The prefix keeps an archive's own names apart."""
    return f"folded_{name}"


def counted_field(name: str) -> str:
    """Return the name of the field that counts the values of a keyword field as they are shown."""
    return f"counted_{name}"


def index_id(document_id: str) -> str:
    """Return the `_id` of a document: its id, or the SHA-256 of an id that is too long for OpenSearch."""
    encoded = document_id.encode()
    return document_id if len(encoded) <= _LONGEST_ID else hashlib.sha256(encoded).hexdigest()


def to_source(document: Document, fields: Fields) -> dict[str, Any]:
    """Return the JSON of a document for OpenSearch."""
    encoded, analyzer = encode_document(document), fields.analyzer
    chunks = fields.chunks(document)
    words = [analyzer.words(chunk.text) for chunk in chunks]
    titles = [own for chunk, own in zip(chunks, words, strict=True) if chunk.field == "title"]
    titled, key = title_key(document)
    source: dict[str, Any] = {
        "id": document.id,
        "document": encoded.decode(),
        "source_path": document.source_path,
        "fingerprint": fingerprint(encoded),
        "words": _weigh(chunks, [" ".join(own) for own in words]),
        "stems": _weigh(chunks, [" ".join(map(analyzer.stem, own)) for own in words]),
        "title_words": [" ".join(own) for own in titles],
        "title_stems": [" ".join(map(analyzer.stem, own)) for own in titles],
        "vocabulary": sorted({word for own in words for word in own}),
        "titled": titled,
        "title_key": key[:_LONGEST_TITLE_KEY],
    }
    if document.date is not None:
        source |= dict(zip(("first_day", "last_day"), document.date.bounds, strict=True)) | {"sort_day": document.date.sort_day}
    for name, field in fields.keyword.items():
        counted = field.counted_values(document)
        source[counted_field(name)] = list(counted)
        source[folded_field(name)] = list(map(fold_value, counted))
    return source


def _weigh(chunks: list[Chunk], texts: list[str]) -> list[str]:
    return [text for chunk, text in zip(chunks, texts, strict=True) for _ in range(chunk.weight) if text]
