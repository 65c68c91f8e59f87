"""A real cluster under faults: never a wrong answer, never a lost document; what cannot be answered says so."""

from __future__ import annotations

import base64
import shutil
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from search.archive import Archive
from search.config import Config, Index, OpenSearch, Source, load_config
from search.document import Document
from search.engine import Request
from search.errors import ConfigError, EngineUnavailable, PublishLocked
from search.matching import Everything
from search.opensearch_engine.engine import OpenSearchEngine
from search.query import Query

pytestmark = pytest.mark.cluster


def config_on(servers, folder: Path, **settings: object) -> Config:
    where = {"hosts": servers.hosts, "name": f"test-{uuid.uuid4().hex}", "shards": 3, "replicas": 1} | settings
    return Config(
        sources=(Source(path="docs.jsonl"),),
        engine="opensearch",
        opensearch=OpenSearch(**where),
        index=Index(),
        path=folder / "config.yaml",
    )


def documents(count: int, version: str = "one") -> list[Document]:
    return [Document(f"d{number:05}", f"version {version}", summary=f"number {number}") for number in range(count)]


@pytest.fixture
def archive(cluster, tmp_path):
    config = config_on(cluster, tmp_path)
    engine = OpenSearchEngine(config)
    yield Archive(config, engine)
    cluster.wait("yellow", 3)
    engine.client.indices.delete(index=f"{config.opensearch.name}-*")
    engine.close()


class Visitors:
    """Some threads that search without pause, and what became of it."""

    def __init__(self, archive: Archive, total: int, threads: int = 3) -> None:
        self.archive, self.total = archive, total
        self.answers, self.wrong, self.refused = 0, [], []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._search) for _ in range(threads)]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _search(self) -> None:
        while not self._stop.is_set():
            try:
                page = self.archive.search(Query("version"))
            except EngineUnavailable:
                self.refused.append(time.monotonic())
                time.sleep(0.05)
                continue
            self.answers += 1
            if page.total != self.total or len(page.hits) != 10:
                self.wrong.append((page.total, len(page.hits)))


def told(what: str, visitors: Visitors, began: float) -> None:
    window = max(visitors.refused, default=began) - began
    print(
        f"{what}: {visitors.answers} right, {len(visitors.wrong)} wrong, {len(visitors.refused)} refused, the last after {window:.1f} s"
    )


def test_a_node_killed_during_searches_costs_no_wrong_answer(cluster, archive):
    archive.engine.build(documents(1_000))
    cluster.wait("green", 3)
    with Visitors(archive, 1_000) as visitors:
        time.sleep(1)
        began = time.monotonic()
        cluster.kill(2)
        time.sleep(12)
        before = visitors.answers
        time.sleep(3)
        assert visitors.answers > before, "searches did not come back"
    told("node killed", visitors, began)
    assert visitors.wrong == []
    cluster.start_node(2)
    cluster.wait("green", 3)
    assert archive.engine.verify() == []


def test_a_node_that_answers_nobody_costs_no_wrong_answer(cluster, archive):
    archive.engine.build(documents(1_000))
    cluster.wait("green", 3)
    with Visitors(archive, 1_000) as visitors:
        time.sleep(1)
        began = time.monotonic()
        cluster.pause(1)
        try:
            time.sleep(25)
        finally:
            cluster.resume(1)
        time.sleep(5)
    told("node cut off", visitors, began)
    assert visitors.wrong == []
    assert visitors.answers > 0
    cluster.wait("green", 3)
    assert archive.search(Query("version")).total == 1_000


def test_a_node_killed_during_a_build_loses_nothing_and_visitors_keep_the_generation_before(cluster, archive):
    archive.engine.build(documents(500))
    cluster.wait("green", 3)
    killed = threading.Event()

    def progress(done: int, of: int) -> None:
        if done >= 3_000 and not killed.is_set():
            killed.set()
            cluster.kill(0)

    with Visitors(archive, 500, threads=1) as visitors:
        publisher = OpenSearchEngine(archive.config)
        visitors_end = visitors._stop
        generation = publisher.build(
            documents(8_000, "two"), lambda done, of: progress(done, of) or (done == of and visitors_end.set())
        )
    assert killed.is_set()
    assert set(visitors.wrong) <= {(8_000, 10)}
    assert generation.documents == archive.search(Query("two")).total == 8_000
    cluster.start_node(0)
    cluster.wait("green", 3)
    assert publisher.verify() == []
    assert archive.engine.current().id == generation.id


def test_a_cluster_that_is_down_says_so_and_answers_as_before_when_it_is_back(cluster, archive):
    from webui import create_app

    archive.engine.build(documents(300))
    cluster.wait("green", 3)
    for number in range(3):
        cluster.kill(number)
    answer = create_app(archive.config, archive.engine).test_client().get("/search?q=version")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    for number in range(3):
        cluster.start_node(number)
    cluster.wait("green", 3)
    assert archive.search(Query("version")).total == 300
    assert archive.engine.verify() == []


