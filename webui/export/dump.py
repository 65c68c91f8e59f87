"""All documents as JSON Lines, with a configuration from which `indexer` builds the same archive."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from search.archive import Archive
from search.changes import Changes
from search.config.settings import Config
from search.digest import digest
from search.held_files import find_held_path
from search.history import DUMPED_HISTORY, History, withdrawn_since, write_lines
from search.model.document import Document, encode_document
from webui.export.places import file_place

DUMP = "documents.jsonl"
_ELSEWHERE = {"path", "sources", "facts", "engine", "index", "opensearch", "withdrawn"}
"""Settings that say where and how this archive is kept. The facts are already part of the documents."""


def write_dump(of: Archive, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Write the documents, the files held with them, the history and the configuration.

    Return the digest of the documents, and the names of held files that could not be copied.
    """
    missing: list[str] = []

    def write_each() -> Iterator[Document]:
        with (folder / DUMP).open("wb") as dump:
            for document in of.engine.every():
                dump.write(encode_document(document) + b"\n")
                missing.extend(_copy_files(of.config, document, folder))
                yield document

    found = digest(write_each())
    _write_history(of, folder)
    (folder / "config.yaml").write_text(_configuration(of.config, folder), encoding="utf-8")
    return found, tuple(missing)


def _write_history(of: Archive, folder: Path) -> None:
    """Write when each document was published and changed, and which ids are gone, withdrawn ones among them."""
    history = of.history(of.engine.current().id)
    withdrawn = withdrawn_since(of.config, history)
    shown = Changes.pack(change for change in history.changes.items() if change[0] not in withdrawn)
    lines = write_lines(History(shown, {**history.gone, **withdrawn}))
    (folder / DUMPED_HISTORY).write_bytes(b"".join(lines))


def _copy_files(config: Config, document: Document, folder: Path) -> Iterator[str]:
    """Copy the files held with a document; yield the names of those missing from the store."""
    for file in document.files:
        for sha256, name in ((file.sha256, file.name), (file.picture, "picture.webp")):
            target = folder / file_place(sha256, name)
            if not sha256 or target.parent.exists():
                continue
            source = find_held_path(config.index_path, sha256)
            if source is None:
                yield f"{name} of {document.id}"
                continue
            target.parent.mkdir(parents=True)
            shutil.copyfile(source, target)


def _configuration(config: Config, folder: Path) -> str:
    stated = config.model_dump(mode="json", exclude=_ELSEWHERE, exclude_defaults=True)
    written: dict[str, Any] = {"sources": [{"path": DUMP, "reader": "dump"}], "index": {"path": "index"}, **stated}
    for setting, name in (("about", config.site.about), ("synonyms", config.synonyms)):
        if name and (config.folder / name).is_file():
            kept = f"{setting}{Path(name).suffix}"
            shutil.copyfile(config.folder / name, folder / kept)
            written[setting] = kept
    if "about" in written:
        written["site"]["about"] = written.pop("about")
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
