"""JSON: one record a file, an array, or a list inside; patterns of paths."""

from __future__ import annotations

import json

import pytest
from archive_files import by_id, problems_of, read_files

from indexer.patterns import path_regex

GOOD = {"id": "a", "title": "A", "text": "x"}


def read(tmp_path, data: object, more: str = ""):
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    return read_files(tmp_path, f"sources:\n- path: d.json\n{more}", {"d.json": text})


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (GOOD, ""),
        ([GOOD], ""),
        ({"data": {"items": [GOOD]}}, "  records: data.items\n"),
        ({"data.items": [GOOD]}, "  records: data.items\n"),
        ({"pages": [{"items": [GOOD]}, {"items": []}]}, "  records: pages.*.items\n"),
        ({"items": {"one": GOOD}}, "  records: items\n"),
    ],
)
def test_records_are_a_file_an_array_or_a_list_inside(tmp_path, data, more):
    corpus = read(tmp_path, data, more)
    assert problems_of(corpus) == ""
    assert [document.title for document in corpus.documents] == ["A"]


def test_a_folder_of_one_record_each(tmp_path):
    files = {f"works/{n}.json": json.dumps({"acno": f"N{n:05}", "title": f"T {n}"}) for n in range(3)}
    settings = 'sources:\n- path: works\n  id: "{acno}"\n  defaults: {text: ""}\n'
    assert list(by_id(read_files(tmp_path, settings, files))) == ["N00000", "N00001", "N00002"]


def test_a_bad_item_is_one_mistake_at_its_line(tmp_path):
    corpus = read(
        tmp_path, '[\n{"id": "a", "title": "A", "text": "x"},\n7,\n{"id": "b", "title": "B", "text": "x", "url": "no"}\n]'
    )
    assert [(problem.line, problem.field) for problem in corpus.errors] == [(3, ""), (4, "url")]
    assert list(by_id(corpus)) == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "d.json:1: is not JSON"),
        ('{\n"a": 1,\n"a": 2}', 'd.json: is not JSON: "a" occurs twice'),
        ("[" * 100_000, "is nested too deeply"),
        ("", "contains no record"),
        ("[]", "contains no record"),
    ],
)
def test_what_is_no_json_is_one_mistake(tmp_path, text, message):
    assert message in problems_of(read(tmp_path, text))


def test_a_list_that_is_not_there_is_a_mistake_that_names_the_keys(tmp_path):
    assert 'has no "item", which `records` of its source names; its keys are items' in problems_of(
        read(tmp_path, {"items": [GOOD]}, "  records: item\n")
    )


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("a?b", "a/b", False), ("a?b", "axb", True), ("a*b", "a/b", False), ("[a/]b", "/b", False), ("a[!x]b", "a/b", False),
        ("**/b", "a/c/b", True), ("**/b", "b", True), ("a.b", "axb", False), ("[z-a]", "[z-a]", True), ("a[", "a[", True),
    ],
)  # fmt: skip
def test_no_sign_of_a_pattern_matches_a_slash(pattern, path, matches):
    assert (path_regex(tuple(pattern.split("/"))).fullmatch(path) is not None) is matches
