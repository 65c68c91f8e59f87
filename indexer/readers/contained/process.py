"""Call functions in a child process with limits on memory, processor time, time and output."""

from __future__ import annotations

import atexit
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from indexer.readers.record import Unreadable

_ROOT = Path(__file__).parents[3]
_LENGTH_BYTES = 8
_STARTING_SECONDS = 60.0
_CALLS_OF_ONE_CHILD = 200
"""After so many calls another child is started, since libraries do not release all memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use: bytes of address space, seconds of processor and of wall time, bytes of result."""

    memory: int = 1_500_000_000
    processor_seconds: int = 60
    seconds: float = 120.0
    output: int = 128_000_000


DEFAULT_LIMITS = Limits()


class _Child:
    """One child process. It belongs to the process that made it: a fork of that makes its own."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.owner = os.getpid()
        self.calls = 0
        environment = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "HOME")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "indexer.readers.contained.worker", str(limits.memory), str(limits.processor_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**environment, "PYTHONPATH": str(_ROOT)},
        )

    def call(self, function: str, arguments: list[Any]) -> Any:
        """Return the function's result. Raises Unreadable, after which the child may be unusable: check `is_alive`."""
        assert self._process.stdin is not None
        message = msgspec.msgpack.encode([function, arguments])
        try:
            if not self.calls:
                self._read(1, time.monotonic() + _STARTING_SECONDS)  # one byte: the child is ready
            self.calls += 1
            deadline = time.monotonic() + self.limits.seconds
            self._process.stdin.write(len(message).to_bytes(_LENGTH_BYTES) + message)
            self._process.stdin.flush()
            length = int.from_bytes(self._read(_LENGTH_BYTES, deadline))
            if length > self.limits.output:
                self.end()
                raise Unreadable(f"gives more than {self.limits.output // 1_000_000} MB of text; split the file")
            is_good, result = msgspec.msgpack.decode(self._read(length, deadline))
        except (BrokenPipeError, EOFError):
            raise Unreadable(self._reason()) from None
        if not is_good:
            raise Unreadable(str(result))
        return result

    def _read(self, count: int, deadline: float) -> bytes:
        """Return the next `count` bytes of the child's output. Raises EOFError or Unreadable."""
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while count:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self.end()
                    raise Unreadable(f"takes longer than {self.limits.seconds:g} seconds to read; repair it with another program")
                part = os.read(descriptor, min(count, 1 << 20))
                if not part:
                    raise EOFError
                parts.append(part)
                count -= len(part)
        return b"".join(parts)

    def _reason(self) -> str:
        """Return why the child ended."""
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            why = f"takes longer than {self.limits.processor_seconds} seconds to read"
        elif code < 0:
            why = f"crashes the program that reads it ({signal.Signals(-code).name})"
        else:
            why = f"cannot be read within {self.limits.memory // 1_000_000} MB of memory"
        return f"{why}; repair it with another program, or save it again"

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None and self.calls < _CALLS_OF_ONE_CHILD

    def end(self) -> None:
        """End the child and wait for it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._process.wait()


_children: dict[Limits, _Child] = {}


def run_contained(function: str, *arguments: Any, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Call a function in the child process and return its result.

    `function` is "module:name"; arguments and result are plain values (text, bytes, numbers, lists, dicts, None). Raises
    Unreadable with the reason if the function raises, crashes or exceeds a limit.
    """
    child = _children.get(limits)
    if child is None or child.owner != os.getpid():
        child = _children[limits] = _Child(limits)
    try:
        return child.call(function, list(arguments))
    finally:
        if not child.is_alive:
            child.end()
            del _children[limits]


def end_children() -> None:
    """End the children that this process started."""
    for limits, child in list(_children.items()):
        if child.owner == os.getpid():
            child.end()
            del _children[limits]


atexit.register(end_children)
