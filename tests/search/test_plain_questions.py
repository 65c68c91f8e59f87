"""Questions that are only words are read the short way; it gives what the long way gives, whatever words a rule reacts to."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from source_files import ROOT, parse_module

from search.answering import Spent
from search.archive import Archive
from search.config.settings import Config, Source, TypeValue
from search.engines.oracle import OracleEngine
from search.model.document import Document, Person, Section
from search.query_language.plain_questions import PlainQuestions
from search.query_language.ranking import boosts
from search.reading import read_question

_RULES = ("query_language", "text", "config", "model", "reading.py", "known_items.py", "suggestions")
_PLAIN = "telegraph cable harbour lighthouse walrus glacier basket violin meadow lantern orchard pebble cyber space".split()
_DOCUMENTS = [
    Document(
        "walrus",
        "A lantern in the meadow",
        type="Field Report",
        people=(Person("Ann Basket"),),
        sections=(Section("The Great Harbour Trust (GHT) keeps telegraph cables. Submarine cyberspace."),),
    ),
    Document("b", "Harbour", type="Brief", sections=(Section("The Great Harbour Trust (GHT) and the violin, without pebbles."),)),
]
_TYPES = (TypeValue(value="Field Report", also=("dispatch",)), TypeValue(value="Brief", children=("lantern slide",)))
_SYNONYMS = "walrus, sea lion\nunder sea, submarine\nbasketviolin, trug\n"


@cache
def words_of_rules() -> tuple[str, ...]:
    """Return every word in small letters that a string of the rules contains: a new rule's words are among them."""
    paths = [path for name in _RULES for path in [ROOT / "search" / name, *sorted((ROOT / "search" / name).rglob("*.py"))]]
    texts = (text for path in paths if path.is_file() for text in _strings_of(parse_module(path)))
    return tuple(sorted({word for text in texts for word in re.findall(r"(?<![^\W])[a-z]{2,}(?![^\W])", text.lower())}))


def _strings_of(module: ast.Module) -> Iterator[str]:
    described = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def open_archive(folder: Path, language: str, **settings: object) -> Archive:
    (folder / "synonyms.txt").write_text(_SYNONYMS, encoding="utf-8")
    own = {"language": language, "synonyms": "synonyms.txt", **settings}
    config = Config(sources=(Source(path="x"),), path=folder / "config.yaml", **own)
    return Archive(config, OracleEngine(config, _DOCUMENTS))


def read(archive: Archive, text: str) -> tuple[object, ...]:
    """Return all that is read of a text: the run tried first, its boosts, and what the page says about the words."""
    run = next(archive._readings.runs(archive.parse(text), text, False, Spent()))
    reading = read_question(run, text, archive._label, archive._is_value)
    messages = [(getattr(part.meaning, "message", ""), getattr(part.meaning, "values", {})) for part in reading.parts]
    same = replace(run, question=replace(run.question, is_plain=False))
    return same, boosts(run.question, archive.analyzer), reading, messages


def texts_of(seed: int) -> Iterator[str]:
    """Yield each word of the rules by itself and beside plain words, then mixtures of several."""
    chance = random.Random(seed)
    words = words_of_rules()
    for word in words:
        yield word
        yield " ".join(chance.sample([word, *chance.sample(_PLAIN, chance.randint(1, 3))], 2))
    for _ in range(1500):
        mixed = chance.sample(words, chance.randint(1, 3)) + chance.sample(_PLAIN, chance.randint(0, 4))
        chance.shuffle(mixed)
        yield " ".join(mixed)
    yield from (" ".join(chance.sample(_PLAIN, chance.randint(1, 7))) for _ in range(500))


@pytest.mark.parametrize(
    ("language", "settings"),
    [("en", {"types": _TYPES}), ("en", {"stop_words": ()}), ("de", {}), ("fr", {"types": _TYPES}), ("es", {}), ("ru", {})],
)
def test_the_short_way_reads_what_the_long_way_reads(tmp_path, monkeypatch, language, settings):
    archive = open_archive(tmp_path, language, **settings)
    plain = archive._readings._plain
    short = {text: read(archive, text) for text in texts_of(ord(language[0])) if plain.read(text) is not None}
    monkeypatch.setattr(PlainQuestions, "read", lambda self, text: None)
    for text, found in short.items():
        assert found == read(archive, text), text
    assert len(short) > 1000


def test_most_plain_questions_are_read_the_short_way_and_no_other(tmp_path):
    plain = open_archive(tmp_path, "en")._readings._plain
    for text in ("glacier", "glacier meadow", "glacier orchard pebble meadow"):
        assert plain.read(text) is not None, text
    for text, reason in {
        "glacier or pebble": "small words",
        "latest glacier": "an order",
        "glacier without pebble": "an exclusion",
        "field reports": "a type",
        "walrus": "a synonym",
        "under seas": "a synonym of two words",
        "basket violin": "a synonym in two words",
        "ght": "an acronym",
        "great harbour trust": "the long form of an acronym",
        "Glacier": "a capital letter",
        "b glacier": "an initial",
        "glacier 2013": "a number",
        '"glacier"': "signs",
        "": "no words",
    }.items():
        assert plain.read(text) is None, reason
