"""Building fast must give what building plainly gives: the same bytes."""

from __future__ import annotations

import errno
import gc
import os
from itertools import pairwise
from pickle import dumps
from struct import pack

import archives
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh import publishing as publication
from search.engines.whoosh import whoosh_writer
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.positions import encode_positions
from search.errors import IndexProblem
from search.fields import SCHEMA_VERSION
from search.second_process import SecondProcess

RISING = st.lists(st.integers(0, 200_000), min_size=1, max_size=12, unique=True).map(sorted)


def as_whoosh_writes(positions):
    steps = [positions[0], *(after - before for before, after in pairwise(positions))]
    return pack("!I", len(positions)) + dumps(steps, 2)


def laid_out(postings):
    counts, positions = np.array([len(own) for own in postings]), np.array([each for own in postings for each in own])
    return encode_positions(counts, positions)


@settings(max_examples=300, deadline=None)
@given(st.lists(RISING, min_size=1, max_size=20))
def test_positions_are_laid_out_as_whoosh_writes_them(postings):
    assert laid_out(postings) == [as_whoosh_writes(own) for own in postings]


@pytest.mark.parametrize("count", [999, 1000, 1001, 2500])
def test_a_word_that_stands_a_thousand_times_in_one_document_is_laid_out_too(count):
    postings = [[3], list(range(0, 300 * count, 300)), [70_000, 70_001]]
    assert laid_out(postings) == [as_whoosh_writes(own) for own in postings]


def test_two_processes_publish_the_bytes_that_one_does(tmp_path, monkeypatch):
    documents = archives.documents(5, 1200)
    alone, together = archives.config(tmp_path / "one"), archives.config(tmp_path / "two")
    WhooshEngine(alone).build(documents)
    monkeypatch.setattr(publication, "SECOND_PROCESS_THRESHOLD", 1)
    counted = []
    WhooshEngine(together).build(documents, lambda done, total: counted.append((done, total)))
    assert counted[-1] == (1200, 1200)
    for ending in (".arrays", ".documents", ".pst", ".trm"):
        one, two = (next(made.index_path.rglob(f"*{ending}")).read_bytes() for made in (alone, together))
        assert one == two, ending
    assert not list(together.index_path.rglob("later.*"))
    assert WhooshEngine(together).verify() == []


def test_what_a_segment_holds_changes_only_with_the_version(tmp_path):
    config = archives.config(tmp_path)
    engine = WhooshEngine(config)
    engine.build(archives.documents(1, 20))
    names = {name.partition(".")[0] for name in engine.snapshot().segments[0].arrays}
    engine.close()
    assert (SCHEMA_VERSION, names) == (
        8,
        {"words", "stems", "text", "title", "ids", "id_order", "titles", "title_order", "lengths", "first_day", "last_day", "boosted", "deletions",
         "document_offsets", "document_dictionary", "fingerprints", "source_of", "sources", "keyword"},
    )  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("step", ["_write_documents", "text_terms", "_day_terms"])
def test_a_build_that_fails_leaves_no_file_open_and_nothing_behind(tmp_path, monkeypatch, step):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    config = archives.config(tmp_path)
    monkeypatch.setattr(whoosh_writer, step, full)
    with pytest.raises(OSError, match="No space left"):
        WhooshEngine(config).build(archives.documents(1, 20))
    gc.collect()  # a file that is still open would be reported here
    assert {path.name for path in config.index_path.iterdir()} == {"publish.lock"}


HALF_AN_ANSWER = "import os, pickle; os.write(3, pickle.dumps('x' * 99)[:50]); os._exit(3)"


@pytest.mark.parametrize(("function", "argument"), [(os._exit, 3), (exec, HALF_AN_ANSWER)], ids=["before", "within its answer"])
def test_a_second_process_that_ends_is_told_with_the_reason(function, argument):
    with pytest.raises(IndexProblem, match=r"exit code 3.*Nothing was published"), SecondProcess() as second:
        second.ask(function, argument)
        second.answer()
