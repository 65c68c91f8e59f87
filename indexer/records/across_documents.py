"""Revise documents once all are read: drop lines that pages share, choose the titles of files, find files, resolve links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from indexer.holding import Content
from indexer.read_documents import HAS_FILES, HAS_LINKS, ReaderNotes
from indexer.records.aliases import find_clashing_aliases
from indexer.records.file_titles import choose_titles
from indexer.records.files import find_files
from indexer.records.links import resolve_links
from indexer.records.shared_lines import count_shared_words, drop_shared_lines, find_shared_lines
from indexer.spooled_documents import SpooledDocuments
from search.config.settings import Config
from search.errors import Problem


@dataclass(frozen=True, slots=True)
class Omission:
    """The number of words of a page that are not in its document, as they are menus or the like, and of all its words."""

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
    documents: SpooledDocuments, notes: Mapping[int, Mapping[str, ReaderNotes]], finished: Collection[str], config: Config
) -> Revision:
    """Change `documents` in place. Those that are `finished` stay as they are; only their files are found.

    `notes` are those of the readers, by number of the source and by id.
    """
    omissions: list[Omission] = []
    for source_notes in notes.values():
        shared = _drop_shared_lines(documents, source_notes)
        omissions += _list_omissions(source_notes, shared)
        choose_titles(documents, {name: one.hints for name, one in source_notes.items() if one.hints})
    hints = {name: one.hints for source_notes in notes.values() for name, one in source_notes.items() if one.hints}
    found = find_files(documents, documents.list_marked(HAS_FILES), hints, config)
    resolve_links(documents, [name for name in documents.list_marked(HAS_LINKS) if name not in finished])
    omissions.sort(key=lambda one: (-one.words_left_out / one.words, -one.words_left_out, one.file))
    problems = [*found.problems, *find_clashing_aliases(documents)]
    return Revision(found.contents, problems, tuple(omissions))


def _drop_shared_lines(documents: SpooledDocuments, notes: Mapping[str, ReaderNotes]) -> dict[str, int]:
    """Remove lines that most pages share from pages whose text was guessed; return the number of words removed by id."""
    guessed = {name: one.lines for name, one in notes.items() if one.is_guessed}
    shared = find_shared_lines(guessed, documents)
    dropped = {name: words for name, lines in guessed.items() if (words := count_shared_words(lines, shared))}
    for name in dropped:
        documents.change_when_read(name, partial(drop_shared_lines, lines=guessed[name], shared=shared))
    return dropped


def _list_omissions(notes: Mapping[str, ReaderNotes], shared: Mapping[str, int]) -> Iterator[Omission]:
    for name, one in notes.items():
        words = one.words_left_out + shared.get(name, 0)
        if words:
            yield Omission(one.file, words, one.words + one.words_left_out)
