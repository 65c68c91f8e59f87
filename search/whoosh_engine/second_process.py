"""A second process that does half of a large build's work, so that both cores are used.

It is asked one thing at a time, as a pickled (function, arguments) on its standard input, and answers on its standard output.
It ends when its input does: with the process that started it, however that ends. (`concurrent.futures` would import the
caller's main module again, which is not ours to import.)
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import ParamSpec, TypeVar

from search.errors import IndexProblem

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


class SecondProcess:
    """Runs functions of this program elsewhere. For one thread at a time; a context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def run(self, function: Callable[_Arguments, _Answer], *arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Answer:
        """What the function answers there. Raises IndexProblem when the process ends instead."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            pickle.dump((function, arguments, named), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
            answer: _Answer = pickle.load(self._process.stdout)
        except (EOFError, BrokenPipeError):
            code = self._process.wait()
            reason = f"the second process of this build ended (exit code {code}); is there enough memory?"
            raise IndexProblem(f"{reason} Nothing was published; build again") from None
        return answer

    def __enter__(self) -> SecondProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            try:
                pipe.close()
            except BrokenPipeError:  # the rest of a question to a process that has ended, which `run` has told
                continue
        self._process.wait()


def _serve() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed here is not an answer
    while True:
        try:
            function, arguments, named = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(function(*arguments, **named), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # told by the process that started this one
        _serve()
