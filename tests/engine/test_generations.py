"""Publishing: never a half-built index, never a lost one, whatever dies in between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import archives
import pytest

from search.archive import Archive
from search.config.settings import Config, KeywordFacet
from search.engines.contract import Request
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.generations import Generations
from search.errors import IndexDamaged, IndexMissing, IndexOutdated, PublishLocked
from search.model.document import Document
from search.model.query import Query, Selection
from search.query_language.matching import Everything

ROOT = Path(__file__).parents[2]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return archives.config(tmp_path)


def versions(config: Config, count: int, version: str) -> list[Document]:
    return [Document(f"d{number}", f"version {version}", summary=f"number {number}") for number in range(count)]


def test_nothing_published_says_what_to_run(config):
    with pytest.raises(IndexMissing, match="python -m indexer build"):
        WhooshEngine(config).current()


def test_a_reader_sees_a_new_generation_without_restart_and_keeps_no_half_of_two(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(versions(config, 20, "one"))
    archive = Archive(config, reader)
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            found = reader.find(Request(Everything(), facets=("type",), limit=20))
            titles = {document.title for document, _ in found.hits}
            if len(titles) != 1 or found.total != 20 or found.counts["type"] != {"none": 20}:
                wrong.append((titles, found.total, found.counts))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for number in range(20):
        writer.update(versions(config, 20, f"update{number}"), [])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert archive.search(Query("update19")).total == 20


def test_a_following_reader_opens_a_new_generation_by_itself(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(versions(config, 3, "one"))
    first = reader.current()
    reader.follow()
    second = writer.update(versions(config, 3, "two"), [])
    deadline = time.monotonic() + 10
    while reader.current() == first and time.monotonic() < deadline:
        time.sleep(0.02)
    assert reader.current() == second
    reader.close()


def test_a_following_reader_has_opened_before_it_is_asked(config, monkeypatch):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(versions(config, 3, "one"))
    reader.follow()
    monkeypatch.setattr(reader, "_open", lambda: pytest.fail("opened for a request"))
    assert reader.current() == writer.current()
    reader.close()


def test_a_reader_that_follows_what_is_not_there_yet_opens_it_beside_the_requests(config, monkeypatch, caplog):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    opened_by = []
    monkeypatch.setattr(reader, "_open", lambda: opened_by.append(threading.current_thread().name) or WhooshEngine._open(reader))
    reader.follow()
    for _ in range(20):
        with pytest.raises(IndexMissing, match="python -m indexer build"):
            reader.current()
        time.sleep(0.02)
    assert len(caplog.messages) == 1, "a failure is told once"
    first = writer.build(versions(config, 3, "one"))
    deadline = time.monotonic() + 10
    while reader._snapshot is None and time.monotonic() < deadline:
        with suppress(IndexMissing):
            reader.current()
    assert reader.current() == first
    assert set(opened_by[1:]) == {"follow-generations"}
    reader.close()


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


def test_segments_stay_few_over_many_updates(config):
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 100))
    for number in range(60):
        engine.update([Document(f"new-{number}", "New")], [])
        assert len(engine.snapshot().segments) <= 8
    assert Archive(config, engine).search(Query("new")).total == 60


def test_only_the_generations_to_keep_are_kept(config):
    engine = WhooshEngine(config)
    for number in range(5):
        engine.build(versions(config, 2, str(number)))
    assert len(engine.generations()) == 1 + config.index.keep
    assert sorted(path.name for path in config.index_path.iterdir() if path.is_dir()) == sorted(
        g.id for g in engine.generations()
    )


def test_rollback_is_one_step_and_a_publication_after_it_counts_on(config):
    engine = WhooshEngine(config)
    engine.build(versions(config, 2, "one"))
    engine.build(versions(config, 3, "two"))
    engine.rollback()
    assert engine.current().documents == 2
    engine.update([Document("x", "added")], [])
    assert engine.current().documents == 3
    with pytest.raises(IndexMissing, match="no earlier generation"):
        for _ in range(5):
            engine.rollback()


def test_a_second_publisher_is_told_who_holds_the_lock(config):
    generations = Generations(config.index_path, 2)
    with generations.publishing(), pytest.raises(PublishLocked, match=str(os.getpid())), generations.publishing():
        pass


def test_what_a_dead_publisher_left_is_removed(config):
    (config.index_path / "building-99999").mkdir(parents=True)
    (config.index_path / "building-99999" / "junk").write_text("x")
    WhooshEngine(config).build(versions(config, 1, "one"))
    assert not list(config.index_path.glob("building-*"))


def test_an_index_of_another_configuration_is_refused_with_the_command_to_run(config, tmp_path):
    WhooshEngine(config).build(versions(config, 1, "one"))
    with pytest.raises(IndexOutdated, match="python -m indexer build"):
        WhooshEngine(archives.config(tmp_path, language="de")).current()


def test_a_field_configured_since_counts_nothing_until_the_next_build(config, caplog):
    WhooshEngine(config).build(archives.documents(1, 30))
    other = WhooshEngine(config.model_copy(update={"fields": {**config.fields, "since": KeywordFacet(label="Since")}}))
    found = other.find(Request(Everything(), facets=("type", "since")))
    assert (found.total, found.counts["since"]) == (30, {})
    assert sum(found.counts["type"].values()) >= 30
    assert other.find(Request(Everything(), selections=(Selection("since", include=("x",)),))).total == 0
    assert caplog.text.count("was built with another configuration") == 1
    with pytest.raises(IndexOutdated, match="python -m indexer build"):
        other.update([Document("new", "New")], [])


def _damage(path: Path, chance: random.Random) -> str:
    data = bytearray(path.read_bytes())
    kind = chance.choice(("flip", "truncate", "empty", "missing", "zeros"))
    path.unlink()  # the file may be shared with another generation
    if kind == "missing":
        return kind
    if kind == "flip":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == "truncate":
        data = data[: chance.randrange(len(data))]
    elif kind == "empty":
        data.clear()
    else:
        start = chance.randrange(len(data))
        zeros = bytes(min(4096, len(data) - start))
        if data[start : start + len(zeros)] == zeros:
            data[start] ^= 1
        else:
            data[start : start + len(zeros)] = zeros
    path.write_bytes(data)
    return kind


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_noticed_and_the_generation_before_serves(config, seed):
    chance = random.Random(seed)
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 30))
    engine.build(archives.documents(2, 30))
    files = sorted(path for path in (config.index_path / engine.current().id).iterdir() if path.stat().st_size)
    damaged = chance.choice(files)
    kind = _damage(damaged, chance)
    assert any(damaged.name in sentence or "manifest" in sentence for sentence in engine.verify()), (damaged.name, kind)
    engine.rollback()
    assert WhooshEngine(config).find(Request(Everything())).total == 30


def test_a_reader_goes_on_with_what_it_has_when_the_new_generation_does_not_open(config, caplog):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(versions(config, 3, "one"))
    assert reader.find(Request(Everything())).total == 3
    generation = writer.build(versions(config, 4, "two"))
    next((config.index_path / generation.id).glob("*.arrays")).write_bytes(b"")
    assert reader.find(Request(Everything())).total == 3
    assert "still serving the generation before" in caplog.text
    with pytest.raises(IndexDamaged, match="rollback"):
        WhooshEngine(config).current()


_PUBLISH = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
import archives
from pathlib import Path
from search.model.document import Document
from search.engines.whoosh.engine import WhooshEngine
config = archives.config(Path({folder!r}))
engine = WhooshEngine(config)
version = {version}
documents = [Document(f"d{{n}}", f"version {{version}}", summary="filler words " * 50) for n in range(100)]
print("ready", flush=True)
(engine.build if version % 2 else lambda d: engine.update(d, []))(documents)
"""


