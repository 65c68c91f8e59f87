"""One publisher at a time; `watch` publishes what an editor saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from lettered_archive import line, published_places
from waiting import PATIENCE, wait_until

from search.config.loading import load_config
from search.engines.open_engine import open_engine

ROOT = Path(__file__).parents[3]


def test_two_publishers_do_not_meet(run, folder, capsys):
    with open_engine(load_config(folder / "config.yaml")).generations_on_disk.publishing():
        assert run("build") == 2
    assert f"process {os.getpid()} is publishing" in capsys.readouterr().err
    assert run("build") == 0


def test_watch_publishes_what_an_editor_saves(folder):
    command = [sys.executable, "-m", "indexer", "watch", "--config", str(folder / "config.yaml")]
    watcher = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert watcher.stdout is not None
        assert watcher.stdout.readline().startswith("watching")
        assert watcher.stdout.readline().startswith("published 3 documents")
        (folder / "corpus" / "d.jsonl").write_text(line("d"))
        assert "1 added" in watcher.stdout.readline()
        wait_until("the saved document is published", lambda: "d" in published_places(folder))
    finally:
        watcher.send_signal(signal.SIGINT)
        _, err = watcher.communicate(timeout=PATIENCE)
    assert (watcher.returncode, err) == (0, "")
