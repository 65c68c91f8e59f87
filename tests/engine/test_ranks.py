"""Ranks over segments are those of all their strings sorted together, whatever the history of the segments."""

from __future__ import annotations

import archives
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import Strings, pack_strings
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.ranks import RANKS, rank

SEGMENTS = st.lists(st.lists(st.binary(max_size=3), min_size=1, max_size=20), min_size=1, max_size=4)


def as_parts(segments):
    return [
        (Strings(pack_strings("s", strings), "s"), np.array(sorted(range(len(strings)), key=strings.__getitem__), np.int64))
        for strings in segments
    ]


def in_order_of(ranks, segments):
    strings = [string for segment in segments for string in segment]
    return [strings[number] for number in np.argsort(ranks)]


@given(SEGMENTS)
def test_ranks_sort_the_strings_of_all_segments(segments):
    ranks = rank(as_parts(segments))
    assert sorted(ranks.tolist()) == list(range(ranks.size))
    assert in_order_of(ranks, segments) == sorted(string for segment in segments for string in segment)


@given(SEGMENTS, st.data())
def test_a_segment_is_merged_into_ranks_that_are_known_of_some(segments, data):
    kept = [number for number in range(len(segments)) if data.draw(st.booleans())]
    before = np.split(rank(as_parts(segments)), np.cumsum([len(one) for one in segments])[:-1])
    new = data.draw(st.lists(st.binary(max_size=3), max_size=40))
    after = [*(segments[number] for number in kept), new]
    ranks = rank(as_parts(after), [before[number] for number in kept])
    assert in_order_of(ranks, after) == sorted(string for segment in after for string in segment)


def ids_by_rank(snapshot):
    ids = [encoded for segment in snapshot.segments for encoded in segment.ids]
    return [ids[number] for number in np.argsort(snapshot.id_ranks)]


def test_updates_keep_the_ranks_of_a_build(tmp_path):
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build(archives.documents(1, 30))
    for number in range(12):
        engine.update(archives.documents(number, 1 + number % 4), [f"doc-{number + 10:04}"])
        snapshot = engine.snapshot()
        assert snapshot.id_ranks.size == snapshot.title_ranks.size == snapshot.size
        assert ids_by_rank(snapshot) == sorted(encoded for segment in snapshot.segments for encoded in segment.ids)
    assert engine.verify() == []


def test_the_file_of_ranks_is_shared_while_the_segments_are_the_same(tmp_path):
    engine = WhooshEngine(archives.config(tmp_path))
    inodes = [(engine.generations_on_disk.path / engine.build(archives.documents(1, 30)).id / RANKS).stat().st_ino]
    for changed, removed in (([], ["doc-0003"]), (archives.documents(2, 1), [])):
        generation = engine.update(changed, removed)
        inodes.append((engine.generations_on_disk.path / generation.id / RANKS).stat().st_ino)
    assert inodes[0] == inodes[1] != inodes[2]
