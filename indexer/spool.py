"""What was read, on disk until it is published: a file without a name, so that nothing is left of it, however the command ends.

Little is kept in memory, and the file is made when there is more. It lies beside the index, which may not be possible where
nothing can be written, as for `check`; then in the system's folder for temporary files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import IO

_IN_MEMORY = 4 << 20
"""Bytes kept in memory."""


class Spool:
    """Byte strings that are written once and read by where they were written."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folder = next((folder for folder in folders if folder.is_dir() and os.access(folder, os.W_OK)), None)
        self._file: IO[bytes] = BytesIO()
        self._is_on_disk = False
        self._end = 0
        self._is_at_end = True

    def add(self, data: bytes) -> int:
        """Write bytes; return where they are."""
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        place = self._end
        self._file.write(len(data).to_bytes(4, "little"))
        self._file.write(data)
        self._end += 4 + len(data)
        if self._end > _IN_MEMORY and not self._is_on_disk:
            self._move_to_disk()
        return place

    def read(self, place: int) -> bytes:
        """Return the bytes that were written there."""
        self._file.seek(place)
        self._is_at_end = False
        return self._file.read(int.from_bytes(self._file.read(4), "little"))

    def _move_to_disk(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        weakref.finalize(self, file.close)
        self._file.seek(0)
        shutil.copyfileobj(self._file, file)
        self._file, self._is_on_disk = file, True
