"""Another archive, in German, with facets of its own, set up with a configuration alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from source_files import message_template

from indexer.commands.cli import main as build_index
from indexer.corpus import read_corpus
from search.__main__ import main as search
from search.archive import Archive
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from search.model.query import Query
from webui import create_app

SAME = {"RIS", "BibTeX", "JSON", "Person", "Text", "Filter", "Filter (1 gesetzt)", "Atom"}
"""Messages that German has too."""


@pytest.fixture(scope="module")
def archive() -> Archive:
    config = load_config(Path(__file__).parent / "config.yaml")
    corpus = read_corpus(config)
    assert corpus.problems == ()
    return Archive(config, OracleEngine(config, corpus.documents))


@pytest.fixture(scope="module")
def client(archive: Archive) -> FlaskClient:
    return create_app(archive.config, archive.engine).test_client()


@pytest.fixture(scope="module")
def english_messages() -> list[re.Pattern[str]]:
    """The program's English messages, with anything in place of their placeholders."""
    words = [
        one
        for message in message_template()
        if message.id
        for one in ((message.id,) if isinstance(message.id, str) else message.id)
    ]
    return [re.compile(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(one))) for one in words if re.search(r"[a-z]{3} |^[A-Z][a-z]{3}", one)]


def find_ids(archive: Archive, text: str) -> list[str]:
    return sorted(hit.document.id for hit in archive.search(Query(text)).hits)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Haus", ["inv-0001", "inv-0002", "weberei"]),
        ("strasse", ["weberei"]),
        ("webstuhl", ["inv-0001", "weberei"]),
        ('kuenstler:"käthe brandt"', ["inv-0001", "inv-0002"]),
        ("brandt", ["inv-0001", "inv-0002"]),
        ("juni 1987", ["weberei"]),
        ("type:kunst", ["inv-0001", "inv-0002"]),
        ("die Weber", ["inv-0001", "weberei"]),
    ],
)
def test_german_words_are_found_in_any_form(archive, text, ids):
    assert find_ids(archive, text) == ids


def test_the_archives_own_fields_are_facets(archive):
    page = archive.search(Query())
    assert [facet.label for facet in page.facets] == ["Content type", "Sammlung", "Künstlerin oder Künstler", "Year"]
    assert {v.value: v.count for v in page.facet("sammlung").values} == {"Gewerbe": 3, "Ortsbild": 1}
    assert {v.value: v.count for v in page.facet("kuenstler").values} == {"Käthe Brandt": 2, "none": 2}


def test_a_range_counts_in_each_of_its_years(archive):
    assert {v.value: v.count for v in archive.search(Query()).facet("year").values} == {
        "1987": 1, "1904": 1, "1903": 1, "1902": 1, "1893": 1, "none": 1,
    }  # fmt: skip


def test_dates_are_shown_in_the_archives_language(archive):
    from search.model.dates import display_date

    assert display_date(archive.document("weberei").date, "de") == "Juni 1987"


PAGES = (
    "/", "/search", "/search?q=weber&from=1890", "/search?q=zebra", "/documents/inv-0001?q=weber", "/documents/weberei", "/titles", "/topics",
    "/holdings", "/help", "/about", "/values/sammlung", "/nirgends",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_its_pages_are_german_throughout(client, english_messages, path):
    """No text of a page is one of the program's English messages, with or without values in its placeholders."""
    page = BeautifulSoup(client.get(path).text, "html.parser")
    assert page.html["lang"] == "de"
    for hidden in page.select("script, style, .cite"):
        hidden.decompose()
    texts = {" ".join(text.split()) for text in page.stripped_strings} - SAME
    assert not {text for text in texts for one in english_messages if one.fullmatch(text)}


def test_it_says_in_german_what_it_is(client):
    assert "aus Tannenberg, mit Texten zur Geschichte" in client.get("/").text
    about = client.get("/about").text
    assert "sammelt seit 1921" in about
    assert "museum@tannenberg.example" in about
    results = client.get("/search").text
    assert all(word in results for word in ("Art des Inhalts", "Sammlung", "Künstlerin oder Künstler", "Jahr", "Filter anwenden"))


def test_the_commands_serve_it_with_nothing_but_its_configuration(tmp_path, capsys):
    copy = shutil.copytree(Path(__file__).parent, tmp_path / "museum", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert build_index(["build", "--config", str(copy / "config.yaml")]) == 0
    assert "published 4 documents" in capsys.readouterr().out
    assert search(["--config", str(copy / "config.yaml"), 'kuenstler:"Käthe Brandt"', "mühlbach"]) == 0
    assert capsys.readouterr().out.split("\t") == ["inv-0002", "1902/1904", "Zeichnung", "Haus am Mühlbach\n"]
