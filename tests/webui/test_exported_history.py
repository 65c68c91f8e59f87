"""An archive built from its dump continues its history: feeds, harvesters and old addresses do not change."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sickle import Sickle
from sickle.response import OAIResponse

from indexer.commands.cli import main as indexer
from search.changes import Changes
from search.config.loading import load_config
from search.engines.open_engine import open_engine
from search.history import History, load_newest_history, read_lines, save_history, write_lines
from webui import create_app
from webui.__main__ import main as webui

CONFIG = """
sources: [{path: docs.jsonl}]
index: {path: index}
site: {name: Town, address: "https://town.example"}
"""


def write(home: Path, *records: tuple[str, str]) -> None:
    (home / "docs.jsonl").write_text("".join(json.dumps({"id": one, "title": title, "text": "x"}) + "\n" for one, title in records))


def run(word: str, home: Path, *options: str) -> int:
    return indexer([word, "--config", str(home / "config.yaml"), *options])


@pytest.fixture
def home(published, tmp_path) -> Path:
    """A copy of the published archive."""
    return shutil.copytree(published, tmp_path / "home")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """An archive in which something was added, changed, removed and withdrawn, each in a publication of its own."""
    home = tmp_path_factory.mktemp("published")
    (home / "config.yaml").write_text(CONFIG)
    for records in (
        [("old", "Old"), ("edited", "Before"), ("removed", "Removed"), ("hidden", "Hidden")],
        [("old", "Old"), ("edited", "After"), ("removed", "Removed"), ("hidden", "Hidden")],
        [("old", "Old"), ("edited", "After"), ("hidden", "Hidden"), ("late", "Late")],
    ):
        write(home, *records)
        assert run("build", home, "--allow-loss", "1") == 0
    (home / "config.yaml").write_text(CONFIG + "withdrawn: [hidden]\n")
    make_older(home)
    return home


def make_older(home: Path) -> None:
    """Let all this be ten days ago: a harvester is told of what has just changed a little later than it was."""
    config = load_config(home / "config.yaml")
    history = load_newest_history(config)
    changes = {name: (earlier(first), earlier(last)) for name, (first, last) in history.changes.items()}
    gone = {name: earlier(when) for name, when in history.gone.items()}
    save_history(config, open_engine(config).current().id, History(Changes.pack(changes.items()), gone))
    os.utime(config.path, (1_700_000_000, 1_700_000_000))


def earlier(when: str) -> str:
    return (datetime.fromisoformat(when) - timedelta(days=10)).isoformat(timespec="milliseconds")


@pytest.fixture
def moved(home, tmp_path) -> Path:
    """The same archive, built from its dump."""
    assert webui(["export", str(tmp_path / "moved"), "--config", str(home / "config.yaml")]) == 0
    assert run("build", tmp_path / "moved") == 0
    return tmp_path / "moved"


def client_of(home: Path):
    return create_app(load_config(home / "config.yaml")).test_client()


class Harvester(Sickle):
    """The harvester of the package `sickle`, asking an application instead of a server."""

    def __init__(self, home: Path) -> None:
        super().__init__("https://town.example/oai")
        self.client = client_of(home)

    def harvest(self, **arguments):
        answer = self.client.get("/oai", query_string=arguments)
        return OAIResponse(SimpleNamespace(text=answer.text, content=answer.data, encoding="utf-8"), params=arguments)

    def take(self) -> set[tuple[str, str, bool]]:
        return {(one.identifier, one.datestamp, one.deleted) for one in self.ListIdentifiers(metadataPrefix="oai_dc")}


def test_a_harvester_and_a_feed_reader_see_the_same_as_before(home, moved):
    taken = Harvester(home).take()
    assert {(name.rpartition(":")[2], deleted) for name, _, deleted in taken} == {
        *(("old", False), ("edited", False), ("late", False), ("removed", True), ("hidden", True)),
    }
    assert Harvester(moved).take() == taken
    feeds = [client_of(folder).get("/search.atom").text for folder in (home, moved)]
    assert feeds[0] == feeds[1]


def test_what_is_gone_stays_gone_and_not_unknown(home, moved):
    for folder in (home, moved):
        codes = [client_of(folder).get(f"/documents/{one}").status_code for one in ("removed", "hidden", "never-was")]
        assert codes == [410, 410, 404]


def test_what_changes_after_the_move_is_reported_as_changed(moved):
    before = Harvester(moved).take()
    dump = moved / "documents.jsonl"
    dump.write_text(dump.read_text().replace('"title":"Old"', '"title":"New"'))
    assert run("update", moved) == 0
    assert {name.rpartition(":")[2] for name, _, _ in Harvester(moved).take() - before} == {"old"}
    times = load_newest_history(load_config(moved / "config.yaml")).changes
    assert times["old"][0] < times["old"][1]
    assert times["late"][0] == times["late"][1] < times["old"][1]


def test_without_the_file_a_new_history_begins(home, tmp_path):
    assert webui(["export", str(tmp_path / "new"), "--config", str(home / "config.yaml")]) == 0
    (tmp_path / "new" / "history.jsonl").unlink()
    assert run("build", tmp_path / "new") == 0
    assert client_of(tmp_path / "new").get("/documents/removed").status_code == 404


@pytest.mark.parametrize("line", ["{", '{"id": "a", "changed": "yesterday"}', '{"id": "a", "seen": ""}', '{"changed": ""}'])
def test_a_bad_line_is_reported_with_its_place_and_nothing_is_published(home, tmp_path, capsys, line):
    folder = tmp_path / "bad"
    assert webui(["export", str(folder), "--config", str(home / "config.yaml")]) == 0
    lines = (folder / "history.jsonl").read_text().splitlines()
    (folder / "history.jsonl").write_text("\n".join([lines[0], line, *lines[1:]]))
    assert run("check", folder) == 1
    assert "history.jsonl:2: is no line of a history" in capsys.readouterr().err
    assert run("build", folder) != 0
    assert "remove this file to begin a new history" in capsys.readouterr().err
    assert not (folder / "index" / "CURRENT").exists()


def test_a_generation_that_cannot_be_read_any_more_leaves_its_history(home):
    before = load_newest_history(load_config(home / "config.yaml"))
    manifests = [path for path in (home / "index").rglob("*") if path.is_file() and b'"manifest"' in path.read_bytes()]
    assert manifests
    for manifest in manifests:
        manifest.write_text("damaged")
    assert run("build", home, "--allow-loss", "9") == 0
    after = load_newest_history(load_config(home / "config.yaml"))
    assert {name: first for name, (first, _) in after.changes.items()} == {name: first for name, (first, _) in before.changes.items()}
    assert after.gone == before.gone


IDS = st.text(min_size=1)
TIMES = st.datetimes().map(lambda when: f"{when.isoformat(timespec='milliseconds')}+00:00")


@given(st.dictionaries(IDS, st.tuples(TIMES, TIMES)), st.dictionaries(IDS, TIMES))
def test_a_history_is_read_back_as_it_was_written(changes, gone):
    history = History(Changes.pack(sorted(changes.items())), gone)
    assert read_lines(write_lines(history)) == history


def test_the_export_of_an_archive_built_from_a_dump_is_that_dump(moved, tmp_path):
    assert webui(["export", str(tmp_path / "again"), "--config", str(moved / "config.yaml")]) == 0
    assert (tmp_path / "again" / "history.jsonl").read_text() == (moved / "history.jsonl").read_text()
