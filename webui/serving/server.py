"""The web server: gunicorn with our limits. Its processes, each with several threads, share the mapped index."""

from __future__ import annotations

import contextlib
import gc
import logging
import socket
import time
from array import array
from collections.abc import Callable
from mmap import mmap
from typing import Any

import gunicorn.http.message
import gunicorn.http.wsgi
from flask import Flask, Response
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import (
    ConfigurationProblem,
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

from webui.serving.errors import response_to_unparsable_request
from webui.serving.responses import MAX_URL

_log = logging.getLogger("webui")
THREADS = 8
"""Default number of threads in each process."""
EXPORTS_SHARE = 4
"""One thread in four may write an export; the others are reserved for pages."""
READ_SECONDS = 10
"""Longest time a request may take to arrive; without it a client that vanishes half-way would occupy its thread for ever."""
_CROWDED_SECONDS = 1
"""The same while every thread waits for a request to arrive, so that slow clients cannot lock out all others."""
_STOP_SECONDS = 10
_LONGEST_LINE = MAX_URL + 100
"""A little more than the application takes, so that an address that is too long gets a page that says so."""
_UNREAD_SECONDS = 2
"""Longest time to read the rest of a request that has been refused: the client may send all of it before it reads the answer."""
_UNREAD_BYTES = 1 << 20
"""The most that is read of it."""
_YIELD_SECONDS = 0.002
"""How long a worker leaves a new connection to workers with fewer: a few times as long as those take to wake up."""
_SLOTS = 256
_connections = memoryview(mmap(-1, 4 * _SLOTS)).cast("i")
"""The number of connections of each worker, -1 for a free slot; in memory that all workers share."""
_connections[:] = memoryview(array("i", [-1] * _SLOTS))

_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (InvalidResponseHeader, 500),  # a mistake of ours, though to gunicorn it is a kind of invalid header
    (InvalidResponseHeaderName, 500),
    (LimitRequestLine, 414),
    (LimitRequestHeaders, 431),
    (UnsupportedTransferCoding, 501),
    (ExpectationFailed, 417),
    (ConfigurationProblem, 500),
    (ParseException, 400),
)


def _status(error: Exception) -> int:
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def _encode_response(response: Response) -> bytes:
    """Return a response as HTTP/1.1, after which the connection ends."""
    response.headers["Connection"] = "close"
    head = [f"HTTP/1.1 {response.status}", *(f"{name}: {value}" for name, value in response.headers.items())]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + response.get_data()


