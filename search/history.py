"""Keep when each document was first published and last changed, and which ids were removed, which the corpus does not state.

There is one file for each generation below `index.path`, for every engine, so that a rollback restores the history too.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from search.changes import NO_CHANGES, Changes, PackedChanges, Times
from search.config.settings import Config
from search.errors import LineError

_FOLDER = "history"
DUMPED_HISTORY = "history.jsonl"
"""The file of the history beside the dump of an archive."""


class History(Struct, frozen=True):
    """The history of one generation, by document id. `changes` has the times of the first and the last change of each live
    document, `gone` the time of each removal.

    Times are UTC, ISO 8601, to the millisecond. `hashes` is the sum of the hashes of the live documents (`search.digest`), b""
    if it was not recorded.
    """

    changes: Changes = NO_CHANGES
    gone: Mapping[str, str] = {}
    hashes: bytes = b""

    def first(self, document_id: str) -> str:
        """Return when the document was first published; "" if that is not known."""
        return self.changes.get(document_id, ("", ""))[0]

    def last(self, document_id: str) -> str:
        """Return when the document last changed; "" if that is not known."""
        return self.changes.get(document_id, ("", ""))[1]


class _Saved(Struct):
    """A history in its file; `changes` are a mapping in one that an earlier version wrote."""

    changes: PackedChanges | dict[str, Times] = {}
    gone: dict[str, str] = {}
    hashes: bytes = b""


def load_history(config: Config, generation: str) -> History:
    """Return the history of a generation; an empty one if it is missing or cannot be read."""
    return _read_first((_path(config, generation),))


def load_newest_history(config: Config) -> History:
    """Return the history of the generation published last; an empty one where none can be read."""
    return _read_first(sorted((config.index_path / _FOLDER).glob("*.msgpack"), reverse=True))


def _read_first(paths: Iterable[Path]) -> History:
    """Return the first history that can be read; an empty one where none can."""
    for path in paths:
        with suppress(OSError, ValueError), path.open("rb") as file:
            saved = _decoder.decode(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
            found = saved.changes
            changes = Changes.pack(sorted(found.items())) if isinstance(found, dict) else Changes(found)
            return History(changes, saved.gone, saved.hashes)
    return History()


class Histories:
    """The histories of one archive; the one requested last is kept. Safe to share between threads."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._latest = ("", History())

    def of(self, generation: str) -> History:
        """Return the history of a generation, as `load_history`. An empty one may be written yet, and is not kept."""
        known, history = self._latest
        if known != generation:
            history = load_history(self._config, generation)
            if history.changes:
                self._latest = generation, history
        return history


def save_history(config: Config, generation: str, history: History) -> None:
    """Write the history of a new generation."""
    path = _path(config, generation)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.msgpack.encode(_Saved(history.changes.packed, dict(history.gone), history.hashes)))
    new.replace(path)


def sweep_histories(config: Config, generations: Collection[str]) -> None:
    """Remove the histories of all but these generations, also those that a process killed meanwhile has begun to write."""
    kept = {_path(config, generation).stem for generation in generations}
    for path in (config.index_path / _FOLDER).iterdir():
        if path.stem not in kept:
            with suppress(OSError):
                path.unlink()


def next_history(before: History, removed: Iterable[str], live: Collection[str], changed: Collection[str]) -> History:
    """Return the history after a publication of the `live` documents, of which `changed` (and new) ones change now.

    `removed` are the ids of documents that were published before and are not live.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    changes = before.changes.carry_over(sorted(live), changed, now)
    gone = {document_id: when for document_id, when in before.gone.items() if document_id not in changes}
    missing = () if changes.has_ids_of(before.changes) else before.changes.keys() - set(live)
    return History(changes, gone | dict.fromkeys(chain(missing, removed), now))


def withdrawn_since(config: Config, history: History) -> Mapping[str, str]:
    """Return when each published document that the configuration withdraws went: when that file was last changed."""
    since = datetime.fromtimestamp(config.path.stat().st_mtime, UTC).isoformat() if config.withdrawn else ""
    return {document_id: since for document_id in config.withdrawn if document_id in history.changes}


def write_lines(history: History) -> Iterator[bytes]:
    """Yield a history as JSON Lines, for people and other programs: one document or one id that is gone a line."""
    for document_id, (first, last) in history.changes.items():
        yield msgspec.json.encode({"id": document_id, "first_published": first, "changed": last}) + b"\n"
    for document_id, when in sorted(history.gone.items()):
        yield msgspec.json.encode({"id": document_id, "gone": when}) + b"\n"


def read_lines(lines: Iterable[bytes]) -> History:
    """Inverse of `write_lines`, without the digest. Raises BadLine for the first line that is none of a history."""
    changes: dict[str, Times] = {}
    gone = {}
    for number, line in enumerate(lines, 1):
        try:
            one = _line_decoder.decode(line)
            for when in (one.first_published, one.changed, one.gone):
                if when:
                    datetime.fromisoformat(when).astimezone(UTC)
        except (msgspec.DecodeError, ValueError, OverflowError) as error:
            raise BadLine(str(error), number) from None
        if one.gone:
            gone[one.id] = one.gone
        else:
            changes[one.id] = (one.first_published, one.changed)
    return History(Changes.pack(sorted(changes.items())), gone)


class BadLine(LineError):
    """A line that is none of a history."""


class _Line(Struct, forbid_unknown_fields=True):
    id: str
    first_published: str = ""
    changed: str = ""
    gone: str = ""


_decoder = msgspec.msgpack.Decoder(_Saved)
_line_decoder = msgspec.json.Decoder(_Line)


def _path(config: Config, generation: str) -> Path:
    return config.index_path / _FOLDER / f"{re.sub(r'[^A-Za-z0-9-]', '-', generation)}.msgpack"
