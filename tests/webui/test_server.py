"""`python -m webui serve` as a process: what arrives late, too long, or at a port that is taken."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from indexer.cli import main as indexer
from webui.server import READ_SECONDS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("served")
    (folder / "docs.jsonl").write_text(json.dumps({"id": "d1", "title": "Cyber insurance", "text": "Risk."}) + "\n")
    (folder / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n")
    assert indexer(["build", "--config", str(folder / "config.yaml")]) == 0
    return str(folder / "config.yaml")


def command(config: str, port: int) -> list[str]:
    return [sys.executable, "-m", "webui", "serve", "--config", config, "--port", str(port), "--workers", "1", "--threads", "4"]


@pytest.fixture
def port(config) -> Iterator[int]:
    process = subprocess.Popen(command(config, 0), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process.stdout:
        told = re.fullmatch(r"serving on http://127\.0\.0\.1:(\d+)\n", process.stdout.readline())
        assert told
        yield int(told[1])
        process.terminate()
        assert process.wait(15) == 0


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=READ_SECONDS + 10) as answer:
        return answer.status, answer.read().decode()


def test_requests_that_never_arrive_do_not_keep_others_out(port):
    with ExitStack() as open_sockets:
        for _ in range(20):
            half = open_sockets.enter_context(socket.create_connection(("127.0.0.1", port)))
            half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        time.sleep(0.5)
        began = time.monotonic()
        assert get(port, "/healthz")[0] == 200
        assert time.monotonic() - began < 2 * READ_SECONDS


def test_a_long_query_in_chinese_is_answered(port):
    assert get(port, "/search?q=" + urllib.parse.quote("网络安全" * 500))[0] == 200


def test_a_port_that_is_taken_is_one_sentence_and_exit_code_2(config, port):
    run = subprocess.run(command(config, port), cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert run.returncode == 2
    assert re.fullmatch(rf"cannot listen on 127\.0\.0\.1:{port}: .*; choose others with --host and --port\n", run.stderr)
