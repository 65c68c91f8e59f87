"""`python -m search`, as staff and judges of relevance run it."""

from __future__ import annotations

import json

import pytest

from indexer.commands.cli import main as indexer
from search.__main__ import main


@pytest.fixture
def config(tmp_path, capsys):
    documents = [
        {"id": "d1", "title": "Cyber insurance", "text": "Risk and the market.", "type": "Report", "date": "2019-02"},
        {"id": "d2", "title": "Norms", "text": "Cyber norms."},
    ]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(document) + "\n" for document in documents))
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n")
    assert indexer(["build", "--config", str(tmp_path / "config.yaml")]) == 0
    capsys.readouterr()
    return str(tmp_path / "config.yaml")


def test_one_line_a_hit(config, capsys):
    assert main(["insurance", "cyber", "--config", config]) == 0
    out, err = capsys.readouterr()
    assert out == "d1\t2019-02\tReport\tCyber insurance\n"
    assert err == "1 found\n"


def test_a_misspelt_word_is_reported(config, capsys):
    assert main(["insruance", "--config", config]) == 0
    assert 'Did you mean "insurance" (1)?' in capsys.readouterr().err


def test_no_stop_word_is_suggested_by_itself(config, capsys):
    assert main(["thx:", "--config", config]) == 0
    assert main(["thez", "--config", config]) == 0
    assert main(["thez norms", "--config", config]) == 0
    err = capsys.readouterr().err
    assert '"the"' not in err
    assert 'Did you mean "the norms"' in err


def test_a_run_of_half_a_character_finds_nothing_and_a_file_that_is_not_there_is_named(config, capsys, tmp_path):
    (tmp_path / "queries.jsonl").write_text('{"id": "1", "text": "\\ud800"}\n')
    assert main(["--run", str(tmp_path / "queries.jsonl"), "--config", config]) == 0
    assert main(["--run", str(tmp_path / "none.jsonl"), "--config", config]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{tmp_path / 'none.jsonl'}: cannot be read: No such file or directory; correct the path\n")


def test_a_run_is_in_trec_form_and_names_lines_that_are_no_queries(config, capsys, tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": 7, "text": "cyber type:nonsense"}\nnot json\n{"id": "8", "text": ""}\n')
    assert main(["--run", str(queries), "--match", "any", "--config", config]) == 1
    out, err = capsys.readouterr()
    rows = [line.split() for line in out.splitlines()]
    assert {(row[0], row[1], row[2], row[5]) for row in rows if row[0] == "7"} == {
        ("7", "Q0", d, "findingaid") for d in ("d1", "d2")
    }
    assert [int(row[3]) for row in rows if row[0] == "7"] == [1, 2]
    assert "queries.jsonl:2: is not a query" in err


def test_what_cannot_run_is_one_sentence_and_exit_code_2(tmp_path, capsys):
    assert main(["x", "--config", str(tmp_path / "none.yaml")]) == 2
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n")
    assert main(["x", "--config", str(tmp_path / "config.yaml")]) == 2
    assert "python -m indexer build" in capsys.readouterr().err


def test_an_excluded_word_needs_no_dashes_before_it(config, capsys):
    assert main(["cyber", "-insurance", "--config", config]) == 0
    assert capsys.readouterr().out.startswith("d2\t")


def test_without_a_word_to_rank_by_the_newest_come_first(config, capsys):
    assert main(["*", "--config", config]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == ["d1", "d2"]


@pytest.mark.parametrize("option", [["--limit", "0"], ["--limit", "-4"], ["--depth", "x"], ["--limit", "10001"]])
def test_an_impossible_count_is_reported(config, capsys, option):
    with pytest.raises(SystemExit) as ended:
        main(["cyber", *option, "--config", config])
    assert ended.value.code == 2
    assert "expected a whole number from 1 to 10000" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"\xff", "is not a query"),
        (b"[" * 100_000, "is not a query"),
        (b'{"id": null, "text": "cyber"}', "is not a query"),
        (b'{"id": true, "text": "cyber"}', "is not a query"),
        (b'{"id": "\\ud800", "text": "cyber"}', "without spaces"),
        (b'{"id": "\\u0000", "text": "cyber"}', "without spaces"),
        (b'{"id": "a b", "text": "cyber"}', "without spaces"),
        (b'{"id": "", "text": "cyber"}', "without spaces"),
        (b'{"id": "1", "text": "cyber"}\n{"id": 1, "text": "norms"}', "already used on line 1"),
    ],
)
def test_a_bad_line_of_a_run_is_reported(config, capsys, tmp_path, line, says):
    (tmp_path / "queries.jsonl").write_bytes(line + b"\n")
    assert main(["--run", str(tmp_path / "queries.jsonl"), "--config", config]) == 1
    assert says in capsys.readouterr().err


def test_a_run_with_a_byte_order_mark_and_a_query_of_no_words(config, capsys, tmp_path):
    (tmp_path / "queries.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "1", "text": "norms"}\n{"id": "2", "text": "..."}\n')
    assert main(["--run", str(tmp_path / "queries.jsonl"), "--config", config]) == 0
    assert [line.split()[:3] for line in capsys.readouterr().out.splitlines()] == [["1", "Q0", "d2"]]
