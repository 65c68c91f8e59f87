"""Several workers behind one port: connections spread over them, and requests go on when one ends or hangs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from served import archive, get, served
from waiting import PATIENCE, wait_until

from indexer.commands.cli import main as indexer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks the workers up below /proc")
WORKERS, CONNECTIONS, TRIES = 3, 60, 20


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> str:
    path = archive(tmp_path_factory.mktemp("workers"))
    assert indexer(["build", "--config", path]) == 0
    return path


@pytest.fixture(scope="module")
def all_workers(config) -> Iterator[tuple[int, int]]:
    """The port and the process id of a server that the tests of this file share; each leaves all its workers running."""
    with served(config, WORKERS) as server:
        yield server


@pytest.fixture
def port_and_server(all_workers) -> tuple[int, int]:
    port, server = all_workers
    wait_until("all workers have started", lambda: all_started(server, port))
    return all_workers


def workers(server: int) -> list[int]:
    return [int(pid) for file in Path(f"/proc/{server}/task").glob("*/children") for pid in file.read_text().split()]


def all_started(server: int, port: int) -> bool:
    """Whether all workers are running and one of them answers."""
    return get(port, "/healthz")[0] == 200 and len(workers(server)) == WORKERS


def connections_of(worker: int, port: int) -> int:
    """How many established connections to this port a process holds."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    established = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01"}
    return sum(os.readlink(file) in established for file in Path(f"/proc/{worker}/fd").iterdir() if file.is_symlink())


def keep_alive(port: int) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read()
    return connection


def held_by_each(server: int, port: int) -> list[int]:
    """How many of some new connections each worker holds while all of them are kept."""
    kept = [keep_alive(port) for _ in range(CONNECTIONS)]
    held = [connections_of(worker, port) for worker in workers(server)]
    for connection in kept:
        connection.close()
    return held


def test_connections_that_are_kept_spread_over_the_workers(port_and_server):
    port, server = port_and_server
    fair = CONNECTIONS // WORKERS
    # Tried again where this machine was too busy for a worker to wake up in time.
    tries: list[list[int]] = []
    while not tries or (len(tries) < TRIES and any(abs(held - fair) > 1 for held in tries[-1])):
        tries.append(held_by_each(server, port))
    assert all(abs(held - fair) <= 1 for held in tries[-1]), tries


def test_requests_go_on_when_a_worker_ends_and_another_takes_its_place(port_and_server):
    port, server = port_and_server
    ended = workers(server)[0]
    os.kill(ended, signal.SIGKILL)
    assert [get(port, "/search?q=insurance")[0] for _ in range(20)] == [200] * 20
    wait_until("another worker has started", lambda: all_started(server, port) and ended not in workers(server))


def test_requests_go_on_while_a_worker_hangs(port_and_server):
    port, server = port_and_server
    hanging = workers(server)[0]
    os.kill(hanging, signal.SIGSTOP)
    try:
        assert [get(port, "/search?q=insurance")[0] for _ in range(20)] == [200] * 20
    finally:
        os.kill(hanging, signal.SIGCONT)
