"""`python -m webui serve` as a process: what arrives late, too long, or at a port that is taken."""

from __future__ import annotations

import json
import re
import select
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPResponse

import pytest
from served import ROOT, archive, command, get, serving, status
from waiting import PATIENCE, wait_until

from indexer.commands.cli import main as indexer
from webui.serving.server import listen


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> str:
    path = archive(tmp_path_factory.mktemp("served"))
    assert indexer(["build", "--config", path]) == 0
    return path


@pytest.fixture(scope="module")
def port(config) -> Iterator[int]:
    """The port of a server that the tests of this file share."""
    with serving(config) as port:
        yield port


@pytest.mark.slow
def test_requests_that_never_arrive_do_not_keep_others_out(port):
    with ExitStack() as open_sockets:
        for _ in range(20):
            half = open_sockets.enter_context(socket.create_connection(("127.0.0.1", port)))
            half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        # Every thread waits for one of the twenty, which never end: without the limit on reading, this is not answered.
        assert get(port, "/healthz")[0] == 200


def test_clients_that_leave_ended_connections_open_do_not_keep_others_waiting(port):
    request = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with ExitStack() as open_sockets:
        for _ in range(int(PATIENCE)):
            left_open = open_sockets.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            left_open.sendall(request)
        # Waiting two seconds for each would take twice as long as this request may.
        assert get(port, "/healthz")[0] == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /search HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 30000\r\n\r\n", 405),
        (b"GET / HTTP/9.1\r\nHost: x\r\n\r\n", 400),
    ],
    ids=["no such method", "no such version"],
)
def test_a_client_that_is_refused_before_it_has_sent_everything_gets_the_answer(port, head, status):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(head)
        assert select.select([connection], [], [], PATIENCE)[0]  # the answer has been sent
        for _ in range(10):
            connection.sendall(b"a" * 3_000)
            time.sleep(0.01)  # time for a reset to arrive, after which nothing more can be sent or read
        assert connection.recv(12) == b"HTTP/1.1 %d" % status


def test_a_long_query_in_chinese_is_answered(port):
    assert get(port, "/search?q=" + urllib.parse.quote("网络安全" * 500))[0] == 200


def test_whichever_process_is_asked_shows_what_all_have_counted(config):
    with serving(config, workers=3) as port:
        for _ in range(40):
            assert status(port, "/search?q=insurance") == 200
        for number in range(20):
            told = get(port, "/metrics")[1]
            assert 'search_seconds_count{outcome="found"} 40\n' in told
            assert f'http_requests_total{{status="2xx"}} {40 + number}\n' in told


def test_a_harvester_may_ask_by_form(port):
    form = urllib.parse.urlencode({"verb": "ListRecords", "metadataPrefix": "oai_dc"}).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/oai", form, timeout=PATIENCE) as answer:
        assert b"<identifier>oai:127.0.0.1:d1</identifier>" in answer.read()


def test_a_body_is_not_kept_back_until_the_head_has_been_acknowledged():
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_that_is_taken_is_one_sentence_and_exit_code_2(config, port):
    run = subprocess.run(command(config, port), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert run.returncode == 2
    assert re.fullmatch(rf"cannot listen on 127\.0\.0\.1:{port}: .*; choose others with --host and --port\n", run.stderr)


def test_an_index_that_is_published_later_is_served_without_a_restart(tmp_path):
    path = archive(tmp_path)
    with serving(path) as port:
        assert status(port, "/readyz") == 503
        assert indexer(["build", "--config", path]) == 0
        wait_until("the new index is served", lambda: status(port, "/search?q=insurance") != 503)
        assert status(port, "/search?q=insurance") == 200


@pytest.mark.parametrize(
    ("request_", "status", "kind"),
    [
        (b"GET /search?q=%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"a" * 66_000), 414, "text/html"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: %s\r\n\r\n" % (b"a" * 20_000), 431, "text/html"),
        (b"secret words\r\n\r\n", 400, "application/problem+json"),
        (b"GET / HTTP/1.1\r\nsecret words: x\r\n\r\n", 400, "application/problem+json"),
        (b"GET / HTTP/9.1\r\n\r\n", 400, "application/problem+json"),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: secret\r\n\r\n", 501, "application/problem+json"),
    ],
    ids=["line", "headers", "no HTTP", "no header", "version", "coding"],
)
def test_what_cannot_be_read_is_answered_like_everything_else(port, request_, status, kind):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request_)
        answer = HTTPResponse(connection)
        answer.begin()
        body = answer.read()
    assert (answer.status, answer.getheader("Content-Type").partition(";")[0]) == (status, kind)
    assert answer.getheader("Content-Security-Policy").startswith("default-src 'none'")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert b"secret" not in body
    if kind == "application/problem+json":
        assert json.loads(body)["status"] == status


def test_what_cannot_be_read_is_logged_without_names_or_addresses(config):
    process = subprocess.Popen(command(config, 0), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    port = int(process.stdout.readline().rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(b"secret words\r\n\r\n")
        connection.recv(100)
    process.terminate()
    told = process.communicate(timeout=PATIENCE)[1]
    assert "a request could not be read: Invalid" in told
    assert "secret" not in told
    assert "127.0.0.1" not in told


def test_no_client_says_where_the_path_begins(port):
    for start in ("/documents", "/elsewhere"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/documents/d1", headers={"SCRIPT_NAME": start})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            assert answer.read().decode() == get(port, "/documents/d1")[1]
