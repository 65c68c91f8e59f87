"""tantivy with its own tokeniser and stemmer (`en_stem`) and its own query parser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tantivy
from tantivy import Query

from benchmarks.peers import tantivy_peer, text_to_index
from search.model.document import Document


class Peer(tantivy_peer.Peer):
    texts: Mapping[str, tuple[str, str]] = {"text": ("en_stem", "position")}

    def _texts(self, document: Document) -> dict[str, str]:
        return {"text": text_to_index(document)}

    def _query(self, text: str) -> Query:
        if text.endswith("*"):  # its parser knows no prefixes of one word
            return Query.regex_query(self.schema, "text", f"{text[:-1]}.*")
        return self.index.parse_query(text, ["text"], conjunction_by_default=True)

    def _snippets(self, text: str, words: Query, documents: Sequence[tantivy.Document]) -> list[str]:
        if text.endswith("*"):
            return tantivy_peer.cut_around_prefix(text[:-1], [str(document["text"][0]) for document in documents])
        return [snippet.to_html() for snippet in self._own_snippets("text", words, documents)]
