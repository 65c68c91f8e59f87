"""Find earlier ids and addresses that cannot lead to their document, because another document has them."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.read_documents import HAS_ALIASES
from indexer.spooled_documents import SpooledDocuments
from search.errors import Problem


def find_clashing_aliases(documents: SpooledDocuments) -> Iterator[Problem]:
    """Yield a warning for each alias that is a document's id, or that an earlier document states too."""
    first: dict[str, str] = {}
    for name in documents.list_marked(HAS_ALIASES):
        read = documents.read(name)
        for alias in read.document.aliases:
            other = first.setdefault(alias, name)
            if alias in documents and alias != name:
                message = f'found "{alias}", which is the id of another document and leads to that; remove it'
                yield read.place.problem("aliases", message, warning=True)
            elif other != name:
                message = f'found "{alias}", which "{other}" states too; an earlier address leads to one document'
                yield read.place.problem("aliases", f"{message}; remove it from the other", warning=True)
