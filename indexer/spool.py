"""Keep what was read in a temporary file without a name until it is published. The file is gone when the command ends.

Up to 4 MB are kept in memory. The file is made beside the index if that folder can be written, which `check` does not require;
otherwise in the system's folder for temporary files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import IO

from search.errors import ReadingsDamaged

_IN_MEMORY = 4 << 20
"""Bytes kept in memory."""
_HEAD_BYTES = 8
_CHECKSUM_OF_NOTHING = 1
"""A disk that has lost data often returns zeros; with this start, zeros are no valid frame."""


class Spool:
    """Stores byte strings and returns them by position.

    `beginning` is a file of frames written earlier, whose positions come before those of the spool. If a frame does not match
    its checksum, `read` calls `forget` and raises ReadingsDamaged.
    """

    def __init__(
        self, folders: Iterable[Path], beginning: IO[bytes] | None = None, forget: Callable[[], None] = lambda: None
    ) -> None:
        self._forget = forget
        self._folder = next((folder for folder in folders if folder.is_dir() and os.access(folder, os.W_OK)), None)
        self._beginning: IO[bytes] = beginning or BytesIO()
        self._start = self._beginning.seek(0, os.SEEK_END)
        self._file: IO[bytes] = BytesIO()
        self._is_on_disk = False
        self._end = 0
        self._is_at_end = True
        if beginning is not None:
            weakref.finalize(self, beginning.close)

    def add(self, data: bytes) -> int:
        """Write bytes and return their position."""
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        place = self._start + self._end
        self._end += self._file.write(frame(data))
        if self._end > _IN_MEMORY and not self._is_on_disk:
            self._move_to_disk()
        return place

    def read(self, place: int) -> bytes:
        """Return the bytes at a position. Raises ReadingsDamaged."""
        file = self._beginning
        if place >= self._start:
            file, place, self._is_at_end = self._file, place - self._start, False
        file.seek(place)
        head = file.read(_HEAD_BYTES)
        data = file.read(int.from_bytes(head[:4], "little"))
        if _head_of(data) != head:
            self._forget()
            raise ReadingsDamaged
        return data

    def _move_to_disk(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        weakref.finalize(self, file.close)
        self._file.seek(0)
        shutil.copyfileobj(self._file, file)
        self._file, self._is_on_disk = file, True


def frame(data: bytes) -> bytes:
    """Return bytes preceded by their length and their checksum (CRC-32)."""
    return _head_of(data) + data


def _head_of(data: bytes) -> bytes:
    """Return the length and the checksum of the data, which precede it in a frame."""
    return len(data).to_bytes(4, "little") + zlib.crc32(data, _CHECKSUM_OF_NOTHING).to_bytes(4, "little")
