"""Generations on a cluster: one publisher at a time, damage found, old ones cleared away, and the way there and back."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from remote_archives import documents

from search.archive import Archive
from search.config.loading import load_config
from search.engines.contract import new_generation
from search.errors import ConfigError, PublishLocked
from search.model.query import Query

pytestmark = pytest.mark.cluster


def test_two_publishers_at_once_are_reported_and_a_dead_one_is_no_hindrance(archive):
    archive.engine.build(documents(10))
    with archive.engine.indices.publishing(), pytest.raises(PublishLocked, match=r"process .* is publishing"):
        archive.engine.update(documents(1, "two"), [])
    dead = {"holder": "process 1", "token": "x", "until": time.time() - 1}
    archive.engine.client.index(index=archive.engine.indices.lock, id="lock", body=dead, params={"refresh": "true"})
    assert archive.engine.update(documents(1, "two"), []).documents == 10


def test_a_publisher_whose_lock_another_took_and_released_stops(archive, monkeypatch):
    monkeypatch.setattr("search.engines.opensearch.indices._BEAT_SECONDS", -1)
    indices = archive.engine.indices
    with pytest.raises(PublishLocked, match="try again"), indices.publishing() as beat:
        beat()
        archive.engine.client.delete(index=indices.lock, id="lock", params={"refresh": "true"})
        beat()


@pytest.mark.parametrize("replicas", [2, 3], ids=["a node for each copy", "a node too few"])
def test_an_index_can_be_written_only_when_its_replicas_are_made(archive, replicas):
    """More of them than nodes recover at a time."""
    engine, indices = archive.engine, archive.engine.indices
    earlier, later = new_generation(0, engine.stamp), new_generation(0, engine.stamp)
    with indices.publishing():
        created = indices.create(earlier, {"settings": {"number_of_shards": 12, "number_of_replicas": replicas}})
        assert engine.client.cluster.health(index=created)["active_shards"] == 12 * 3
        indices.seal(created, earlier, 1, 0)
        cloned = indices.clone(indices.newest(), later, replicas)
        assert engine.client.cluster.health(index=cloned)["active_shards"] == 12 * 3


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
    from indexer.commands.cli import main as indexer

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
        "from search.config.settings import Config, Source\nfrom search.engines.open_engine import open_engine\n"
        "open_engine(Config(sources=(Source(path='x'),), engine='opensearch'))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert "pip install 'finding-aid[opensearch]'" in run.stderr
    assert ConfigError.__name__ in run.stderr