class _Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads with three changes.

    A request must arrive within a time limit; by default a thread waits for ever for the rest of it. Connections spread over the
    workers; by default the system gives most of them to one. A connection is ended by the thread that answered; by default the
    loop that serves all connections waits two seconds for a client that leaves its side open.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[Any, float] = {}

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        _connections[self.age % _SLOTS] = self.nr_conns
        super().wait_for_and_dispatch_events(timeout)

    def accept(self, listener: Any) -> None:
        """Take a new connection, unless a worker with fewer connections takes it first."""
        if self.nr_conns > min((count for count in _connections if count >= 0), default=0):
            time.sleep(_YIELD_SECONDS)
        super().accept(listener)

    def handle(self, conn: Any) -> Any:
        self._arriving[conn] = time.monotonic()
        try:
            kept = super().handle(conn)
            if kept is False:
                self._arriving[conn] = time.monotonic()
                _end(conn)
            return kept
        finally:
            self._arriving.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        self._arriving.pop(conn, None)
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer a request that gunicorn cannot parse as other errors are answered; log neither the client nor the address."""
        status = _status(exc)
        if status == 500:
            self.log.error("error outside of the application", exc_info=exc)
        else:
            self.log.warning("a request could not be read: %s", type(exc).__name__)
        with contextlib.suppress(OSError):  # the client has disconnected
            client.sendall(_encode_response(response_to_unparsable_request(self.app.app, status)))
        _read_rest(client)

    def murder_pending(self) -> None:
        """End connections that have been idle, or whose request has been arriving, for too long; called about once a second."""
        super().murder_pending()
        crowded = len(self._arriving) >= self.cfg.threads
        late = time.monotonic() - (_CROWDED_SECONDS if crowded else READ_SECONDS)
        for conn, since in list(self._arriving.items()):
            if since < late:
                with contextlib.suppress(OSError):  # the client has just closed it
                    conn.sock.shutdown(socket.SHUT_RD)


def _end(conn: Any) -> None:
    """Shut a connection down on both sides, and leave its closing to gunicorn, which then has nothing to wait for."""
    headers = getattr(getattr(conn.parser, "mesg", None), "headers", ())
    if any(name in ("CONTENT-LENGTH", "TRANSFER-ENCODING") for name, _ in headers):
        _read_rest(conn.sock)
    with contextlib.suppress(OSError):  # the client has closed it
        conn.sock.shutdown(socket.SHUT_RDWR)


def _read_rest(connection: socket.socket) -> None:
    """End the answer and read what the client still sends, as the system resets a connection with unread bytes at once."""
    unread, end = 0, time.monotonic() + _UNREAD_SECONDS
    with contextlib.suppress(OSError):  # the client has closed it, or sends nothing for too long
        connection.shutdown(socket.SHUT_WR)
        while unread < _UNREAD_BYTES and (left := end - time.monotonic()) > 0:
            connection.settimeout(left)
            received = connection.recv(_UNREAD_BYTES)
            if not received:
                return
            unread += len(received)


def _forget(age: int) -> None:
    """Free the slot of a worker that has ended, so that the others no longer leave connections to it."""
    _connections[age % _SLOTS] = -1


class _Application(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, renew: Callable[[Flask], Flask], settings: dict[str, Any]) -> None:
        self.app = app
        self.renew = renew
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def run(self) -> None:
        _Arbiter(self).run()

    def take_new(self) -> bool:
        """Make the application again; whether there is another now."""
        try:
            made = self.renew(self.app)
        except Exception:  # noqa: BLE001  # a mistake of ours, which must not end a server that answers
            _log.exception("serving as before")
            return False
        if made is self.app:
            return False
        self.app = made
        gc.unfreeze()
        gc.collect()  # the application until now: once it is frozen again, nothing releases it
        return True


class _Arbiter(Arbiter):  # type: ignore[misc]
    def reload(self) -> None:
        """Start workers with the application made at SIGHUP, and end the old when they have answered; none if it is the same."""
        if self.app.take_new():
            super().reload()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to this address; port 0 is any free one. Raises OSError if it cannot be bound."""
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    # Its connections have this option too. A response is sent as head and body; by default the system keeps the body back until
    # the client has acknowledged the head, which many do only after 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(
    app: Flask,
    listener: socket.socket,
    workers: int,
    threads: int,
    begin: Callable[[Flask, int], None],
    renew: Callable[[Flask], Flask],
) -> None:
    """Answer requests until SIGTERM or SIGINT, finish those that have begun, and end the process.

    `begin` is called in each process before its first request, with a number that no other process has had. `renew` is called
    at SIGHUP and returns the application from then on.
    """
    # gunicorn's setting ends at 8,190 bytes, too few for a query of 1,000 Chinese characters; its name has no setting.
    gunicorn.http.message.MAX_REQUEST_LINE = _LONGEST_LINE
    gunicorn.http.wsgi.SERVER = "web"
    settings = {
        "bind": f"fd://{listener.detach()}",
        "workers": workers,
        "threads": threads,
        "worker_class": _Worker,
        "graceful_timeout": _STOP_SECONDS,
        "limit_request_line": _LONGEST_LINE,
        # By default anyone whose proxy is on this machine, and passes their headers on, may say where the path begins.
        "forwarder_headers": "",
        "loglevel": "warning",
        # Otherwise the first garbage collection writes to every object, and the processes no longer share their memory.
        "pre_fork": lambda server, worker: gc.freeze(),
        "post_fork": lambda server, worker: begin(server.app.app, worker.age),
        "child_exit": lambda server, worker: _forget(worker.age),
    }
    _Application(app, renew, settings).run()
