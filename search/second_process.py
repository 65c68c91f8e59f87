"""Run functions in another process, so that a large build uses all cores.

A call is a pickled (function, arguments) on the standard input of the process, and the result a pickle on its standard output.
The process ends when its input is closed, and so with the process that started it. (`concurrent.futures` would import the
caller's main module again, which may start the caller's program.)
"""

from __future__ import annotations

import os
import pickle
import select
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, ParamSpec

from search.errors import IndexProblem

_Arguments = ParamSpec("_Arguments")


class SecondProcess:
    """Runs functions of this program in another process, one at a time. For use by one thread; a context manager.

    The caller continues its own work and polls `has_answered`: a waiting thread would compete for the interpreter lock with
    each part of a long answer.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def ask(self, function: Callable[_Arguments, Any], *arguments: _Arguments.args, **named: _Arguments.kwargs) -> None:
        """Start a call; the previous answer must have been taken. Raises IndexProblem if the process has ended."""
        assert self._process.stdin
        try:
            pickle.dump((function, arguments, named), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._explain_end() from None

    def has_answered(self) -> bool:
        """Return whether `answer` returns at once."""
        assert self._process.stdout
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def answer(self) -> Any:
        """Return the result of the call. Raises IndexProblem if the process ends instead."""
        assert self._process.stdout
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):  # nothing, or a part
            raise self._explain_end() from None

    def _explain_end(self) -> IndexProblem:
        code = self._process.wait()
        reason = f"a second process of this build ended (exit code {code}); is there enough memory?"
        return IndexProblem(f"{reason} Nothing was published; build again")

    def __enter__(self) -> SecondProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(BrokenPipeError):  # the rest of a question to a process that has ended, which is reported already
                pipe.close()
        self._process.wait()


def has_another_core() -> bool:
    """Whether this process may use more than one core. Systems that do not say how many it may use say how many there are."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) > 1


def _serve() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed here is not an answer
    while True:
        try:
            function, arguments, named = pickle.load(sys.stdin.buffer)
        except (EOFError, pickle.UnpicklingError):  # nothing, or a part
            return
        answer = function(*arguments, **named)
        try:
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except BrokenPipeError:  # the calling process has been killed
            os._exit(1)  # a normal end would try to write the rest of the answer again


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # reported by the process that started this one
        _serve()
