"""The digest of an archive: equal for equal documents, wherever they were read from and whichever engine keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec.structs import replace

from search.config.settings import Config
from search.engines.contract import Engine
from search.engines.withdrawal import hide_withdrawn
from search.history import load_history
from search.model.document import Document, encode_document

_BYTES = 512
"""Length of a hash. With it, other documents with the same sum take 2**128 steps to find (Wagner 2002)."""


def sum_hashes(documents: Iterable[Document], *, before: bytes = b"", without: Iterable[Document] = ()) -> bytes:
    """Return `before`, the sum of the hashes of some documents, with those of others added, and those of others taken away.

    So a change costs what is changed (AdHash: Bellare and Micciancio 1997, "A new paradigm for collision-free hashing:
    incrementality at reduced cost"). The order of the documents does not matter.
    """
    total = int.from_bytes(before) + sum(map(_hash, documents)) - sum(map(_hash, without))
    return (total % (1 << 8 * _BYTES)).to_bytes(_BYTES)


def _hash(document: Document) -> int:
    """Return the hash of a document's JSON, without the path of its source: the same document may be read from another file."""
    return int.from_bytes(hashlib.shake_256(encode_document(replace(document, source_path=""))).digest(_BYTES))


def digest(documents: Iterable[Document]) -> str:
    """Return the digest of documents, which may come in any order."""
    return digest_of(sum_hashes(documents))


def digest_of(hashes: bytes) -> str:
    """Return the SHA-256 of a sum of hashes in hexadecimal."""
    return hashlib.sha256(hashes).hexdigest()


def published_digest(config: Config, engine: Engine) -> str:
    """Return the digest of the published documents, without withdrawn ones. It is recorded at each publication."""
    noted = load_history(config, engine.current().id).hashes
    if noted and not config.withdrawn:
        return digest_of(noted)
    return digest(hide_withdrawn(engine, config.withdrawn).every())
