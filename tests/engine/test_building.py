"""A fast build writes the same bytes as a plain one."""

from __future__ import annotations

import errno
import gc
import os
import subprocess
import sys
from itertools import pairwise
from pickle import dumps
from struct import pack

import archives
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh import disk_arrays, new_segment, postings, whoosh_writer
from search.engines.whoosh import publishing as publication
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.inversion import Inverter
from search.engines.whoosh.positions import encode_positions
from search.engines.whoosh.shares import invert_in_shares
from search.errors import IndexProblem
from search.fields import SCHEMA_VERSION
from search.second_process import SecondProcess
from search.text.analysis import Analyzer

RISING = st.lists(st.integers(0, 200_000), min_size=1, max_size=12, unique=True).map(sorted)


def as_whoosh_writes(positions):
    steps = [positions[0], *(after - before for before, after in pairwise(positions))]
    return pack("!I", len(positions)) + dumps(steps, 2)


def laid_out(lists):
    counts, positions = np.array([len(own) for own in lists]), np.array([each for own in lists for each in own])
    return encode_positions(counts, positions)


@settings(max_examples=100)
@given(st.lists(RISING, min_size=1, max_size=20))
def test_positions_are_laid_out_as_whoosh_writes_them(lists):
    assert laid_out(lists) == [as_whoosh_writes(own) for own in lists]


@pytest.mark.parametrize("count", [999, 1000, 1001, 2500])
def test_a_word_that_stands_a_thousand_times_in_one_document_is_laid_out_too(count):
    lists = [[3], list(range(0, 300 * count, 300)), [70_000, 70_001]]
    assert laid_out(lists) == [as_whoosh_writes(own) for own in lists]


def test_two_processes_publish_the_bytes_that_one_does(tmp_path, monkeypatch):
    documents = archives.documents(5, 600)
    alone, together = archives.config(tmp_path / "one"), archives.config(tmp_path / "two")
    WhooshEngine(alone).build(documents)
    monkeypatch.setattr(publication, "SECOND_PROCESS_THRESHOLD", 1)
    counted = []
    WhooshEngine(together).build(documents, lambda done, total: counted.append((done, total)))
    assert counted[-1] == (600, 600)
    assert pieces(alone.index_path) == pieces(together.index_path)
    assert not list(together.index_path.rglob("later.*"))
    assert WhooshEngine(together).verify() == []


def test_what_a_segment_holds_changes_only_with_the_version(tmp_path):
    config = archives.config(tmp_path)
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 20))
    names = {name.partition(".")[0] for name in engine.snapshot().segments[0].arrays}
    engine.close()
    assert (SCHEMA_VERSION, names) == (
        14,
        {"words", "stems", "text", "title", "ids", "id_order", "titles", "title_order", "lengths", "first_day", "last_day", "boosted", "deletions",
         "document_offsets", "document_dictionary", "fingerprints", "source_of", "sources", "keyword"},
    )  # fmt: skip


@pytest.mark.filterwarnings("error")
def pieces(folder):
    """Each file of the one segment built that two equal builds write equal."""
    return {end: next(folder.rglob(f"*{end}")).read_bytes() for end in (".arrays", ".documents", ".pst", ".trm")}


@pytest.mark.parametrize("second", [1, 10**9], ids=["two processes", "one process"])
def test_blocks_that_are_merged_give_the_bytes_that_one_block_does(tmp_path, monkeypatch, second):
    documents = archives.documents(6, 700)
    whole, blocks = archives.config(tmp_path / "one"), archives.config(tmp_path / "two")
    WhooshEngine(whole).build(documents)
    monkeypatch.setattr(publication, "SECOND_PROCESS_THRESHOLD", second)
    monkeypatch.setattr(new_segment, "_BYTES_A_TOKEN", 1 << 20)  # 256 words fill a block
    monkeypatch.setattr(postings, "_AT_ONCE", 100)
    monkeypatch.setattr(whoosh_writer, "_AT_ONCE", whoosh_writer.BLOCK)
    WhooshEngine(blocks).build(documents)
    assert pieces(whole.index_path) == pieces(blocks.index_path)
    assert WhooshEngine(blocks).verify() == []


def test_what_is_known_of_documents_leaves_less_memory_for_words_but_a_quarter(tmp_path, monkeypatch):
    config, documents = archives.config(tmp_path), archives.documents(6, 1000)
    monkeypatch.setattr(new_segment, "_BYTES_A_TOKEN", 1 << 16)
    blocks = []
    for taken in (0, 1 << 18, 1 << 30):
        monkeypatch.setattr(new_segment, "_BYTES_A_DOCUMENT", taken)
        collector = new_segment.SegmentCollector(tmp_path, Analyzer("en", ()), 256)
        for share in invert_in_shares(documents, Inverter(config), None, b""):
            collector.add(share)
        blocks.append(len(collector._runs))
    assert 0 < blocks[0] < blocks[1] < blocks[2] <= 4 * (blocks[0] + 1)


