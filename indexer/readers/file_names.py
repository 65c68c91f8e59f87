"""What the name of a file says of the document in it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from pathlib import PurePosixPath

_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_EARLIEST_YEAR, _DAYS_AHEAD = 1000, 3660


def day_in_name(name: str) -> str:
    """Return the day written in a file's name as ISO 8601, as in `2014-03-12-title` or `mozilla-2005-11-3`; "" without one."""
    for match in _DAY_IN_NAME.finditer(name):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if year >= _EARLIEST_YEAR and found <= date.today() + timedelta(days=_DAYS_AHEAD):
            return found.isoformat()
    return ""


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
