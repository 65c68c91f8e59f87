"""What depends on several documents and is settled when all are read: shared lines, titles of files, links, files held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.holding import Content
from indexer.readers.record import Place
from indexer.records.file_titles import settle_titles
from indexer.records.files import find_files
from indexer.records.links import resolve_links
from indexer.records.shared_lines import drop_shared_lines
from indexer.spooled_documents import HAS_FILES, HAS_LINKS, SpooledDocuments
from search.config.settings import Config
from search.errors import Problem
from search.model.document import Document


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many words of a page are not in its document, because they are around its text, and how many it has in all."""

    document_id: str
    file: str
    words_left_out: int
    words: int


@dataclass(frozen=True, slots=True)
class Together:
    """The content of the files that documents name, by SHA-256; mistakes met; and what was left out of pages, most first."""

    contents: dict[str, Content] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reader said beside a document; `words` counts those of its text as it was read."""

    place: Place
    source: int
    words: int = 0
    words_left_out: int = 0
    is_guessed: bool = False
    hints: Mapping[str, Any] = field(default_factory=dict)


def settle(documents: SpooledDocuments, beside: Mapping[str, Beside], finished: Collection[str], config: Config) -> Together:
    """Settle `documents` in place. Those that are `finished` stay as they are; only their files are found.

    `beside` has the documents about which a reader said something.
    """
    sources: dict[int, list[str]] = {}
    guessed: dict[int, list[str]] = {}
    for name, one in beside.items():
        sources.setdefault(one.source, []).append(name)
        if one.is_guessed:
            guessed.setdefault(one.source, []).append(name)
    shared = drop_shared_lines(documents, guessed)
    hints = {name: one.hints for name, one in beside.items() if one.hints}
    settle_titles(documents, hints, sources)
    found = find_files(documents, documents.list_marked(HAS_FILES), hints, config)
    resolve_links(documents, [name for name in documents.list_marked(HAS_LINKS) if name not in finished])
    return Together(found.contents, found.problems, tuple(_count_left_out(documents, beside, shared)))


def _count_left_out(documents: Mapping[str, Document], beside: Mapping[str, Beside], shared: Mapping[str, int]) -> list[LeftOut]:
    found = []
    for name, one in beside.items():
        words = one.words_left_out + shared.get(name, 0)
        if words and name in documents:
            found.append(LeftOut(name, one.place.file, words, one.words + one.words_left_out))
    return sorted(found, key=lambda one: (-one.words_left_out / one.words, -one.words_left_out, one.file))
