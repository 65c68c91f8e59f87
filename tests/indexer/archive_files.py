"""A small archive of files, written and read by a test."""

from __future__ import annotations

from pathlib import Path

from indexer.corpus import Corpus, read_corpus
from search.config.loading import load_config
from search.model.document import Document


def write_files(folder: Path, settings: str, files: dict[str, str | bytes]) -> Path:
    """Write the configuration and the files; return the path of the configuration."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    config = folder / "config.yaml"
    config.write_text(settings)
    return config


def read_files(folder: Path, settings: str, files: dict[str, str | bytes]) -> Corpus:
    """Write them and read the corpus."""
    return read_corpus(load_config(write_files(folder, settings, files)))


def by_id(corpus: Corpus) -> dict[str, Document]:
    """The documents by id."""
    return {document.id: document for document in corpus.documents}


def problems_of(corpus: Corpus) -> str:
    """All problems, one a line."""
    return "\n".join(map(str, corpus.problems))


def text_of(document: Document) -> str:
    """All text of the document."""
    return "\n\n".join(text for section in document.sections for text in (section.heading, section.text) if text)
