"""Where the files that an archive holds are kept: each once, named by its SHA-256, for all generations and both engines.

index.path/files/ab/ab12…        the content whose SHA-256 begins with ab12
index.path/files/named/<id>      the files that the generation <id> names, one SHA-256 a line
"""

from __future__ import annotations

import re
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


def find_held_path(index_path: Path, sha256: str) -> Path | None:
    """Return the path of a held file by the SHA-256 of its content, None if there is no such file."""
    if not _SHA256.fullmatch(sha256):
        return None
    path = folder_of_held_files(index_path) / sha256[:2] / sha256
    return path if path.is_file() else None


def folder_of_held_files(index_path: Path) -> Path:
    """Return the folder that all held files are in."""
    return index_path / "files"
