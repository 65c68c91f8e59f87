"""Times of many documents are packed, and read as a mapping of them."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.changes import Changes
from search.config.settings import Config, Source
from search.history import History, load_history, next_history, save_history, sweep_histories

TIMES = st.sampled_from(("", "2024-01-01T00:00:00.000+00:00", "2025-06-01T10:00:00.000+00:00"))
CHANGES = st.dictionaries(st.text(max_size=4), st.tuples(TIMES, TIMES), max_size=12)


def pack(changes):
    return Changes.pack(sorted(changes.items()))


@pytest.fixture
def config(tmp_path):
    return Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml")


@given(CHANGES, st.text(max_size=4))
def test_packed_times_are_a_mapping_in_order_of_id(changes, other):
    packed = pack(changes)
    assert packed == changes
    assert list(packed) == sorted(changes)
    assert {name: packed[name] for name in changes} == changes
    assert (other in packed) == (other in changes)
    assert sorted(packed.first_times()) == sorted({first for first, _ in changes.values()})
    assert sorted(packed.last_times()) == sorted({last for _, last in changes.values()})


def test_an_id_that_is_no_text_is_not_known():
    assert "\ud800" not in pack({"a": ("", "")})


@given(CHANGES, st.sets(st.text(max_size=4)), st.sets(st.text(max_size=4)), st.sets(st.text(max_size=4)))
def test_the_next_history_keeps_what_is_known_and_notes_what_changed_or_went(changes, live, published, chosen):
    changed = chosen & live
    after = next_history(History(pack(changes)), published - live, live, changed)
    now = {after.first(name) for name in live - changes.keys()} | {after.last(name) for name in changed} | {*after.gone.values()}
    assert len(now) <= 1
    assert set(after.changes) == live
    assert {*after.gone} == (changes.keys() | published) - live
    for name in live & changes.keys():
        assert after.first(name) == changes[name][0]
        assert name in changed or after.last(name) == changes[name][1]


def test_a_history_is_read_from_its_file_and_from_one_of_an_earlier_version(config):
    times = {"b": ("2024", "2025"), "a": ("2024", "2024")}
    save_history(config, "new", History(pack(times), {"c": "2025"}, b"sum"))
    earlier = {"changes": times, "gone": {"c": "2025"}, "hashes": b"sum"}
    (config.index_path / "history" / "old.msgpack").write_bytes(msgspec.msgpack.encode(earlier))
    assert load_history(config, "new") == load_history(config, "old") == History(pack(times), {"c": "2025"}, b"sum")


@pytest.mark.parametrize("content", [b"", b"\x81", b"no history"])
def test_a_history_that_cannot_be_read_is_empty(config, content):
    (config.index_path / "history").mkdir(parents=True)
    (config.index_path / "history" / "bad.msgpack").write_bytes(content)
    assert load_history(config, "bad") == History()


def test_histories_of_other_generations_are_removed_also_those_begun_by_a_killed_process(config):
    for generation in ("one", "two"):
        save_history(config, generation, History(pack({"a": ("", "")})))
    folder = config.index_path / "history"
    (folder / "one.new").write_bytes(b"begun")
    sweep_histories(config, {"two"})
    assert [path.name for path in folder.iterdir()] == ["two.msgpack"]
