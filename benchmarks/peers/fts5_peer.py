"""SQLite FTS5: matches into a temporary table once, facets counted from it by SQL.

Types and years are counted together, in one pass; the counts of a facet without its own filter are then sums of few numbers.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import TOPICS, TYPES
from benchmarks.peers import HITS, Page, Tokens, highlight_words, matches_words, query_parts
from benchmarks.questions import Question
from search.model.document import Document
from search.query_language import tree as ql

SNIPPET_TOKENS = 40
_START, _END = "\x01", "\x02"  # marks in a snippet
_TABLES = """
    CREATE TABLE columns (doc INTEGER PRIMARY KEY, type INTEGER, year INTEGER);
    CREATE TABLE topics (doc INTEGER, topic INTEGER, PRIMARY KEY (doc, topic)) WITHOUT ROWID;
    CREATE TABLE titles (doc INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT);
"""


class Peer:
    texts = "stems, words, tokenize='unicode61 remove_diacritics 0'"
    """The columns that are searched, and their tokeniser, as SQL."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "index" / "index.sqlite"
        self.tokens = Tokens()

    def build(self, documents: Sequence[Document]) -> None:
        self.path.parent.mkdir(parents=True)
        with sqlite3.connect(self.path) as database:
            database.executescript(f"CREATE VIRTUAL TABLE texts USING fts5({self.texts}, prefix='3 4');{_TABLES}")
            for number, document in enumerate(documents):
                self._insert(database, number, document)
            database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("ANALYZE")
        database.close()

    def _insert(self, database: sqlite3.Connection, number: int, document: Document) -> None:
        assert document.date is not None
        self._insert_text(database, number, document)
        database.execute("INSERT INTO columns VALUES (?, ?, ?)", (number, TYPES.index(document.type), document.date.year))
        database.executemany("INSERT INTO topics VALUES (?, ?)", [(number, TOPICS.index(topic)) for topic in document.topics])
        database.execute("INSERT INTO titles VALUES (?, ?, ?)", (number, document.id, document.title))

    def _insert_text(self, database: sqlite3.Connection, number: int, document: Document) -> None:
        database.execute("INSERT INTO texts(rowid, stems, words) VALUES (?, ?, ?)", (number, *self.tokens.of(document)))

    def open(self) -> None:
        self.database = sqlite3.connect(self.path)
        self.database.executescript(
            "PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
            "CREATE TEMP TABLE matches (doc INTEGER PRIMARY KEY, rank REAL)"
        )

    def search(self, question: Question) -> Page:
        match = self._match(question.text)
        run = self.database.execute
        run("DELETE FROM matches")
        run("INSERT INTO matches SELECT rowid, rank FROM texts WHERE texts MATCH ?", (match,))
        types = [TYPES.index(value) for value in question.types]
        years = [int(value) for value in question.years]
        where = _where(types, years)
        total, by_type, by_year = self._cross_counts(set(types), set(years))
        narrowed = f"JOIN columns USING (doc) {where}" if where else ""
        topics = run(f"SELECT topic, count(*) FROM matches JOIN topics USING (doc) {narrowed} GROUP BY topic")
        top = [doc for (doc,) in run(f"SELECT doc FROM matches {narrowed} ORDER BY rank LIMIT {HITS}")]
        hits = [self._hit(doc, match, question.text) for doc in top]
        return Page(
            total,
            [hit[0] for hit in hits],
            [hit[1] for hit in hits],
            [hit[2] for hit in hits],
            {"type": dict(by_type), "topic": {TOPICS[topic]: count for topic, count in topics}, "year": dict(by_year)},
        )

    def _match(self, text: str) -> str:
        return " AND ".join(map(self._part, query_parts(text)))

    def _hit(self, doc: int, match: str, text: str) -> tuple[str, str, str]:
        name, title = self.database.execute("SELECT id, title FROM titles WHERE doc = ?", (doc,)).fetchone()
        return name, title, self._snippet(doc, match, text)

    def _snippet(self, doc: int, match: str, text: str) -> str:
        is_as_written = matches_words(query_parts(text))
        shown = f"snippet(texts, {int(is_as_written)}, '{_START}', '{_END}', '', {SNIPPET_TOKENS}), stems, words"
        find = f"SELECT {shown} FROM texts WHERE texts MATCH ? AND rowid = ?"
        snippet, stems, words = self.database.execute(find, (match, doc)).fetchone()
        return snippet if is_as_written else _highlight_words(snippet, stems, words)

    def _cross_counts(self, types: set[int], years: set[int]) -> tuple[int, Counter[str], Counter[str]]:
        """Return the total, and the counts of types and of years, each without its own filter."""
        total, by_type, by_year = 0, Counter[str](), Counter[str]()
        cells = "SELECT type, year, count(*) FROM matches JOIN columns USING (doc) GROUP BY type, year"
        for kind, year, count in self.database.execute(cells):
            of_type, of_year = not types or kind in types, not years or year in years
            total += count if of_type and of_year else 0
            if of_year:
                by_type[TYPES[kind]] += count
            if of_type:
                by_year[str(year)] += count
        return total, by_type, by_year

    def _part(self, part: ql.Item | ql.Either) -> str:
        match part:
            case ql.Word(text):
                return f'stems : "{self.tokens.stem(text)}"'
            case ql.Either(items):
                return f"({' OR '.join(map(self._part, items))})"
            case ql.Phrase(text):
                return f'words : "{" ".join(self.tokens.analyzer.query_words(text))}"'
            case ql.Prefix(text):
                return f'words : "{text}" *'
        raise NotImplementedError(part)

    def update(self, document: Document) -> None:
        with self.database as database:
            (number,) = database.execute("SELECT doc FROM titles WHERE id = ?", (document.id,)).fetchone()
            database.execute("DELETE FROM texts WHERE rowid = ?", (number,))
            for table in ("columns", "topics", "titles"):
                database.execute(f"DELETE FROM {table} WHERE doc = ?", (number,))
            self._insert(database, number, document)

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"


def _highlight_words(snippet: str, stems: str, words: str) -> str:
    """Return a snippet of stems as words."""
    bare = snippet.replace(_START, "").replace(_END, "")
    start = stems.find(bare)
    marks, at = [], start
    for piece in snippet.replace(_END, "").split(_START)[:-1]:
        at += len(piece)
        marks.append(at)
    return highlight_words(stems, words, start, start + len(bare), marks)


def _where(types: list[int], years: list[int]) -> str:
    wanted = [f"{name} IN ({', '.join(map(str, values))})" for name, values in (("type", types), ("year", years)) if values]
    return f"WHERE {' AND '.join(wanted)}" if wanted else ""