def test_killing_a_publisher_at_any_moment_never_harms_readers(config, tmp_path):
    """25 kill -9 at random moments; the long run of 200 is in tests/README.md."""
    kills = int(os.environ.get("KILLS", "25"))
    chance = random.Random(7)
    WhooshEngine(config).build([Document(f"d{n}", "version -1") for n in range(100)])
    reader = WhooshEngine(config)
    for version in range(kills):
        script = _PUBLISH.format(root=str(ROOT), tests=str(Path(__file__).parent), folder=str(tmp_path), version=version)
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        found = reader.find(Request(Everything(), limit=100))
        assert found.total == 100
        assert len({document.title for document, _ in found.hits}) == 1
        assert reader.verify() == []
    WhooshEngine(config).build(versions(config, 5, "last"))
    assert not list(config.index_path.glob("building-*"))


def test_threads_sharing_an_engine_get_the_answers_one_thread_gets(config):
    engine = WhooshEngine(config)
    engine.build(archives.documents(3, 80))
    archive = Archive(config, engine)
    chance = random.Random(1)
    queries = [archives.query(chance) for _ in range(60)]
    wanted = [archive.search(query) for query in queries]
    wrong: list[Query] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)

    def ask(seed: int) -> None:
        order = random.Random(seed)
        for _ in range(200):
            number = order.randrange(len(queries))
            if archive.search(queries[number]) != wanted[number]:
                wrong.append(queries[number])

    try:
        threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []
