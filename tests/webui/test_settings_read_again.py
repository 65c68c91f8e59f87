"""At SIGHUP a server goes on with the configuration as it is then, without an interruption."""

from __future__ import annotations

import gc
import os
import re
import signal
import weakref
from pathlib import Path

import pytest
from served import archive, get, served, status
from waiting import wait_until

from indexer.commands.cli import main as indexer
from search.config.loading import load_config
from webui import create_app
from webui.serving.server import _Application


@pytest.fixture
def config(tmp_path) -> Path:
    path = Path(archive(tmp_path))
    assert indexer(["build", "--config", str(path)]) == 0
    return path


def workers_of(server: int) -> list[str]:
    return sorted(pid for file in Path(f"/proc/{server}/task").glob("*/children") for pid in file.read_text().split())


def change(config: Path, settings: str) -> None:
    config.write_text(f"sources: [{{path: docs.jsonl}}]\nindex: {{path: index}}\n{settings}\n")


def test_a_document_is_withdrawn_without_an_interruption(config):
    with served(str(config), workers=2) as (port, server):
        assert status(port, "/documents/d1") == 200
        change(config, "withdrawn: [d1]\nsite: {name: Renamed}")
        os.kill(server, signal.SIGHUP)
        seen = set()

        def is_gone() -> bool:
            assert get(port, "/healthz")[0] == 200
            seen.add(status(port, "/documents/d1"))
            return all(status(port, f"/documents/d1?try={number}") == 410 for number in range(8))

        wait_until("the document is withdrawn in all workers", is_gone)
        assert seen <= {200, 410}
        wait_until("all pages have the new name", lambda: "Renamed" in get(port, "/")[1])


def test_the_counts_of_the_server_go_on(config):
    def answered(port: int) -> int:
        return int(re.search(r'status="2xx"} (\d+)', get(port, "/metrics")[1])[1])

    with served(str(config)) as (port, server):
        get(port, "/")
        before = answered(port)
        change(config, "site: {name: Renamed}")
        os.kill(server, signal.SIGHUP)
        wait_until("the settings are used", lambda: "Renamed" in get(port, "/")[1])
        assert answered(port) > before > 0


def test_the_application_with_the_settings_before_is_released(config):
    before = create_app(load_config(config))
    server = _Application(before, lambda _: create_app(load_config(config)), {})
    known = weakref.ref(before)
    del before
    gc.freeze()  # as before a process is started
    assert server.take_new()
    assert known() is None


def test_a_mistake_of_the_program_ends_no_server(config, caplog):
    before = create_app(load_config(config))
    server = _Application(before, lambda _: before.extensions["no such thing"], {})
    assert not server.take_new()
    assert server.app is before
    assert "KeyError: 'no such thing'" in caplog.text


def test_a_folder_without_an_index_is_not_used(config, capfd):
    with served(str(config)) as (port, server):
        assert get(port, "/healthz")[0] == 200
        config.write_text("sources: [{path: docs.jsonl}]\nindex: {path: other}\n")
        os.kill(server, signal.SIGHUP)
        refused = re.compile("serving with the configuration read before: .*/other: nothing has been published here yet")
        wait_until("it is refused", lambda: refused.search(capfd.readouterr().err) is not None)
        assert status(port, "/documents/d1") == 200


def test_a_configuration_with_a_mistake_is_not_used(config, capfd):
    with served(str(config)) as (port, server):
        assert get(port, "/healthz")[0] == 200  # before it answers, the signal ends it
        workers = workers_of(server)
        change(config, "colour: red")
        os.kill(server, signal.SIGHUP)
        log = ""

        def is_refused() -> bool:
            nonlocal log
            log += capfd.readouterr().err
            return "colour: is not a setting" in log

        wait_until("the mistake is in the log", is_refused)
        assert "serving with the configuration read before" in log
        assert status(port, "/documents/d1") == 200
        os.kill(server, signal.SIGHUP)  # the first has been handled when this one is
        wait_until("it is refused again", lambda: "colour: is not a setting" in capfd.readouterr().err)
        assert workers_of(server) == workers


def test_a_language_is_used_when_its_index_has_been_built(config, capfd):
    with served(str(config)) as (port, server):
        before = get(port, "/readyz")[1]
        change(config, "language: de")
        os.kill(server, signal.SIGHUP)
        wait_until("it is refused", lambda: "was built with another language" in capfd.readouterr().err)
        assert get(port, "/readyz")[1] == before
        assert indexer(["build", "--config", str(config)]) == 0
        os.kill(server, signal.SIGHUP)
        wait_until("it is used", lambda: '<html lang="de"' in get(port, "/")[1])
        assert get(port, "/readyz")[1] != before
