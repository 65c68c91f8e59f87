"""Store the files that published documents name, each once, and remove those that no generation names."""

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
"""A file of the corpus, or the bytes of a picture that a reader made."""
_NAMED = "named"
_GENERATION = re.compile(r"[\w.-]+")


def hold_files(index_path: Path, documents: Iterable[Document], contents: Mapping[str, Content]) -> list[str]:
    """Copy the content that `documents` name into the store. Return the SHA-256 of content that changed or cannot be copied."""
    missing = []
    for sha256 in sorted(_find_named_content(documents)):
        content = contents.get(sha256)
        if find_held_path(index_path, sha256) is None and (content is None or not _copy(index_path, sha256, content)):
            missing.append(sha256)
    return missing


def note_generation(index_path: Path, generation: str, documents: Iterable[Document]) -> None:
    """Record which files a generation names; they are kept as long as the generation is."""
    if not _GENERATION.fullmatch(generation):
        return
    folder = folder_of_held_files(index_path) / _NAMED
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f".{generation}.{os.getpid()}"
    written.write_text("".join(f"{sha256}\n" for sha256 in sorted(_find_named_content(documents))), encoding="ascii")
    written.replace(folder / generation)


def sweep_files(index_path: Path, generations: Collection[str]) -> int:
    """Remove the files that none of these generations names; return how many.

    Nothing is removed if the record of one of the generations is missing.
    """
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
    """Return the SHA-256 of every file and picture that these documents name."""
    links = (file for document in documents for file in document.files)
    return {sha256 for file in links for sha256 in (file.sha256, file.picture) if sha256}


def _copy(index_path: Path, sha256: str, content: Content) -> bool:
    """Copy content into the store under its SHA-256. Return False if it is no longer what was read, or cannot be copied."""
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
