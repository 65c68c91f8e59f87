"""Measuring over HTTP: a real server at a small size, a client that reads answers as they come, a section that replaces itself."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.http import report
from benchmarks.http.__main__ import main
from benchmarks.http.client import HOST, ask, request
from benchmarks.http.measurement import API, FLOOR, PACKED, PAGE, UNCHANGED, Cost, Result
from benchmarks.report import keep_sections


@contextmanager
def answering(*pieces: bytes) -> Iterator[int]:
    """The port of a server that answers one request, in these pieces."""
    with socket.create_server((HOST, 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(0.02)

        thread = threading.Thread(target=answer)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def test_an_answer_is_complete_when_its_last_piece_is_there() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nETag: W/", b'"a"\r\nContent-Length: 5\r\n', b"\r\nab", b"cde") as port:
        (answer,) = ask(port, [request("/", {})], 1).answers
    assert (answer.status, answer.size, answer.etag) == (200, 5, 'W/"a"')


@pytest.mark.parametrize("pieces", [(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",), (b"HTTP/1.1 200 OK\r\n\r\nab",)])
def test_half_an_answer_is_an_error_and_not_a_fast_answer(pieces: tuple[bytes, ...]) -> None:
    with answering(*pieces) as port, pytest.raises(RuntimeError):
        ask(port, [request("/", {})], 1)


@pytest.mark.slow
def test_the_command_measures_the_shipped_server_and_writes_its_section(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    results, out = tmp_path / "RESULTS.md", tmp_path / "out.json"
    results.write_text("# Results\n\nOthers.\n\n## Notes\n\nSlower is …\n")
    sizes = ["--size", "1000", "--questions", "35", "--rounds", "1", "--folder", str(tmp_path)]
    assert main([*sizes, "--markdown", str(results), "--json", str(out)]) in (0, 1)  # at this size times mean little
    measured = json.loads(out.read_text())
    assert set(measured["costs"]) == {PAGE, PACKED, UNCHANGED, API, FLOOR}
    assert all(cost["per_second"] > 0 for by_count in measured["costs"].values() for cost in by_count.values())
    size = {kind: costs["1"]["kilobytes"] for kind, costs in measured["costs"].items()}
    assert size[PACKED] < size[PAGE] / 3
    assert size[UNCHANGED] == 0
    searches = {kind: costs["1"]["search_ms"] for kind, costs in measured["costs"].items()}
    assert (searches[UNCHANGED], searches[FLOOR]) == (0, 0)
    assert all(0 < searches[kind] < measured["costs"][kind]["1"]["mean_ms"] for kind in (PAGE, PACKED, API))
    assert set(measured["memory"]) == {"master", "worker 1", "worker 2"}
    written = results.read_text()
    assert written.startswith("# Results\n\nOthers.\n\n## Over HTTP\n")
    assert written.endswith("\n\n## Notes\n\nSlower is …\n")


def result_of(page_ms: float, own_mb: float) -> Result:
    costs = {kind: dict.fromkeys((1, 8, 32), Cost(100.0, 1.0, 0.0, 1.0, 2.0, 3.0, 0.1)) for kind in (FLOOR, PACKED, UNCHANGED, API)}
    costs[PAGE] = dict.fromkeys((1, 8, 32), Cost(100.0, page_ms, 0.5, page_ms, 2.0, 3.0, 0.1))
    memory = {"anonymous": 60.0, "anonymous_own": own_mb, "mapped": 30.0, "mapped_own": 0.0}
    return Result(1000, 35, costs, {"master": memory | {"anonymous_own": 99.0}, "worker 1": memory})


def test_marks_that_are_missed_are_reported() -> None:
    assert report.misses(result_of(5.4, 39.0)) == []
    missed = report.misses(result_of(7.5, 41.0))
    assert missed == [
        "Missed: the page less its search takes 7.0 times the floor (mark: 4.9).",
        "Missed: worker 1 has 41 MB of its own (mark: 40).",
    ]
    assert all(sentence in report.section(result_of(7.5, 41.0), "command", 1, 2) for sentence in missed)


def test_a_section_takes_the_place_of_the_one_before_and_leaves_the_rest() -> None:
    section = report.section(result_of(3.0, 30.0), "command", 1, 2)
    for text in ("", "# Results\n", "# Results\n\n## Notes\n\nSlower is …\n"):
        once = report.with_section(text, section)
        assert once.count(report.OVER_HTTP) == 1
        assert report.with_section(once, section) == once
        assert once.replace(section, "").replace("\n\n\n", "\n\n").strip() == text.strip()


def test_the_other_tables_are_written_anew_above_what_is_kept() -> None:
    assert keep_sections("# Results\n\nOld.\n\n## Over HTTP\n\n1\n\n## Notes\n\n2\n") == "## Over HTTP\n\n1\n\n## Notes\n\n2\n"
    assert keep_sections("# Results\n\n## Notes\n\n2\n") == "## Notes\n\n2\n"
    assert keep_sections("# Results\n") == ""
