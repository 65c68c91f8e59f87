"""Servers of a small archive, as processes of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waiting import PATIENCE

ROOT = Path(__file__).parents[2]


def archive(folder: Path) -> str:
    """The configuration of an archive of one document, not indexed yet."""
    (folder / "docs.jsonl").write_text(json.dumps({"id": "d1", "title": "Cyber insurance", "text": "Risk."}) + "\n")
    (folder / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n")
    return str(folder / "config.yaml")


def command(config: str, port: int, workers: int = 1) -> list[str]:
    options = {"--config": config, "--port": port, "--workers": workers, "--threads": 4}
    return [sys.executable, "-m", "webui", "serve", *(str(each) for option in options.items() for each in option)]


@contextmanager
def served(config: str, workers: int = 1) -> Iterator[tuple[int, int]]:
    """The port and the process id of a server that ends by itself when it is asked to."""
    process = subprocess.Popen(command(config, 0, workers), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process.stdout:
        said = re.fullmatch(r"serving on http://127\.0\.0\.1:(\d+)\n", process.stdout.readline())
        assert said
        try:
            yield int(said[1]), process.pid
        finally:
            process.terminate()
            exit_code = process.wait(PATIENCE)
        assert exit_code == 0


@contextmanager
def serving(config: str, workers: int = 1) -> Iterator[int]:
    """The port of such a server."""
    with served(config, workers) as (port, _):
        yield port


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()


def status(port: int, path: str) -> int:
    try:
        return get(port, path)[0]
    except urllib.error.HTTPError as error:
        return error.code
