"""A server behind TLS and a password."""

from __future__ import annotations

import base64
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from remote_archives import config_on, documents

from search.engines.contract import Request
from search.engines.opensearch.engine import OpenSearchEngine
from search.errors import EngineUnavailable
from search.query_language.matching import Everything

pytestmark = pytest.mark.cluster


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
