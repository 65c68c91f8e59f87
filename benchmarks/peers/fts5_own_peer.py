"""SQLite FTS5 with its own tokeniser and stemmer (`porter unicode61`) and its own query language."""

from __future__ import annotations

import sqlite3

from benchmarks.peers import fts5_peer, text_to_index
from search.model.document import Document


class Peer(fts5_peer.Peer):
    texts = "text, tokenize='porter unicode61'"

    def _insert_text(self, database: sqlite3.Connection, number: int, document: Document) -> None:
        database.execute("INSERT INTO texts(rowid, text) VALUES (?, ?)", (number, text_to_index(document)))

    def _match(self, text: str) -> str:
        return text

    def _snippet(self, doc: int, match: str, text: str) -> str:
        shown = f"snippet(texts, 0, '<b>', '</b>', '', {fts5_peer.SNIPPET_TOKENS})"
        find = f"SELECT {shown} FROM texts WHERE texts MATCH ? AND rowid = ?"
        (snippet,) = self.database.execute(find, (match, doc)).fetchone()
        return str(snippet)
