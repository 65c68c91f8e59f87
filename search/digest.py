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
from search.query_language.matching import Everything


def digest(documents: Iterable[Document]) -> str:
    """Return the SHA-256 of documents, which come in order of id: of the JSON of each and a line feed.

    The path of its source is left out: the same document may be read from another file.
    """
    total = hashlib.sha256()
    for document in documents:
        total.update(encode_document(replace(document, source_path="")))
        total.update(b"\n")
    return total.hexdigest()


def published_digest(config: Config, engine: Engine) -> str:
    """Return the digest of what is published and shown. It is noted at each publication, and counts nothing that is withdrawn."""
    noted = load_history(config, engine.current().id).digest
    if noted and not config.withdrawn:
        return noted
    return digest(hide_withdrawn(engine, config.withdrawn).every(Everything(), "id"))
