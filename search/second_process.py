"""A second process, or one of several, that does a share of a large build's work, so that all cores are used.

It is asked one thing at a time, as a pickled (function, arguments) on its standard input, and answers on its standard output.
It ends when its input does: with the process that started it, however that ends. (`concurrent.futures` would import the
caller's main module again, which is not ours to import.)
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
    """Runs functions of this program elsewhere, one at a time. For one thread; a context manager.

    Whoever asks goes on with its own work and looks now and then whether there is an answer: a thread that waited for it would
    have to wait for the interpreter too, for each part of a long answer again.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def ask(self, function: Callable[_Arguments, Any], *arguments: _Arguments.args, **named: _Arguments.kwargs) -> None:
        """Have the function run there, after the answer before has been taken. Raises IndexProblem when the process has ended."""
        assert self._process.stdin
        try:
            pickle.dump((function, arguments, named), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._explain_end() from None

    def has_answered(self) -> bool:
        """Whether `answer` would not wait."""
        assert self._process.stdout
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def answer(self) -> Any:
        """Return what the function asked for answers there. Raises IndexProblem when the process ends instead."""
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
        except BrokenPipeError:  # whoever asked has been killed
            os._exit(1)  # a normal end would try to write the rest of the answer again


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # reported by the process that started this one
        _serve()
