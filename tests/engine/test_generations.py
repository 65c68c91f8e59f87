"""What a publication leaves on disk: shared segments, generations kept, rollback, and what is refused."""

from __future__ import annotations

import os

import archives
import pytest

from search.config.settings import OwnField
from search.engines.contract import Request
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.generations import Generations
from search.errors import IndexMissing, IndexOutdated, PublishLocked
from search.model.document import Document
from search.model.query import Selection
from search.query_language.matching import Everything


def test_nothing_published_says_what_to_run(config):
    with pytest.raises(IndexMissing, match="python -m indexer build"):
        WhooshEngine(config).current()


def test_untouched_segments_are_shared_by_hard_link_and_never_written_again(config):
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 50))
    first = config.index_path / engine.current().id
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    engine.update([Document("new", "New")], ["doc-0003"])
    second = config.index_path / engine.current().id
    shared = [path for path in second.iterdir() if path.stat().st_nlink > 1]
    assert {path.suffix for path in shared} >= {".arrays", ".pst", ".trm"}
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before


def test_only_the_generations_to_keep_are_kept(config):
    engine = WhooshEngine(config)
    for number in range(5):
        engine.build(archives.versions(2, str(number)))
    assert len(engine.generations()) == 1 + config.index.keep
    assert sorted(path.name for path in config.index_path.iterdir() if path.is_dir()) == sorted(
        g.id for g in engine.generations()
    )


def test_rollback_is_one_step_and_a_publication_after_it_counts_on(config):
    engine = WhooshEngine(config)
    engine.build(archives.versions(2, "one"))
    engine.build(archives.versions(3, "two"))
    engine.rollback()
    assert engine.current().documents == 2
    engine.update([Document("x", "added")], [])
    assert engine.current().documents == 3
    with pytest.raises(IndexMissing, match="no earlier generation"):
        for _ in range(5):
            engine.rollback()


def test_a_second_publisher_learns_who_holds_the_lock(config):
    generations = Generations(config.index_path, 2)
    with generations.publishing(), pytest.raises(PublishLocked, match=str(os.getpid())), generations.publishing():
        pass


def test_what_a_dead_publisher_left_is_removed(config):
    (config.index_path / "building-99999").mkdir(parents=True)
    (config.index_path / "building-99999" / "junk").write_text("x")
    WhooshEngine(config).build(archives.versions(1, "one"))
    assert not list(config.index_path.glob("building-*"))


def test_what_a_killed_rollback_left_goes_with_its_generation(config, monkeypatch):
    engine = WhooshEngine(config)
    for number in range(2):
        engine.build(archives.versions(2, str(number)))
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        engine.rollback()
    assert list(config.index_path.rglob("CURRENT.*"))
    for number in range(1 + config.index.keep):
        engine.build(archives.versions(2, str(number)))
    assert not list(config.index_path.rglob("CURRENT.*"))


def test_an_index_of_another_configuration_is_refused_with_the_command_to_run(config, tmp_path):
    WhooshEngine(config).build(archives.versions(1, "one"))
    with pytest.raises(IndexOutdated, match="python -m indexer build"):
        WhooshEngine(archives.config(tmp_path, language="de")).current()


def test_a_field_configured_since_counts_nothing_until_the_next_build(config, caplog):
    WhooshEngine(config).build(archives.documents(1, 30))
    other = WhooshEngine(config.model_copy(update={"fields": {**config.fields, "since": OwnField(label="Since")}}))
    found = other.find(Request(Everything(), facets=("type", "since")))
    assert (found.total, found.counts["since"]) == (30, {})
    assert sum(found.counts["type"].values()) >= 30
    assert other.find(Request(Everything(), selections=(Selection("since", include=("x",)),))).total == 0
    assert caplog.text.count("was built with another configuration") == 1
    with pytest.raises(IndexOutdated, match="python -m indexer build"):
        other.update([Document("new", "New")], [])


def test_all_of_a_generation_is_on_the_disk_before_anything_names_it(config, monkeypatch):
    """What a power cut may undo are writes that were not synced, and renames in folders that were not."""
    index, steps = config.index_path, []
    for name in ("rename", "replace"):
        original = getattr(os, name)
        monkeypatch.setattr(os, name, lambda old, new, original=original: (steps.append(("to", os.fspath(new))), original(old, new)))
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (steps.append(("sync", os.readlink(f"/proc/self/fd/{file}"))), sync(file)))
    engine = WhooshEngine(config)
    for publish in (lambda: engine.build(archives.documents(1, 30)), lambda: engine.update([Document("new", "New")], [])):
        steps.clear()
        generation = publish()
        named, current = (steps.index(("to", f"{index / name}")) for name in (generation.id, "CURRENT"))
        synced = {path.rpartition("/")[2] for kind, path in steps[:named] if kind == "sync"}
        written = {path.name for path in (index / generation.id).iterdir() if path.stat().st_nlink == 1}
        assert synced == {*written, "CURRENT", f"building-{os.getpid()}"}
        assert ("sync", f"{index}") in steps[named:current]
        assert steps[current + 1] == ("sync", f"{index}")
