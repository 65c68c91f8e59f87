"""Mistakes in the arguments of a measurement are refused before anything is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as engines
from benchmarks import cluster, suggestions
from benchmarks.arguments import make_folder
from benchmarks.http import __main__ as http

MISTAKES = [
    (engines, ["--sizes", "abc"], 'found "abc", expected a whole number from 1000'),
    (engines, ["--sizes", "1000,,2000"], 'found ""'),
    (engines, ["--sizes", "10"], 'found "10"'),
    (engines, ["--engines", "lucy"], "lucy is no engine"),
    (engines, ["--runs", "0"], 'found "0", expected a whole number from 1'),
    (engines, ["--json", "missing/out.json"], "missing/out.json cannot be written: name a file in a folder that exists"),
    (engines, ["--folder", "/proc/indexes"], "/proc/indexes cannot be made"),
    (http, ["--size", "7"], 'found "7"'),
    (http, ["--markdown", "."], ". cannot be written"),
    (suggestions, ["--each", "-1"], 'found "-1"'),
    (cluster, ["--size", "all"], 'found "all"'),
    (cluster, ["--replicas", "-1"], 'found "-1"'),
]


@pytest.mark.parametrize(("command", "arguments", "said"), MISTAKES, ids=[" ".join(mistake[1]) for mistake in MISTAKES])
def test_a_mistake_is_named_and_nothing_is_measured(command, arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_is_missing_is_made(tmp_path: Path):
    assert make_folder(str(tmp_path / "a" / "b")).is_dir()
