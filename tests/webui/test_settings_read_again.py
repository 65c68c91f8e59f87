"""At SIGHUP a server goes on with the configuration as it is then, without an interruption."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from served import archive, get, served, status
from waiting import wait_until

from indexer.commands.cli import main as indexer


@pytest.fixture
def config(tmp_path) -> Path:
    path = Path(archive(tmp_path))
    assert indexer(["build", "--config", str(path)]) == 0
    return path


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


def test_a_configuration_with_a_mistake_is_not_used(config, capfd):
    with served(str(config)) as (port, server):
        assert get(port, "/healthz")[0] == 200  # before it answers, the signal ends it
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