BLOCKS = st.lists(st.lists(st.lists(st.integers(0, 9), max_size=6), min_size=1, max_size=3), min_size=1, max_size=4)
"""Blocks of documents of words."""


def invert_block(documents, first):
    sizes = [len(words) for words in documents]
    tokens = np.array([word for words in documents for word in words], dtype=np.uint32)
    docs = np.repeat(np.arange(first, first + len(documents), dtype=np.int32), sizes)
    positions = np.array([place for words in documents for place in range(len(words))], dtype=np.int32)
    return postings.invert(tokens, docs, docs % 3 + 1, positions, 10)


@settings(max_examples=100)
@given(BLOCKS, st.sampled_from((1, 3, 1000)))
def test_the_postings_of_blocks_merged_are_those_of_all_documents(tmp_path_factory, blocks, at_once):
    folder = tmp_path_factory.mktemp("runs")
    firsts = np.cumsum([0, *map(len, blocks)]).tolist()
    runs = [
        postings.Run(np.arange(10, dtype=np.uint32), invert_block(block, first).move_to_disk(folder))
        for block, first in zip(blocks, firsts, strict=False)
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(postings, "_AT_ONCE", at_once)
        merged = postings.merge_runs(runs, 10, folder)
    whole = invert_block([words for block in blocks for words in block], 0)
    for column in postings.Postings.__slots__:
        assert getattr(merged, column)[:].tolist() == getattr(whole, column).tolist(), column


@settings(max_examples=200)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=40), st.integers(1, 20), st.integers(1, 4))
def test_a_term_is_split_into_parts_of_bounded_numbers_of_positions(counts, most, multiple):
    size, places = len(counts), sum(counts)
    empty = np.zeros(size, np.uint32)
    one = postings.Postings(
        np.array([0, size]), empty, empty, np.array(counts, np.uint8), np.array([0, places]), np.zeros(places)
    )
    parts = list(postings.split_postings(one, 0, most, multiple))
    assert [number for own, _ in parts for number in range(own.start, own.stop)] == list(range(size))
    assert all(placed.stop - placed.start == sum(counts[own]) for own, placed in parts)
    assert all((own.stop - own.start) % multiple == 0 for own, _ in parts[:-1])
    assert all(sum(counts[own]) <= most or own.stop - own.start <= multiple for own, _ in parts)
    assert parts[-1][1].stop == places


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "step",
    [
        (whoosh_writer.WhooshSegmentWriter, "add_document"),
        (whoosh_writer, "text_terms"),
        (whoosh_writer, "_day_terms"),
        (postings, "keep_on_disk"),
        (disk_arrays.DiskArray, "parts"),
    ],
    ids=lambda step: step[1],
)
def test_a_build_that_fails_leaves_no_file_open_and_nothing_behind(tmp_path, monkeypatch, step):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    config = archives.config(tmp_path)
    monkeypatch.setattr(new_segment, "_BYTES_A_TOKEN", 1 << 20)
    monkeypatch.setattr(*step, full)
    with pytest.raises(OSError, match="No space left"):
        WhooshEngine(config).build(archives.documents(1, 20))
    gc.collect()  # a file that is still open would be reported here
    assert {path.name for path in config.index_path.iterdir()} == {"publish.lock"}


HALF_AN_ANSWER = "import os, pickle; os.write(3, pickle.dumps('x' * 99)[:50]); os._exit(3)"


@pytest.mark.parametrize(("function", "argument"), [(os._exit, 3), (exec, HALF_AN_ANSWER)], ids=["before", "within its answer"])
def test_a_second_process_that_ends_is_reported_with_the_reason(function, argument):
    with pytest.raises(IndexProblem, match=r"exit code 3.*Nothing was published"), SecondProcess() as second:
        second.ask(function, argument)
        second.answer()


@pytest.mark.parametrize("question", [dumps((bytes, (300_000,), {})), dumps((bytes, (300_000,), {}))[:-3]], ids=["whole", "part"])
def test_a_second_process_says_nothing_when_the_first_is_killed(question):
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, "-m", "search.second_process"], **pipes) as second:
        second.stdout.close()
        second.stdin.write(question)
        second.stdin.close()
        assert second.stderr.read() == b""
