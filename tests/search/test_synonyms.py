"""Synonyms of a file: the phrases that a typed word also finds, and the message for a line that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.config.loading import load_synonyms
from search.config.settings import Config, Source
from search.errors import ConfigError
from search.text.analysis import Analyzer
from search.text.synonyms import Synonyms

ROOT = Path(__file__).parents[2]
ANALYZER = Analyzer("en")


def read(tmp_path: Path, text: str) -> Synonyms:
    path = tmp_path / "synonyms.txt"
    path.write_text(text, encoding="utf-8")
    return load(tmp_path, path.name)


def load(folder: Path, name: str) -> Synonyms:
    return load_synonyms(Config(sources=(Source(path="x"),), synonyms=name, path=folder / "config.yaml"), ANALYZER)


@pytest.mark.parametrize(
    ("lines", "typed", "pieces", "phrases"),
    [
        ("undersea, submarine", "submarine", 1, ("undersea",)),
        ("undersea, submarine", "Undersea cables", 1, ("submarine",)),
        ("hacking => spying, espionage", "hacking", 1, ("spying", "espionage")),
        ("US, United States", "united states policy", 2, ()),
        ("US, United States", "US policy", 1, ("United States",)),
        ("US, U.S., USA, United States", "U.S.", 1, ("USA", "United States")),
        ("US, USA, United States", "usa", 1, ("United States",)),
        ("a cable, undersea cable  # a comment", "undersea cables", 2, ("a cable",)),
        ("undersea, submarine", "sub marine cable", 2, ("undersea",)),  # a word typed apart
        ("undersea cable, submarine cable", "Sub marine cables", 3, ("undersea cable",)),
        ("undersea, submarine", "sub-marine", 1, ("undersea",)),  # with a hyphen
        ("email, mail", "e-mail", 1, ("mail",)),
        ("fiber cable, undersea cable", "fibre cables", 2, ("undersea cable",)),  # British
        ("cat, dog\ncat, mouse", "cat", 1, ("dog", "mouse")),
    ],
)
def test_what_is_typed_stands_for_the_listed_phrases(
    lines: str, typed: str, pieces: int, phrases: tuple[str, ...], tmp_path: Path
) -> None:
    found = read(tmp_path, lines).find(typed.split())
    assert found is not None
    assert (found.pieces, found.phrases) == (pieces, phrases)


@pytest.mark.parametrize(
    ("lines", "typed"),
    [
        ("hacking => spying", "spying"),  # one way
        ("US, United States", "us"),  # the pronoun
        ("# undersea, submarine", "undersea"),  # a comment
        ("undersea cable, submarine cable", "undersea"),  # a part of a phrase
        ("undersea cable, submarine cable", "sub marine"),
        ("USA, America", "us a"),  # one letter is no part of a word
    ],
)
def test_what_is_not_listed_stands_for_itself(lines: str, typed: str, tmp_path: Path) -> None:
    assert read(tmp_path, lines).find(typed.split()) is None


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ("undersea", 1, "at least two words"),
        ("a, b\n\nundersea =>", 3, "at least two words"),
        ("a => b => c", 1, "twice"),
        ("cat, ???", 1, "contains no word"),
    ],
)
def test_a_line_that_cannot_be_read_is_reported_with_its_number(lines: str, line: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, lines)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("synonyms.txt", line)
    assert words in problem.message


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file; correct the path"):
        load(tmp_path, "none.txt")


def test_the_shipped_file_is_read_without_a_mistake() -> None:
    synonyms = load(ROOT, "corpus/synonyms.txt")
    found = synonyms.find(["submarine", "cables"])
    assert found is not None
    assert "undersea cable" in found.phrases
