"""Damaged files and killed publishers: the damage is found, and the previous generation is served."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import archives
import pytest

from search.engines.contract import Request
from search.engines.whoosh import generations
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.generations import sha256
from search.errors import IndexDamaged
from search.model.document import Document
from search.query_language.matching import Everything

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize("seed", archives.seeds(10, 40))
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
    writer.build(archives.versions(3, "one"))
    assert reader.find(Request(Everything())).total == 3
    generation = writer.build(archives.versions(4, "two"))
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
from search.engines.whoosh import generations
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.generations import sha256
config = archives.config(Path({folder!r}))
engine = WhooshEngine(config)
version = {version}
documents = [Document(f"d{{n}}", f"version {{version}}", summary="filler words " * 50) for n in range(100)]
print("ready", flush=True)
(engine.build if version % 2 else lambda d: engine.update(d, []))(documents)
"""


@pytest.mark.parametrize("kills", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_killing_a_publisher_at_any_moment_never_harms_readers(config, tmp_path, kills):
    """Publishers are ended by SIGKILL at random moments."""
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
    WhooshEngine(config).build(archives.versions(5, "last"))
    assert not list(config.index_path.glob("building-*"))


def test_before_an_update_only_files_written_since_the_last_one_are_read(config, monkeypatch):
    read = []
    monkeypatch.setattr(generations, "sha256", lambda path: read.append(path.stat().st_size) or sha256(path))
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 300))
    everything = sum(read)
    (config.index_path / "verified").unlink()
    for expected in (everything, 0):
        read.clear()
        assert engine.find_damage() == []
        assert sum(read) == expected
    for number in range(3):
        read.clear()
        engine.update([Document(f"new-{number}", "New")], [])
        assert engine.find_damage() == []
        assert sum(read) < everything / 10, "the new segment, when it was published"
    read.clear()
    assert engine.verify() == []
    assert sum(read) > everything, "verify reads every file of every generation"


@pytest.mark.parametrize("seed", range(8))
def test_damage_done_after_files_were_verified_is_noticed_before_an_update(config, seed):
    chance = random.Random(seed)
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 30))
    assert engine.find_damage() == []
    files = sorted(path for path in (config.index_path / engine.current().id).iterdir() if path.name != "manifest.json")
    damaged = chance.choice([path for path in files if path.stat().st_size])
    kind = _damage(damaged, chance)
    found = engine.find_damage()
    assert any(damaged.name in sentence for sentence in found), (damaged.name, kind)
    assert engine.find_damage() == found, "what is damaged is not taken for verified"
