"""Benchmarks measure the same documents and questions every time, with peers that do the same work, and sum correctly."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import growth, report, suggestions
from benchmarks.__main__ import main
from benchmarks.corpus import TOPICS, TYPES, document, documents, write_documents
from benchmarks.measurement import Result, _conclude, _Run, summary
from benchmarks.peak_memory import wait_and_watch
from benchmarks.peers import NAMES, OWN_TOKENS, Counts, Page, Peer, open_peer
from benchmarks.questions import Question, questions, questions_without_result
from indexer import spool
from search.archive import Archive
from search.engines.oracle import OracleEngine
from search.text.analysis import Analyzer

COUNT = 300


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Peer]:
    pytest.importorskip("tantivy", reason="tantivy is not installed; run `make install`")
    opened = {name: open_peer(name, tmp_path_factory.mktemp(name)) for name in (*NAMES, *OWN_TOKENS)}
    for peer in opened.values():
        peer.build(documents(COUNT))
        peer.open()
    return opened


def test_a_document_is_the_same_in_a_corpus_of_any_size() -> None:
    assert documents(5) == documents(50)[:5]
    assert document(7) != document(8)


def test_documents_in_a_file_are_the_same_and_take_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", 1000)
    document(0)  # sentences of the manual are kept
    tracemalloc.start()
    written = write_documents(200, tmp_path)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < sum(len(each.sections[0].text) for each in written) / 4
    assert list(tmp_path.iterdir()) == []
    assert len(written) == 200
    assert list(written[:5]) == documents(5)
    assert (written[100:][7], written[-1]) == (document(107), document(199))


def test_documents_are_as_long_and_as_varied_as_described() -> None:
    made = documents(COUNT)
    words = [len(each.sections[0].text.split()) for each in made]
    assert min(words) >= 150
    assert max(words) <= 400
    assert {each.type for each in made} == set(TYPES)
    assert {topic for each in made for topic in each.topics} == set(TOPICS)
    assert len({each.date.year for each in made if each.date}) == 11


@pytest.mark.slow
def test_three_thousand_distinct_questions_of_seven_kinds_from_one_seed() -> None:
    asked = questions(3000)
    assert len(set(asked)) == len(asked) >= 3000
    assert set(Counter(question.kind for question in asked).values()) == {len(asked) // 7}
    assert asked == questions(3000)


def test_what_is_asked_without_result_is_of_three_kinds_and_the_same_every_time() -> None:
    asked = questions_without_result(5)
    assert Counter(question.kind for question in asked) == {"misspelt": 5, "one unknown word": 5, "nothing known": 5}
    assert asked == questions_without_result(5)
    known = {word for each in documents(1000) for word in Analyzer("en").words(each.sections[0].text)}
    for question in asked:
        unknown = [word not in known for word in question.text.split()]
        assert all(unknown) if question.kind == "nothing known" else any(unknown)


def test_the_memory_of_all_processes_is_counted_together() -> None:
    program = "import subprocess, sys; held = bytes([1]) * 30_000_000; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    child = "import time; held = bytes([1]) * 60_000_000; time.sleep(2)"
    with subprocess.Popen([sys.executable, "-c", program, child], text=True) as process:
        assert wait_and_watch(process) > 90


@pytest.mark.slow
def test_every_engine_answers_as_the_oracle_does(peers: dict[str, Peer], tmp_path: Path) -> None:
    from benchmarks.peers.findingaid_peer import Peer as Ours

    ours = Ours(tmp_path)
    ours.archive = Archive(ours.config, OracleEngine(ours.config))
    ours.archive.engine.build(documents(COUNT))
    for question in questions(35):
        expected = ours.search(question)
        counted = _stated_counts(expected)
        for name in NAMES:
            page = peers[name].search(question)
            assert page.total == expected.total, (name, question)
            assert _stated_counts(page) == counted, (name, question)
            assert len(page.ids) == len(page.snippets) == len(page.titles) == min(page.total, 10), (name, question)
            assert all(page.snippets), (name, question)


def _stated_counts(page: Page) -> Counts:
    return {facet: {value: count for value, count in of.items() if count} for facet, of in page.counts.items()}


@pytest.mark.parametrize("name", OWN_TOKENS)
def test_a_peer_with_its_own_tokens_does_the_same_work_and_finds_about_the_same(peers: dict[str, Peer], name: str) -> None:
    equal = 0
    asked = [question for question in questions(42) if question.kind != "three words, all"]  # ours asks for most words too
    for question in asked:
        page, other = peers[name].search(question), peers["tantivy"].search(question)
        assert len(page.ids) == len(page.snippets) == len(page.titles) == min(page.total, 10), question
        assert all("<b>" in snippet for snippet in page.snippets), question
        equal += page.total == other.total
    assert equal > 0.8 * len(asked)


@pytest.mark.parametrize("name", [*NAMES, *OWN_TOKENS])
def test_a_changed_document_is_found_by_its_new_word_and_counted_once(peers: dict[str, Peer], name: str) -> None:
    peer = peers[name]
    (question, *_) = [question for question in questions(70) if question.kind == "common word"]
    before = peer.search(question).total
    changed = document(3, extra=f"Zyxxyqxyz and {question.text} were added.")
    had_it = document(3).id in {hit.id for hit in documents(COUNT) if question.text in hit.sections[0].text.lower()}
    peer.update(changed)
    found = peer.search(type(question)("", "zyxxyqxyz"))
    assert (found.total, found.ids) == (1, [changed.id])
    assert peer.search(question).total - before <= (0 if had_it else 1)


def test_completions_and_similar_words_are_measured_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert suggestions.main(["--size", "30", "--each", "3"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {"completions", "completions, person, with a slip", "similar words, two slips"} <= figures.keys()
    assert all(of["p50_ms"] <= of["p95_ms"] for of in figures.values())


def test_percentiles_are_times_that_were_measured() -> None:
    assert summary(range(1, 101)) == {"mean_ms": 50.5, "p50_ms": 50, "p95_ms": 95, "p99_ms": 99}
    assert summary([3.0]) == {"mean_ms": 3.0, "p50_ms": 3.0, "p95_ms": 3.0, "p99_ms": 3.0}


def test_totals_are_compared_with_the_reference_where_both_were_asked() -> None:
    def run(totals: dict[int, int]) -> _Run:
        answered = _Run({"version": "1", "open_ms": 1.0}, totals=totals, counts=totals)
        for turn in ("first", "later"):
            answered.ms[turn] = dict.fromkeys(totals, 1.0)
        return answered

    result = Result("fts5", 1000)
    _conclude(result, [run({0: 5, 1: 6, 2: 7})], run({0: 5, 2: 8}), [Question("phrase", "x")] * 3)
    assert (result.asked, result.equal_totals, result.equal_counts) == (3, 0.5, 0.5)


def _result(engine: str, size: int, cost: float) -> Result:
    times = {turn: dict.fromkeys(("mean_ms", "p50_ms", "p95_ms", "p99_ms"), cost) for turn in ("first", "later")}
    return Result(engine, size, "1.0", 100.0, 80.0, 1.0, 1.0, 50.0, 50.0, 10.0, 7, times=times, kinds={"phrase": cost})


def test_ratios_are_ours_by_theirs_and_the_picture_names_every_engine() -> None:
    costs = {"findingaid": 1.0, "fts5": 4.0}
    results = {size: {name: _result(name, size, cost) for name, cost in costs.items()} for size in (1000, 10_000)}
    written = report.markdown(results, {1000: {"1 process": 50.0}}, "python -m benchmarks", 7, 3, "## Notes\n\nSlower is …\n")
    assert "| fts5          |        0.25 |" in written
    assert "(ours: 2.00 times)" in written
    assert written.endswith("## Notes\n\nSlower is …\n")
    drawn = ElementTree.fromstring(growth.picture(results))
    labels = {element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {"findingaid ×1.0", "fts5 ×1.0", "1,000", "10,000"} <= labels


@pytest.mark.slow
def test_the_command_writes_the_agreed_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    out = tmp_path / "out.json"
    sizes = ["--sizes", "1000", "--engines", "fts5,findingaid", "--questions", "49", "--runs", "1"]
    assert main([*sizes, "--json", str(out), "--folder", str(tmp_path)]) == 0
    for engine in json.loads(out.read_text())["1000"].values():
        agreed = {"mean_ms", "p50_ms", "p95_ms", "p99_ms", "rss_mb", "build_docs_per_s", "build_rss_mb", "update_ms"}
        assert agreed <= engine.keys()
        assert all(engine[name] > 0 for name in agreed)
        assert engine["equal_totals"] == 1
