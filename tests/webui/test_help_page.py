"""The examples of the help page: every one finds something in this archive."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_reading import soup

from indexer.corpus import read_corpus
from search.archive import Archive
from search.config.loading import load_config
from search.config.settings import Config, Site, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document
from webui import create_app
from webui.pages.help import KINDS, examples

ROOT = Path(__file__).parents[2]


def test_an_archive_that_names_no_examples_gets_some_from_its_own_words_and_all_find_something(client):
    page = soup(client, "/help")
    typed = [code.text for code in page.select(".examples code")]
    assert typed[:4] == ["cyber news", '"cyber news"', "cyber -news", "cyber without news"]
    assert {"cyber OR news", "cybe*", "title:cyber", "type:Ideas year:2010..2019", "topic:norms", "2019-06-05"} < set(typed)
    for link in page.select(".examples a"):
        assert "No results" not in soup(client, link["href"]).find(id="count").text
    hints = [link.text for link in soup(client, "/").select(".hint a")]
    assert len(hints) == 4
    assert set(hints) <= set(typed)


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ((), ["haus muhlbach", '"haus muhlbach"', "haus OR muhlbach", "haus*", "title:haus", "type:Bild year:1902..1902"]),
        (("Bild", "cyber insurance"), ["Bild"]),
    ],
)
def test_examples_of_one_archive_are_never_shown_in_another(named, shown):
    config = Config(sources=(Source(path="x"),), language="de", site=Site(examples=named))
    documents = [Document("a", "Das Haus Mühlbach", type="Bild", date=parse_edtf("1902")), Document("b", "")]
    client = create_app(config, OracleEngine(config, documents)).test_client()
    assert [code.text for code in soup(client, "/help").select(".examples code")] == shown


@pytest.mark.parametrize(("language", "typed"), [("en", "trade without ports"), ("de", "trade ohne ports"), ("nl", "")])
def test_an_example_of_words_that_leave_something_out_finds_something(language, typed):
    config = Config(sources=(Source(path="x"),), language=language, site=Site(examples=("trade -ports",)))
    documents = [Document("a", "Trade"), Document("b", "Trade and ports")]
    client = create_app(config, OracleEngine(config, documents)).test_client()
    links = soup(client, "/help").select(".examples a")
    assert [link.text for link in links] == ["trade -ports", *([typed] if typed else [])]
    assert all(soup(client, link["href"]).find(id="count").text.startswith("1") for link in links)


def test_an_archive_without_titles_or_types_has_a_help_page_without_examples():
    config = Config(sources=(Source(path="x"),))
    client = create_app(config, OracleEngine(config, [Document("b", "")])).test_client()
    assert soup(client, "/help").select(".examples a") == soup(client, "/").select(".hint a") == []


def test_every_example_of_the_shipped_archive_finds_something():
    config = load_config(ROOT / "config.yaml")
    archive = Archive(config, OracleEngine(config, read_corpus(config).documents))
    found = examples(archive)
    assert [one.typed for one in found] == list(config.site.examples)
    assert {one.kind for one in found} == set(KINDS)
    client = create_app(config, archive.engine).test_client()
    links = soup(client, "/help").select(".examples a")
    assert len(links) == len(found) + 1  # one with a word for the minus
    for link in links:
        assert int(re.match(r"\d+", soup(client, link["href"]).find(id="count").text)[0]) > 0, link.text