def test_two_publishers_at_once_are_told_and_a_dead_one_is_no_hindrance(archive):
    archive.engine.build(documents(10))
    with archive.engine.indices.publishing(), pytest.raises(PublishLocked, match=r"process .* is publishing"):
        archive.engine.update(documents(1, "two"), [])
    lock = f"{archive.config.opensearch.name}-publishing"
    dead = {"holder": "process 1", "token": "x", "until": time.time() - 1}
    archive.engine.client.index(index=lock, id="lock", body=dead, params={"refresh": "true"})
    assert archive.engine.update(documents(1, "two"), []).documents == 10


def test_a_damaged_document_is_found(archive):
    archive.engine.build(documents(10))
    engine = archive.engine
    index = engine.indices.current().name
    engine.client.indices.put_settings(index=index, body={"index.blocks.write": False})
    engine.client.delete(index=index, id="d00003", params={"refresh": "true"})
    assert [sentence.split(": ", 1)[1] for sentence in engine.verify()] == ["holds 9 documents instead of 10; build again"]


def test_earlier_generations_are_pruned_and_an_unfinished_one_is_cleared_away(archive):
    engine = archive.engine
    engine.build(documents(5))
    name = engine.indices.current().name
    unfinished = f"{name[:-6]}000000"
    engine.client.indices.create(index=unfinished)
    for _ in range(4):
        engine.update(documents(1, "two"), [])
    assert len(engine.generations()) == 1 + archive.config.index.keep
    assert not engine.client.indices.exists(index=unfinished)


def test_moving_to_a_cluster_and_back_is_one_command_each_way(cluster, tmp_path):
    from indexer.cli import main as indexer

    root = Path(__file__).parents[2]
    shutil.copytree(root / "corpus", tmp_path / "corpus")
    here = (root / "config.yaml").read_text(encoding="utf-8")
    path = tmp_path / "config.yaml"
    path.write_text(here, encoding="utf-8")
    assert indexer(["build", "--config", str(path)]) in (0, 1)
    there = here.replace("\nengine: whoosh", "\nengine: opensearch")
    there = there.replace("http://127.0.0.1:9200", cluster.hosts[0]).replace("name: cyberspace", f"name: test-{uuid.uuid4().hex}")
    whoosh = Archive(load_config(path))
    path.write_text(there, encoding="utf-8")
    assert load_config(path).engine == "opensearch"
    assert indexer(["build", "--config", str(path)]) in (0, 1)
    opensearch = Archive(load_config(path))
    for query in (
        Query("cyber insurance"),
        Query("china", sort="newest"),
        Query(sort="title"),
        Query("undersea cables"),
        Query("ciber"),
    ):
        one, other = whoosh.search(query), opensearch.search(query)
        assert (one.total, one.facets, one.suggestion) == (other.total, other.facets, other.suggestion)
        if query.order != "relevance":
            assert [hit.document for hit in one.hits] == [hit.document for hit in other.hits]
    assert (
        opensearch.search(Query("cyber insurance")).hits[0].document == whoosh.search(Query("cyber insurance")).hits[0].document
    )
    opensearch.engine.client.indices.delete(index=f"{opensearch.config.opensearch.name}-*")


def test_without_the_client_library_the_message_names_the_fix(tmp_path):
    program = (
        "import sys; sys.modules['opensearchpy'] = None\n"
        "from search.config import Config, Source\nfrom search.engine import open_engine\n"
        "open_engine(Config(sources=(Source(path='x'),), engine='opensearch'))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert "pip install 'finding-aid[opensearch]'" in run.stderr
    assert ConfigError.__name__ in run.stderr


@pytest.fixture
def secured(node, tmp_path):
    """The single node behind TLS and a password."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl was not found; install it, as in: apt-get install openssl")
    key, ca = tmp_path / "key.pem", tmp_path / "ca.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        str(key),
        "-out",
        str(ca),
        *subject,
    ]
    subprocess.run(made, check=True, capture_output=True)
    expected = "Basic " + base64.b64encode(b"editor:secret").decode()

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer, kind = 401, b'{"error": "unauthorized"}', "application/json"
            if self.headers.get("Authorization") == expected:
                wanted = {
                    name: value for name, value in self.headers.items() if name.lower() in ("content-type", "content-encoding")
                }
                asked = urllib.request.Request(node.hosts[0] + self.path, body or None, wanted, method=self.command)
                try:
                    with urllib.request.urlopen(asked) as answered:
                        status, answer, kind = answered.status, answered.read(), answered.headers.get("Content-Type", "")
                except urllib.error.HTTPError as error:
                    status, answer, kind = error.code, error.read(), error.headers.get("Content-Type", "")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}", ca
    server.shutdown()
    server.server_close()


def test_tls_and_a_password(secured, node, tmp_path):
    address, ca = secured
    right = {"hosts": (address,), "username": "editor", "password": "secret", "ca": ca.name, "shards": 1, "replicas": 0}
    engine = OpenSearchEngine(config_on(node, tmp_path, **right))
    engine.build(documents(20))
    assert engine.find(Request(Everything())).total == 20
    engine.client.indices.delete(index=f"{engine.config.opensearch.name}-*")
    engine.close()
    with pytest.raises(EngineUnavailable, match=r"opensearch\.password"):
        OpenSearchEngine(config_on(node, tmp_path, **(right | {"password": "wrong"}))).current()
    with pytest.raises(EngineUnavailable, match=r"opensearch\.ca"):
        OpenSearchEngine(config_on(node, tmp_path, **(right | {"ca": ""}))).current()
