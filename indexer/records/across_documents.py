"""Revise documents once all are read: drop lines that pages share, choose the titles of files, find files, resolve links."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.holding import Content
from indexer.read_documents import ReaderNotes
from indexer.records.file_titles import choose_titles
from indexer.records.files import find_files
from indexer.records.links import resolve_links
from indexer.records.shared_lines import drop_shared_lines
from indexer.spooled_documents import HAS_FILES, HAS_LINKS, SpooledDocuments
from search.config.settings import Config
from search.errors import Problem
from search.model.document import Document


@dataclass(frozen=True, slots=True)
class Omission:
    """The number of words of a page that are not in its document, as they are menus or the like, and of all its words."""

    document_id: str
    file: str
    words_left_out: int
    words: int


@dataclass(frozen=True, slots=True)
class Revision:
    """The content of the files that documents name, by SHA-256; mistakes; and omissions, the largest share first."""

    contents: dict[str, Content] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    omissions: tuple[Omission, ...] = ()


def revise_documents(
    documents: SpooledDocuments,
    notes: Mapping[str, ReaderNotes],
    sources: Mapping[int, Sequence[str]],
    finished: Collection[str],
    config: Config,
) -> Revision:
    """Change `documents` in place. Those that are `finished` stay as they are; only their files are found.

    `notes` are those of the readers, `sources` the ids of each source's documents.
    """
    guessed = {number: [name for name in ids if name in notes and notes[name].is_guessed] for number, ids in sources.items()}
    shared = drop_shared_lines(documents, guessed)
    hints = {name: one.hints for name, one in notes.items() if one.hints}
    choose_titles(documents, hints, sources)
    found = find_files(documents, documents.list_marked(HAS_FILES), hints, config)
    resolve_links(documents, [name for name in documents.list_marked(HAS_LINKS) if name not in finished])
    return Revision(found.contents, found.problems, tuple(_list_omissions(documents, notes, shared)))


def _list_omissions(
    documents: Mapping[str, Document], notes: Mapping[str, ReaderNotes], shared: Mapping[str, int]
) -> list[Omission]:
    found = []
    for name, one in notes.items():
        words = one.words_left_out + shared.get(name, 0)
        if words and name in documents:
            found.append(Omission(name, one.place.file, words, one.words + one.words_left_out))
    return sorted(found, key=lambda one: (-one.words_left_out / one.words, -one.words_left_out, one.file))
