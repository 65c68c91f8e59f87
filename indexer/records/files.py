"""Find the files that documents name in the archive's folder, and describe them: size, kind, SHA-256 and name."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from indexer.holding import Content
from indexer.readers.record import Place
from indexer.spooled_documents import SpooledDocuments
from search.config.settings import Config
from search.errors import Problem
from search.media_types import media_type_of
from search.model.document import Document, FileLink

HELD_IN = "held_in"
"""Hint of a document of a dump: the folder with its files."""


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The content of the files found, by SHA-256, and the mistakes about the others."""

    contents: dict[str, Content] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def find_files(
    documents: SpooledDocuments, named: Iterable[str], hints: Mapping[str, Mapping[str, Any]], config: Config
) -> FilesFound:
    """Set the files of the documents `named`: first the file each was read from, then those it names by their path.

    A file that may not be copied into the archive is reported as a mistake and omitted.
    """
    found = FilesFound()
    for name in named:
        document = documents[name]
        if folder := hints.get(name, {}).get(HELD_IN):
            _find_dumped_files(document, config.folder / folder, found, documents.read(name).place)
            continue
        own = hints.get(document.id, {}).get("file")
        if own or any(_is_path(file.url) for file in document.files):
            links = [_own_file(own, config, found)] if own else []
            for file in document.files:
                link = _resolve_file(file, document, config, found, documents) if _is_path(file.url) else file
                if link is not None and link.sha256 not in {one.sha256 for one in links if one.sha256}:
                    links.append(link)
            documents[document.id] = replace(document, files=tuple(_with_own_names(links)))
    return found


def _find_dumped_files(document: Document, folder: Path, found: FilesFound, place: Place) -> None:
    """Find the files of a document of a dump, each in a folder named by its SHA-256."""
    for sha256 in (one for file in document.files for one in (file.sha256, file.picture) if one):
        path = next(iter((folder / sha256).glob("*")), None) if re.fullmatch("[0-9a-f]{64}", sha256) else None
        if path is None or path.is_symlink() or not path.is_file():
            found.problems.append(place.problem("files", f"names {sha256}, which is not in {folder.name}/; copy it there"))
        else:
            found.contents[sha256] = path


def _is_path(url: str) -> bool:
    return bool(url) and not re.match(r"[a-z][a-z0-9+.-]*://", url, re.I)


def _own_file(known: Mapping[str, Any], config: Config, found: FilesFound) -> FileLink:
    """Return the file that a document was read from."""
    path = config.folder / known["path"]
    found.contents[known["sha256"]] = path
    picture = known.get("picture") or b""
    picture_sum = hashlib.sha256(picture).hexdigest() if picture else ""
    if picture:
        found.contents[picture_sum] = picture
    return FileLink(
        media_type=media_type_of(path.name),
        size=known["size"],
        name=path.name,
        sha256=known["sha256"],
        pages=known.get("pages", 0),
        picture=picture_sum,
        note=known.get("note", ""),
    )


def _resolve_file(
    file: FileLink, document: Document, config: Config, found: FilesFound, documents: SpooledDocuments
) -> FileLink | None:
    """Return a file that a document names by its path, relative to its own file or to the configuration; None if it is bad."""
    path, reason = _resolve_path(file.url, document.source_path, config)
    if path is None:
        place = documents.read(document.id).place
        found.problems.append(place.problem("files", f'found "{file.url}", which {reason}'))
        return None
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    found.contents[sha256] = path
    return replace(file, url="", media_type=media_type_of(path.name), size=path.stat().st_size, name=path.name, sha256=sha256)


def _resolve_path(written: str, source_path: str, config: Config) -> tuple[Path | None, str]:
    """Return the file of a path, or None and the reason it is not copied into the archive."""
    if PurePosixPath(written).is_absolute() or "\\" in written or "\0" in written:
        return None, "is no path within the archive’s folder; write it relative to this file or to the configuration"
    folder = os.path.realpath(config.folder)
    candidates = (config.folder / PurePosixPath(source_path).parent / written, config.folder / written)
    plain = next((path for path in candidates if path.is_file()), None)
    if plain is None:
        return None, "is no file; correct the path, which is relative to this file or to the configuration"
    real = Path(os.path.realpath(plain))
    if not real.is_relative_to(folder):
        return None, "is outside the archive’s folder, or a link out of it; copy the file into it"
    parts = (
        *Path(os.path.relpath(os.path.abspath(plain), os.path.abspath(config.folder))).parts,
        *real.relative_to(folder).parts,
    )
    if any(part.startswith(".") for part in parts):
        return None, "is hidden: a part of its path begins with a dot; rename it"
    if real == Path(os.path.realpath(config.path)) or real.is_relative_to(os.path.realpath(config.index_path)):
        return None, "is the configuration or a part of the index, which is never served"
    return real, ""


def _with_own_names(links: list[FileLink]) -> list[FileLink]:
    """Return the files with names that are unique in the document: `report.pdf`, `report-2.pdf`."""
    used: set[str] = set()
    named = []
    for link in links:
        name, number = link.name, 1
        while name and name.casefold() in used:
            number += 1
            path = PurePosixPath(link.name)
            name = f"{path.stem}-{number}{path.suffix}"
        used.add(name.casefold())
        named.append(replace(link, name=name))
    return named
