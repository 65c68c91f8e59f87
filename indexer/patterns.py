"""Match paths with patterns: the files of a source, and the files that a mistake in a path may concern."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=256)
def path_regex(pattern: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of path parts, `**` for any number of folders, as a regular expression over the path.

    `**` at the end means all files below.
    """
    if pattern[-1:] == ("**",):
        pattern = (*pattern, "*")
    parts = ["(?:.+/)?" if part == "**" else _part_regex(part) + "/" for part in pattern]
    return re.compile("(?s:" + "".join(parts).removesuffix("/") + ")")


def _part_regex(part: str) -> str:
    """Return one part of a pattern as a regular expression in which `*`, `?` and `[...]` match no slash."""
    written = []
    for piece in re.findall(r"\[!?\]?[^\]]*\]|.", part, re.DOTALL):
        if piece == "*":
            written.append("[^/]*")
        elif piece == "?":
            written.append("[^/]")
        elif len(piece) > 1:
            negated, chosen = ("^", piece[2:-1]) if piece[1] == "!" else ("", piece[1:-1])
            chosen = chosen.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("^", "\\^")
            written.append(_class_or_literal(f"(?!/)[{negated}{chosen}]", piece))
        else:
            written.append(re.escape(piece))
    return "".join(written)


def _class_or_literal(character_class: str, piece: str) -> str:
    """Return a class of characters, or the literal text if it is no valid class, as in [z-a]."""
    try:
        re.compile(character_class)
    except re.error:
        return re.escape(piece)
    return character_class


def contains_path(named: str, path: str) -> bool:
    """Return whether a file, folder or pattern named in a problem is, contains or matches this path."""
    return path == named or path.startswith(named.rstrip("/") + "/") or path_regex(Path(named).parts).fullmatch(path) is not None
