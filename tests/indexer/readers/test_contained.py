"""A failure in the child process is a mistake of one file, and the next file is read."""

from __future__ import annotations

import zipfile

import pytest

from indexer.readers.contained.archives import check_archive
from indexer.readers.contained.process import Limits, end_children, run_contained
from indexer.readers.record import Unreadable

LIMITS = Limits(memory=600_000_000, processor_seconds=1, seconds=100, output=1_000_000)
HASTY = Limits(memory=600_000_000, processor_seconds=1, seconds=2, output=1_000_000)
FUNCTIONS = "tests.indexer.readers.contained_functions:"


@pytest.fixture(autouse=True)
def no_child_left():
    yield
    end_children()


@pytest.mark.parametrize("value", ["text", b"bytes", 1, None, [1, ["a"]], {"a": {"b": None}}])
def test_the_result_of_the_function_is_returned(value):
    assert run_contained(FUNCTIONS + "echo", value) == value


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("spin", "takes longer than 1 seconds"),
        ("crash", "crashes the program that reads it (SIGSEGV)"),
        ("leave", "cannot be read within 600 MB"),
        ("fill", "needs more memory"),
        ("big", "gives more than 1 MB"),
        ("damaged", "cannot be read: bad bytes"),
        ("nothing_of_this_name", "cannot be read: "),
    ],
)
def test_harm_is_one_mistake_and_the_next_call_is_answered(function, reason):
    with pytest.raises(Unreadable) as caught:
        run_contained(FUNCTIONS + function, limits=LIMITS)
    assert reason in caught.value.reason
    assert run_contained(FUNCTIONS + "echo", 1, limits=LIMITS) == 1


def test_a_child_that_only_waits_is_ended():
    with pytest.raises(Unreadable) as caught:
        run_contained(FUNCTIONS + "sleep", limits=HASTY)
    assert "takes longer than 2 seconds" in caught.value.reason


def test_the_child_writes_no_file(tmp_path):
    with pytest.raises(Unreadable):
        run_contained(FUNCTIONS + "write", str(tmp_path / "a"), limits=LIMITS)
    assert not (tmp_path / "a").exists() or (tmp_path / "a").stat().st_size == 0


def test_an_archive_is_checked_before_it_is_unpacked(tmp_path):
    bomb, many, text = tmp_path / "bomb.docx", tmp_path / "many.docx", tmp_path / "text.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(50_000_000))
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    text.write_text("no archive")
    for path, reason in ((bomb, "unpacks to 50 MB"), (many, "has 10,001 parts"), (text, "cannot be unpacked")):
        with pytest.raises(Unreadable) as caught:
            check_archive(path)
        assert reason in caught.value.reason
