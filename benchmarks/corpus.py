"""Documents for measuring: sentences of Python's own manual (`pydoc_data.topics`), recombined from a seed.

Document n is the same in a corpus of any size. Each has 150 to 400 words, one of 12 types, one to three of 20 topics, a
day within 11 years, and a few coined names, so that there are rare words too, as rare in a large corpus as in a small one.
"""

from __future__ import annotations

import random
import re
from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from pydoc_data.topics import topics as manual
from typing import overload

from indexer.spool import Spool
from search.config.settings import Config, Index, Source
from search.model.dates import parse_edtf
from search.model.document import Document, Section, decode_document, encode_document

SEED = 20_261_124
TYPES = (
    *("Policy Report", "Event Report", "Report Summary", "Commentary", "Interview", "News"),
    *("Press Release", "Podcast", "Video", "Speech", "Newsletter", "Letter"),
)
TOPICS = (
    *("norms", "trade", "trust", "crime", "spam", "cables", "quantum", "privacy", "encryption", "insurance", "procurement"),
    *("infrastructure", "elections", "diplomacy", "standards", "research", "education", "health", "energy", "space"),
)
FIRST_DAY, DAYS = date(2009, 1, 1), 4017  # eleven years
_FEWEST, _MOST = 150, 400
_SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "or", "in", "al")]


@cache
def _sentences() -> list[str]:
    text = "\n\n".join(manual[name] for name in sorted(manual))
    pieces = (" ".join(piece.split()) for piece in re.split(r"(?<=[.!?:])\s+|\n\s*\n", text))
    return sorted({piece for piece in pieces if 4 <= len(piece.split()) <= 60})


def coin_name(chance: random.Random) -> str:
    """Return an invented name of four syllables, one of more than 150 million."""
    return "".join(chance.choices(_SYLLABLES, k=4)).capitalize()


def _name(chance: random.Random, count: int) -> str:
    """Return one of about `count` invented names, so that two or three documents share it."""
    return coin_name(random.Random(f"name {chance.randrange(count)}"))


def document(number: int, extra: str = "") -> Document:
    """Return document `number`; `extra` is appended to its text, as in an edit."""
    chance = random.Random(f"{SEED} {number}")
    length = chance.randint(_FEWEST, _MOST - 60)
    sentences: list[str] = []
    while length > 0:
        sentences.append(chance.choice(_sentences()))
        length -= len(sentences[-1].split())
    names = [coin_name(chance), _name(chance, 5000), _name(chance, 5000)]
    title = " ".join((*chance.choice(_sentences()).split()[:6], names[0]))
    middle = len(sentences) // 2
    text = " ".join((*sentences[:middle], f"As {names[1]} and {names[2]} say:", *sentences[middle:], extra)).strip()
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return Document(
        id=f"doc-{number:06}",
        title=title,
        sections=(Section(text),),
        type=chance.choice(TYPES),
        date=parse_edtf(day.isoformat()),
        topics=tuple(sorted(chance.sample(TOPICS, chance.randint(1, 3)))),
        source_path="docs.jsonl",
    )


def documents(count: int) -> list[Document]:
    """Return the first `count` documents."""
    return [document(number) for number in range(count)]


class WrittenDocuments(Sequence[Document]):
    """Documents in a file, read one by one, since a million of them would fill the memory."""

    def __init__(self, spool: Spool, places: array[int]) -> None:
        self._spool = spool
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> WrittenDocuments: ...
    def __getitem__(self, index: int | slice) -> Document | WrittenDocuments:
        if isinstance(index, slice):
            return WrittenDocuments(self._spool, self._places[index])
        return decode_document(self._spool.read(self._places[index]))


def write_documents(count: int, folder: Path) -> WrittenDocuments:
    """Write the first `count` documents to a temporary file in `folder`, and return them, to be read from it.

    Making a document takes twelve times what reading it takes, and nearly as long as the fastest engine needs to index it: it
    must not count as time of the engine.
    """
    spool = Spool([folder])
    return WrittenDocuments(spool, array("Q", (spool.add(encode_document(document(number))) for number in range(count))))


def config(folder: Path) -> Config:
    """Return the configuration that defines fields and analysis for every engine."""
    return Config(sources=(Source(path="docs.jsonl"),), index=Index(path="index"), path=folder / "config.yaml")
