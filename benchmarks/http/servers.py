"""Start servers as child processes, each on its own port, and read the memory of their processes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from benchmarks.http.client import HOST
from benchmarks.worker import memory

_STOP_SECONDS = 30


class Server:
    """A server that prints its port in its first line and stops when the context ends."""

    def __init__(self, module: str, *arguments: object) -> None:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        match = re.search(r":(\d+)$", self.process.stdout.readline().strip())
        if match is None:
            raise RuntimeError(f"{module} ended with exit code {self.process.wait()}; its message is above")
        self.port = int(match[1])

    def memory(self) -> dict[str, dict[str, float]]:
        """Return megabytes by process: the master, which answers no requests, and each worker."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
        named = {"master": master} | {f"worker {number}": int(worker) for number, worker in enumerate(children, 1)}
        return {name: memory(process) for name, process in named.items()}

    def search_seconds(self) -> float:
        """Return the seconds that all searches have taken since the server started, as it counts them itself."""
        with urlopen(f"http://{HOST}:{self.port}/metrics") as answer:
            return sum(map(float, re.findall(r"^search_seconds_sum\S* (\S+)$", answer.read().decode("ascii"), re.M)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self.process.stdout
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        finally:
            self.process.kill()
            self.process.stdout.close()


def archive_server(config: Path, workers: int) -> Server:
    """Return the command that serves an archive."""
    return Server("webui", "serve", "--config", config, "--host", HOST, "--port", 0, "--workers", workers)


def floor(workers: int) -> Server:
    return Server("benchmarks.http.floor", "--workers", workers)
