"""Harmful functions for the child process, for tests."""

from __future__ import annotations

import os
import signal
import time
from typing import Any


def echo(value: Any) -> Any:
    return value


def sleep() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(3)


def fill() -> None:
    bytearray(10_000_000_000)


def write(path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write("x" * 10)


def big() -> bytes:
    return bytes(3_000_000)


def damaged() -> None:
    raise ValueError("bad\nbytes")
