"""Engines behind one protocol. Each returns all that a results page needs, in the way that is fastest for it.

The peers of `NAMES` get the same finished tokens: `stems` (matched by words) and `words` (matched by phrases and prefixes), a
document's searched text joined by spaces. They read the typed query with our parser, inside the measured time, as ours does.
Those of `OWN_TOKENS` get the text as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from benchmarks import corpus
from benchmarks.questions import Question
from search.fields import Fields
from search.model.document import Document
from search.query_language import tree as ql
from search.query_language.parser import parse_text

NAMES = ("findingaid", "tantivy", "fts5", "whoosh")
OWN_TOKENS = ("tantivy_own", "fts5_own")
"""Peers with tokenisers, stemmers and query parsers of their own. What they find differs from what the others find."""
HITS = 10
SNIPPET = 240
"""Characters of a snippet; an engine that counts words gets about as many."""
_BREAK = "xxbreakxx"
"""A token between two chunks of text, so that no phrase matches across them."""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a results page shows: exact total, ids, titles and snippets of the hits, and the counts of three facets."""

    total: int
    ids: list[str]
    titles: list[str]
    snippets: list[str]
    counts: Counts


class Peer(Protocol):
    """One engine and its index in a folder."""

    def build(self, documents: Sequence[Document]) -> None:
        """Write an index of the documents."""

    def open(self) -> None:
        """Open the index that was built, to search and update it."""

    def search(self, question: Question) -> Page:
        """Answer a query."""

    def update(self, document: Document) -> None:
        """Replace the document of the same id, so that the next search finds the new one."""

    def version(self) -> str:
        """Return the version of the engine, for the report."""


def open_peer(name: str, folder: Path) -> Peer:
    """Return the engine of that name. Only its module is imported, so that memory figures are those of one engine."""
    peer: Peer = import_module(f"benchmarks.peers.{name}_peer").Peer(folder)
    return peer


class Tokens:
    """Turns documents and queries into finished tokens."""

    def __init__(self) -> None:
        self.fields = Fields(corpus.config(Path()))
        self.analyzer = self.fields.analyzer

    def of(self, document: Document) -> tuple[str, str]:
        """Return the document’s stems and its words."""
        chunks = [self.analyzer.words(chunk.text) for chunk in self.fields.chunks(document)]
        words = [word for chunk in chunks for word in (*chunk, _BREAK)]
        return " ".join(map(self.analyzer.stem, words)), " ".join(words)

    def stem(self, text: str) -> str:
        """Return the stem of a typed word."""
        return self.analyzer.stem(self.analyzer.query_words(text)[0])


def text_to_index(document: Document) -> str:
    """Return the texts that a peer with its own tokeniser searches: title, text and other stated values, as written."""
    assert document.date is not None
    return "\n".join((document.title, *(section.text for section in document.sections), document.type, *document.topics))


def highlight_words(stems: str, words: str, start: int, end: int, marks: Iterable[int]) -> str:
    """Return the words whose stems are `stems[start:end]`, highlighted where a stem begins at one of `marks`.

    Stem n is that of word n; both are separated by single spaces.
    """
    first, last = stems.count(" ", 0, start), stems.count(" ", 0, end)
    shown = words.split(" ", last + 1)[first : last + 1]
    for mark in marks:
        number = stems.count(" ", 0, mark) - first
        shown[number] = f"<b>{shown[number]}</b>"
    return " ".join(shown).replace(_BREAK, "·")


@lru_cache(maxsize=1)
def query_parts(text: str) -> tuple[ql.Item | ql.Either, ...]:
    """Return the parts of a query; cached, since both the matches and the snippets of a page need them."""
    tree = parse_text(text)
    assert isinstance(tree, ql.All)
    return tree.parts


def matches_words(parts: Sequence[ql.Item | ql.Either]) -> bool:
    """Whether the query is matched by `words` and not by `stems`, so that highlights are looked up there."""
    return isinstance(parts[0], (ql.Phrase, ql.Prefix))
