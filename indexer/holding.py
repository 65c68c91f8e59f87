"""Keep the files that published documents name, each once, and sweep those that no generation names any more."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from search.held_files import find_held_path, folder_of_held_files
from search.model.document import Document

Content = Path | bytes
"""A file of the corpus, or what a reader made (a picture)."""
_NAMED = "named"
_GENERATION = re.compile(r"[\w.-]+")


def hold_files(index_path: Path, documents: Iterable[Document], contents: Mapping[str, Content]) -> list[str]:
    """Copy what `documents` name and the store has not, and return the SHA-256 of what could not be copied as it was read."""
    missing = []
    for sha256 in sorted(_find_named_content(documents)):
        content = contents.get(sha256)
        if find_held_path(index_path, sha256) is None and (content is None or not _copy(index_path, sha256, content)):
            missing.append(sha256)
    return missing


def note_generation(index_path: Path, generation: str, documents: Iterable[Document]) -> None:
    """Note which files a generation names, so that they stay as long as it does."""
    if not _GENERATION.fullmatch(generation):
        return
    folder = folder_of_held_files(index_path) / _NAMED
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f".{generation}.{os.getpid()}"
    written.write_text("".join(f"{sha256}\n" for sha256 in sorted(_find_named_content(documents))), encoding="ascii")
    written.replace(folder / generation)


def sweep_files(index_path: Path, generations: Collection[str]) -> int:
    """Remove the files that none of these generations names and return how many. Nothing is removed while it is not known what
    each of them names."""
    folder = folder_of_held_files(index_path)
    named = folder / _NAMED
    if not named.is_dir() or not generations or not all((named / generation).is_file() for generation in generations):
        return 0
    kept = {line for generation in generations for line in (named / generation).read_text(encoding="ascii").split()}
    for note in named.iterdir():
        if note.name not in generations:
            note.unlink(missing_ok=True)
    removed = 0
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _find_named_content(documents: Iterable[Document]) -> set[str]:
    """The content that these documents name: files and pictures."""
    links = (file for document in documents for file in document.files)
    return {sha256 for file in links for sha256 in (file.sha256, file.picture) if sha256}


def _copy(index_path: Path, sha256: str, content: Content) -> bool:
    """Copy a file into the store under its sum. False where its content is no longer what was read."""
    target = folder_of_held_files(index_path) / sha256[:2] / sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    written = target.with_name(f".{sha256}.{os.getpid()}")
    try:
        if isinstance(content, bytes):
            written.write_bytes(content)
        else:
            shutil.copyfile(content, written)
        with written.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return False
        written.replace(target)
    except OSError:
        return False
    finally:
        written.unlink(missing_ok=True)
    return True
