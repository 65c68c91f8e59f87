"""Opening generations: what fails for the moment is tried again, and nothing is opened after `close`."""

from __future__ import annotations

import os
import resource
import threading
import time
from contextlib import contextmanager

import archives
import pytest
from waiting import wait_until

from search.engines.following import Follower
from search.engines.whoosh.engine import WhooshEngine
from search.errors import EngineUnavailable
from search.model.document import Document


@contextmanager
def no_more_files():
    """No file can be opened inside."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir("/proc/self/fd"))), hard))
    fillers = []
    try:
        while True:
            try:
                fillers.append(os.open("/dev/null", os.O_RDONLY))
            except OSError:
                break
        yield
    finally:
        for filler in fillers:
            os.close(filler)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def config(tmp_path):
    return archives.config(tmp_path)


def test_too_many_open_files_is_an_error_to_try_again_not_damage(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    first = writer.build([Document("a", "One")])
    with no_more_files(), pytest.raises(EngineUnavailable, match="Too many open files"):
        reader.current()
    assert reader.current() == first


def test_a_reader_opens_a_generation_that_could_not_be_opened_for_a_moment(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    first = writer.build([Document("a", "One")])
    assert reader.current() == first
    second = writer.update([Document("b", "Two")], [])
    with no_more_files():
        assert reader.current() == first
    assert reader.current() == second


def test_a_following_reader_tries_again_by_itself(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    first = writer.build([Document("a", "One")])
    reader.follow()
    with no_more_files():
        os.utime(config.index_path / "CURRENT")  # looks new, and cannot be opened
        wait_until("a look that fails", lambda: reader._follower.failure is not None)
        assert reader.current() == first
    wait_until("a look that succeeds", lambda: reader._follower.failure is None)
    second = writer.update([Document("b", "Two")], [])
    wait_until("the new generation", lambda: reader.current() == second)
    reader.close()


def test_nothing_is_opened_after_close(config, monkeypatch):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build([Document("a", "One")])
    for number in range(20):
        reader.follow()
        writer.update([Document("b", str(number))], [])
        reader.close()
        assert reader._snapshot is None
        assert "follow-generations" not in {thread.name for thread in threading.enumerate()}


def test_a_stopped_follower_never_looks_again():
    looks = []
    follower = Follower(lambda: looks.append(1), 0.001)
    follower.start()
    wait_until("some looks", lambda: len(looks) > 3)
    follower.stop()
    before = len(looks)
    time.sleep(0.05)
    assert len(looks) == before


def test_a_failure_is_logged_once_and_forgotten_after_success(caplog):
    failing = threading.Event()
    failing.set()
    looks = []

    def look():
        looks.append(1)
        if failing.is_set():
            raise EngineUnavailable("no answer")

    follower = Follower(look, 0.001)
    follower.start()
    wait_until("some looks", lambda: len(looks) > 5)
    assert str(follower.failure) == "no answer"
    failing.clear()
    wait_until("success", lambda: follower.failure is None)
    follower.stop()
    assert len(caplog.messages) == 1
