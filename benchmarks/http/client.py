"""A local HTTP client: several kept-alive connections with one request at a time on each, in one thread.

It reads only as much of a response as it needs to find its end, so that the server is measured; it reports how busy it was.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

HOST = "127.0.0.1"
LONGEST_LOAD = 10
"""Seconds after which no more requests are sent; those under way are answered."""
_PATIENCE = 20
"""Seconds without an answer after which the run fails."""
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
_ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.I)


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: milliseconds from sending the request to the last byte, status, bytes of the body, and its ETag."""

    ms: float
    status: int
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class Load:
    """The responses in order, the seconds they took together, and the share of that time in which the client was busy."""

    answers: list[Answer]
    seconds: float
    busy: float


def request(path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join((*lines, "", "")).encode("ascii")


def ask(port: int, requests: Sequence[bytes], connections: int) -> Load:
    """Send all requests, each on the first free connection. There must be at least one request for each connection."""
    waiting = enumerate(requests)
    answers: dict[int, Answer] = {}
    with ExitStack() as opened, selectors.DefaultSelector() as readable:
        for _ in range(connections):
            connection = _Connection(opened.enter_context(socket.create_connection((HOST, port))))
            readable.register(connection.socket, selectors.EVENT_READ, connection)
        worked, start = time.process_time(), time.perf_counter()
        for key in readable.get_map().values():
            key.data.send(*next(waiting))
        under_way = connections
        while under_way:
            for connection in _ready(readable):
                answer = connection.receive()
                if answer is not None:
                    answers[connection.number] = answer
                    following = next(waiting, None) if time.perf_counter() - start < LONGEST_LOAD else None
                    if following is None:
                        under_way -= 1
                    else:
                        connection.send(*following)
        seconds = time.perf_counter() - start
        busy = (time.process_time() - worked) / seconds
    return Load([answers[number] for number in sorted(answers)], seconds, busy)


def _ready(readable: selectors.BaseSelector) -> Iterator[_Connection]:
    events = readable.select(_PATIENCE)
    if not events:
        raise RuntimeError(f"the server has not answered for {_PATIENCE} seconds")
    return (key.data for key, _ in events)


class _Connection:
    """One connection with at most one open request, `number`."""

    def __init__(self, connected: socket.socket) -> None:
        self.socket = connected
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, number: int, request: bytes) -> None:
        self.number = number
        self._received = b""
        self._sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Answer | None:
        """Read what has arrived; return the response when it is complete."""
        arrived = self.socket.recv(1 << 20)
        now = time.perf_counter()
        if not arrived:
            raise RuntimeError("the server closed a connection it had promised to keep")
        self._received += arrived
        head, _, body = self._received.partition(b"\r\n\r\n")
        status, length = int(head[9:12] or 0), _LENGTH.search(head)
        if len(body) < (int(length[1]) if length else 0) or b"\r\n\r\n" not in self._received:
            return None
        if length is None and status != 304:
            raise RuntimeError("an answer does not say how long it is")
        etag = _ETAG.search(head)
        return Answer((now - self._sent_at) * 1000, status, len(body), etag[1].decode("ascii") if etag else "")
