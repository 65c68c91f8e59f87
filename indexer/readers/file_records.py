"""What PDF and Word files have in common: the record made of a file, and what its metadata say.

The hints of such a record are `titles`, the titles that the file may have, best first, each with where it is from, and
`file`, what is known of the file itself, so that it is held.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from indexer.readers.record import Record
from indexer.sources import SourceFile
from search.text.analysis import fold_value

FROM_METADATA = "the file’s metadata"
FROM_NAME = "the name of the file"
Titles = tuple[tuple[str, str], ...]
"""Titles that a file may have, best first, and where each is from."""
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel|office).*|(?:adobe )?(?:acrobat|indesign|pagemaker|illustrator|photoshop).*|"
    r"powerpoint presentation|word document|slide \d+|layout \d+|untitled.*|no ?title|title|document\d*|pdf|print|scan.*|"
    r".*\.(?:docx?|odt|rtf|pdf|pptx?|xlsx?|indd|qxd|qxp|p65|fm|tex|dvi|ps|txt|html?|wpd|pub|pages|tiff?|jpe?g))",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"(?:\(?anonymous\)?|unknown|admin(?:istrator)?|user|owner|author|default|root|guest|python-docx|microsoft.*|adobe.*|"
    r".*\b(?:pdf|word|scanner)\b.*|\W*|\w{1,2})",
    re.I,
)


def usable_title(stated: str, file: SourceFile) -> str:
    """Return the title in a file's metadata; "" if it is the name of a file or a program."""
    title = " ".join(stated.split())
    is_name = fold_value(title) in (fold_value(file.path.stem), fold_value(file.path.name))
    return "" if is_name or _NO_TITLE.fullmatch(title) else title


def usable_authors(stated: str) -> list[str]:
    """Return the authors that a file's metadata state, without names of programs, accounts and files."""
    names = [" ".join(name.split()) for name in re.split(r"\s*[;\n]\s*|\s+(?:and|&)\s+", stated)]
    return [name for name in names if not _NO_AUTHOR.fullmatch(name) and not re.search(r"[\\/@]|\.\w{2,4}$", name)]


def file_record(
    file: SourceFile,
    values: dict[str, Any],
    entry: dict[str, Any],
    titles: Titles = (),
    words_left_out: int = 0,
) -> Record:
    """Return the record of a file. `entry` holds facts about the file other than its size and content."""
    data = file.path.read_bytes()
    known = {"path": file.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **entry}
    found = {key: value for key, value in values.items() if value or key == "sections"}
    if titles:
        found["title"] = titles[0][0]
    hints: dict[str, Any] = {"file": known, "titles": [list(title) for title in titles], "people": found.get("people", [])}
    return Record(file.name, 0, found, is_whole_file=True, hints=hints, words_left_out=words_left_out)
