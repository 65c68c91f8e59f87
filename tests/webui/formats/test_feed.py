"""A feed has the times when documents were published and changed, the latest first."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from lxml import etree

from search.changes import Changes
from search.config.settings import Config, OwnField, Source
from search.engines.oracle import OracleEngine
from search.history import History, save_history
from search.model.dates import parse_edtf
from search.model.document import Document
from webui import create_app

DOCUMENTS = [
    Document("old", "Old and come today", date=parse_edtf("1920")),
    Document("new", "New and here for long", date=parse_edtf("2019-05")),
    Document("undated", "Undated"),
]


@pytest.fixture
def entries(tmp_path: Path):
    """A function that returns the entries of a feed, with or without a history."""

    def read(history: History | None, query: str = "") -> list[tuple[str, str]]:
        config = Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml")
        engine = OracleEngine(config, DOCUMENTS)
        if history:
            save_history(config, engine.current().id, history)
        feed = feedparser.parse(create_app(config, engine).test_client().get(f"/search.atom{query}").data)
        return [(entry.id.rpartition("/")[2], entry.updated) for entry in feed.entries]

    return read


def test_what_came_or_changed_last_is_first_however_old_it_is(entries):
    times = {"old": ("2026-03-01T10:00:00+00:00",) * 2, "new": ("2025-01-01T00:00:00+00:00",) * 2}
    undated = {"undated": ("2024-01-01T00:00:00+00:00", "2025-06-01T00:00:00+00:00")}
    assert entries(History(Changes.pack(sorted((times | undated).items())))) == [
        ("old", "2026-03-01T10:00:00Z"),
        ("undated", "2025-06-01T00:00:00Z"),
        ("new", "2025-01-01T00:00:00Z"),
    ]
    assert [name for name, _ in entries(History(Changes.pack(sorted((times | undated).items()))), "?sort=oldest")] == ["old", "new", "undated"]


def test_without_a_history_entries_stay_where_they_are(entries):
    assert entries(None) == [
        ("new", "2019-05-01T00:00:00Z"),
        ("old", "1920-01-01T00:00:00Z"),
        ("undated", "1970-01-01T00:00:00Z"),
    ]


@pytest.mark.parametrize("address", ["/search.atom", "/search.atom?q=new", "/search.atom?q=zzz", "/search.atom?q=%3Cb%3E%26%22&sort=oldest"])
def test_every_feed_keeps_to_the_rules_of_atom(address, tmp_path):
    rules = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "fixtures" / "atom.rng"))
    config = Config(sources=(Source(path="x"),), fields={"medium": OwnField(label="Medium <b>")}, path=tmp_path / "config.yaml")
    hostile = Document("a/b <&>", "<script>\x00 & \u2028", summary="]]> <b>", extra=(("medium", ("Oil & <i>",)),))
    feed = create_app(config, OracleEngine(config, [*DOCUMENTS, hostile])).test_client().get(address).data
    rules.assertValid(etree.fromstring(feed))
    with pytest.raises(etree.DocumentInvalid):
        rules.assertValid(etree.fromstring(feed.replace(b"<updated>", b"<updated>on ", 1)))


@pytest.mark.parametrize(("chosen", "language", "kept"), [("", "de", ""), ("&lang=de", "de", ""), ("&lang=en", "en", "&lang=en")])
def test_a_feed_says_its_language_leads_back_to_it_and_says_where_a_text_is_in_another(chosen, language, kept, tmp_path):
    config = Config(sources=(Source(path="x"),), language="de", languages=("de", "en"), path=tmp_path / "config.yaml")
    documents = [Document("a", "Das Haus", summary="Ein Haus"), Document("b", "The house", language="en"), Document("c", type="Haus")]
    feed = create_app(config, OracleEngine(config, documents)).test_client().get(f"/search.atom?q=haus+OR+house{chosen}").data
    root = etree.fromstring(feed)
    space, code = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{space}link")}
    assert root.get(code) == language
    assert links["self"].endswith(f"/search.atom?q=haus+OR+house&exact=1{kept}")
    assert links["self"] == root.findtext(f"{space}id")
    assert links["alternate"].endswith(f"/search?q=haus+OR+house&exact=1{kept}")
    titles = {title.text: title.get(code) for title in root.findall(f"{space}entry/{space}title")}
    assert {text: titles[text] for text in ("Das Haus", "The house")} == {
        "Das Haus": None if language == "de" else "de",
        "The house": None if language == "en" else "en",
    }
