"""What an engine has published, as a corpus is compared with it: documents by id, with their fingerprints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.model.document import FINGERPRINT_BYTES


class PublishedDocument(NamedTuple):
    """What is known of a published document without reading it: its corpus file and the fingerprint of its content."""

    source_path: str
    fingerprint: str


class Published(Mapping[str, PublishedDocument]):
    """Published documents by id."""

    def compare(self, fingerprints: bytes) -> tuple[Sequence[int], Mapping[str, PublishedDocument]]:
        """Compare these documents with others, given by their fingerprints in one byte string.

        Returns the numbers, ascending, of the others whose fingerprints no document here has, and the documents here whose
        fingerprints no other has. A fingerprint covers the id, so documents with the same are the same.
        """
        packed = fingerprints.hex(" ", FINGERPRINT_BYTES).split()
        theirs, own = set(packed), {known.fingerprint for known in self.values()}
        others = [number for number, one in enumerate(packed) if one not in own]
        return others, {document_id: known for document_id, known in self.items() if known.fingerprint not in theirs}


class ListedDocuments(dict[str, PublishedDocument], Published):
    """Published documents that are in memory."""
