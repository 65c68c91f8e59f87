"""The child process in which files that others made are parsed: `python -m indexer.readers.contained.worker MEMORY SECONDS`."""

from __future__ import annotations

import resource
import signal
import sys
from importlib import import_module
from typing import Any, BinaryIO

import msgspec

from indexer.readers.record import Unreadable

_LENGTH_BYTES = 8
_OPEN_FILES = 64


def main(memory: int, processor_seconds: int) -> None:
    """Answer calls from standard input on standard output until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _limit(memory)
    calls, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(b"\1")  # ready
    answers.flush()
    while message := _next_message(calls):
        function, arguments = msgspec.msgpack.decode(message)
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + processor_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        answer = msgspec.msgpack.encode(_call(function, arguments))
        answers.write(len(answer).to_bytes(_LENGTH_BYTES) + answer)
        answers.flush()


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def _next_message(calls: BinaryIO) -> bytes:
    length = calls.read(_LENGTH_BYTES)
    return calls.read(int.from_bytes(length)) if len(length) == _LENGTH_BYTES else b""


def _call(function: str, arguments: list[Any]) -> tuple[bool, Any]:
    """Return whether the call gave a result, and the result, or the reason why there is none."""
    module, _, name = function.partition(":")
    try:
        return True, getattr(import_module(module), name)(*arguments)
    except Unreadable as error:
        return False, error.reason
    except MemoryError:
        return False, "needs more memory to read than a file may; save it again or split it"
    except RecursionError:
        return False, "is nested too deeply to be read; save it again"
    except Exception as error:  # noqa: BLE001  # whatever a library raises for a damaged file is one mistake of that file
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return False, f"cannot be read: {reason}; it may be damaged, save it again"


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
