"""The id of a document that states none, from the name of its file."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath


def id_by_name(stem: str) -> str:
    """Return the id of a document whose record states none: its path below its source's folder, folded.

    A name that begins with a low line keeps it: `_index.md` of a folder is another document than `index.md`.
    """
    path = PurePosixPath(stem)
    folded = _fold(stem)
    if path.name.startswith("_"):
        folder, name = _fold(path.parent.as_posix()) if path.parent.name else "", _fold(path.name)
        return f"{folder}-_{name}" if folder else f"_{name}"
    return folded


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or plain
