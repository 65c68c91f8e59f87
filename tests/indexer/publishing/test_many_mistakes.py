"""Output stays short for a file with the same mistake in every row, and for one with many unknown keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.commands.cli import main


def check(
    folder: Path, capsys: pytest.CaptureFixture[str], rows: list[dict[str, object]], source: str = "", *words: str
) -> list[str]:
    (folder / "config.yaml").write_text(f"sources: [{{path: rows.jsonl{source}}}]\nindex: {{path: index}}\n")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    main(["check", "--config", str(folder / "config.yaml"), *words])
    return capsys.readouterr().err.splitlines()


def test_of_many_mistakes_of_one_kind_the_first_are_shown_and_the_others_counted(tmp_path, capsys):
    rows: list[dict[str, object]] = [{"title": "T", "text": "t"} for _ in range(50)]
    rows[30] = {"id": "a", "text": "t"}
    lines = check(tmp_path, capsys, rows)
    assert len(lines) == 22
    assert lines[0].startswith(
        "rows.jsonl:1: id: is missing; every document needs an id of its own that never changes; name its key"
    )
    assert lines[20].startswith("rows.jsonl:31: title: is missing")
    assert lines[21] == "and 29 more like this, from rows.jsonl:21 on: id: is missing; --verbose lists all"
    assert len(check(tmp_path, capsys, rows, "", "--verbose")) == 50


def test_twenty_mistakes_of_one_kind_are_all_shown(tmp_path, capsys):
    lines = check(tmp_path, capsys, [{"title": "T", "text": "t"}] * 20)
    assert [line.split(":")[1] for line in lines] == [str(number) for number in range(1, 21)]


def test_many_unknown_keys_give_a_line_to_copy(tmp_path, capsys):
    rows: list[dict[str, object]] = [{"id": "a", "title": "T", "text": "t", "size": 1, "Row No.": 2, "a: b": 3, "shape": 4}]
    line = check(tmp_path, capsys, rows)[-1]
    assert line == 'to leave all 4 keys out that are no fields, write beside `path`: ignore: [size, Row No., "a: b", shape]'
    written = line.partition("write beside `path`: ")[2]
    assert check(tmp_path, capsys, rows, f", {written}") == []


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("authors", "map it with `mapping`, as in people: authors, or add it to `ignore`"),
        ("Keywords", "map it with `mapping`, as in topics: Keywords, or add it to `ignore`"),
        ("topcis", 'did you mean "topics"?'),
        ("height", "declare it under `fields`, map it with `mapping` or add it to `ignore`"),
        ("identifier", "declare it under `fields`, map it with `mapping` or add it to `ignore`"),
    ],
)
def test_the_advice_on_an_unknown_key_names_the_field_that_is_meant(tmp_path, capsys, key, advice):
    assert check(tmp_path, capsys, [{"id": "a", "title": "T", "text": "t", key: "x"}])[0].endswith(advice)


def test_dates_in_an_open_order_are_one_warning(tmp_path, capsys):
    days = ("5/6/2013", "7/8/2014", "1/2/1999")
    lines = check(tmp_path, capsys, [{"id": day, "title": "T", "text": "t", "date": day} for day in days])
    assert len(lines) == 1
    assert "3 times, first rows.jsonl:1; say which in date_format" in lines[0]


def test_an_object_where_text_is_expected_names_the_part_to_map(tmp_path, capsys):
    rows: list[dict[str, object]] = [{"id": "a", "title": "T", "text": "t", "venue": {"name": "Hall"}}]
    assert check(tmp_path, capsys, rows)[0].endswith(
        "venue: found a mapping, expected text; name a part of it under `mapping`, as in venue.name, or add it to `ignore`"
    )
    assert check(tmp_path, capsys, rows, ", mapping: {venue: venue.name}") == []


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("path: [a.md, b.md]", "expected one path; write a source for each"),
        ("path: a, exclude: b", 'exclude: is not a setting; did you mean "ignore"?'),
        ("path: a, columns: {title: Name}", 'columns: is not a setting; did you mean "mapping"?'),
        ("path: a, encoding: latin-1", "encoding: is not a setting; the encoding of a file is found by itself"),
        ("path: a, html: {content: main}", 'html.content: is not a setting; did you mean "text"?'),
        ("path: a, html: {author: .by}", 'html.author: is not a setting; did you mean "people"?'),
        ("path: a, mapping: {author: Artist}", 'mapping.author: is not a field of a document; did you mean "people"?'),
        ("path: a, mapping: {title: [Name, Titel]}", "mapping.title: found a list, expected one key, as in title: Name"),
    ],
)
def test_settings_that_people_guess_are_answered_with_ours(tmp_path, capsys, settings, message):
    (tmp_path / "config.yaml").write_text(f"sources: [{{{settings}}}]\nindex: {{path: index}}\n")
    assert main(["check", "--config", str(tmp_path / "config.yaml")]) != 0
    assert message in capsys.readouterr().err
