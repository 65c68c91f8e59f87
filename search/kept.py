"""What is kept in memory to be used again: packed, and bounded in bytes."""

from __future__ import annotations

from sys import getsizeof
from threading import Lock

_BESIDE = 64
"""Bytes of an entry in the table beside its key and value: 30 where the table is full, 90 after it has grown."""


class Kept:
    """Bytes by key, those that were used last, `most` bytes in all. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._kept: dict[str | bytes, bytes] = {}  # in order of use
        self._lock = Lock()
        self._most = most
        self.size = 0
        """Bytes of all keys and values, as they are in memory."""

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: str | bytes) -> bytes | None:
        """Return the value of a key; None if none is kept."""
        with self._lock:
            value = self._kept.pop(key, None)
            if value is not None:
                self._kept[key] = value
            return value

    def keep(self, key: str | bytes, value: bytes) -> None:
        """Keep a value in place of those that were not used for longest. One that takes more than a twentieth is not kept."""
        size = _size(key, value)
        if size > self._most // 20:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = value
            self.size += size
            while self.size > self._most:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: str | bytes) -> None:
        value = self._kept.pop(key, None)
        if value is not None:
            self.size -= _size(key, value)


def _size(key: str | bytes, value: bytes) -> int:
    return getsizeof(key) + getsizeof(value) + _BESIDE
