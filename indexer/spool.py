"""Keep what was read on disk until it is published, in a file without a name: nothing of it remains when the command ends.

Little is kept in memory, and the file is made when there is more. It lies beside the index, which may not be possible where
nothing can be written, as for `check`; then in the system's folder for temporary files.
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
"""Where a disk has lost what was written it often gives zeros, which must be no frame."""


class Spool:
    """Byte strings that are written once and read by where they were written.

    What a file holds already, as `frame` writes it, may be read as if it were the spool's beginning. If that is not what was
    written, `forget` is called, and `read` raises ReadingsDamaged.
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
        """Write bytes; return where they are."""
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        place = self._start + self._end
        self._end += self._file.write(frame(data))
        if self._end > _IN_MEMORY and not self._is_on_disk:
            self._move_to_disk()
        return place

    def read(self, place: int) -> bytes:
        """Return the bytes that were written there."""
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
    """Return bytes with their length and their checksum (CRC-32) before them, as a spool keeps them."""
    return _head_of(data) + data


def _head_of(data: bytes) -> bytes:
    """Return what stands before the bytes of a frame."""
    return len(data).to_bytes(4, "little") + zlib.crc32(data, _CHECKSUM_OF_NOTHING).to_bytes(4, "little")
