"""Control characters, HTML and entities in texts are read with a warning, and no word is lost."""

from __future__ import annotations

import json

import pytest
from archive_files import problems_of, read_files, text_of

SETTINGS = "sources: [{path: d.jsonl}]\n"


def read(tmp_path, **values: object):
    return read_files(tmp_path, SETTINGS, {"d.jsonl": json.dumps({"id": "a", "title": "A", "text": "x", **values}) + "\n"})


@pytest.mark.parametrize("text", ["scan\x00ned", "scan\x07ned", "scan\ufffened", "scan\ud800ned", "scan\x1bned"])
def test_a_control_character_is_removed_with_a_warning(tmp_path, text):
    corpus = read(tmp_path, text=text, title=text)
    assert corpus.errors == ()
    assert (corpus.documents[0].title, text_of(corpus.documents[0])) == ("scanned", "scanned")
    assert "d.jsonl:1: warning: text: 1 control character was removed" in problems_of(corpus)


def test_removed_control_characters_are_counted(tmp_path):
    assert "text: 3 control characters were removed (U+0001)" in problems_of(read(tmp_path, text="a\x01b\x01c\x02"))


@pytest.mark.parametrize(
    ("written", "title"),
    [("Tom &amp; Jerry", "Tom & Jerry"), ("a &#8211; b", "a – b"), ("<i>Moby</i> Dick", "Moby Dick"), ("one<br>two", "one two")],
)
def test_markup_in_a_line_is_read_with_a_warning(tmp_path, written, title):
    corpus = read(tmp_path, title=written)
    assert corpus.documents[0].title == title
    assert "d.jsonl:1: warning: title: contains" in problems_of(corpus)


@pytest.mark.parametrize(
    "written", ["a < b > c", "<1900", "AT&T; R&D", "List<String> & Map", "<script>alert(1)</script>", "&unknown;"]
)
def test_what_is_no_markup_stays_as_it_is(tmp_path, written):
    corpus = read(tmp_path, title=written, text=written)
    assert (corpus.documents[0].title, text_of(corpus.documents[0])) == (written, written)
    assert problems_of(corpus) == ""


def test_a_text_in_html_keeps_its_blocks_and_links(tmp_path):
    html = '<p>First <a href="https://e.org/">link</a></p><ul><li>one</li><li>two</li></ul><script>x()</script>'
    (document,) = read(tmp_path, text=html).documents
    (section,) = document.sections
    assert section.text == "First link\n\none\ntwo"
    assert [block.kind for block in section.blocks] == ["paragraph", "item", "item"]
    assert [(section.text[link.start : link.end], link.url) for link in section.links] == [("link", "https://e.org/")]


def test_lists_of_texts_are_one_text(tmp_path):
    (document,) = read(tmp_path, text=["One.", "Two."], title=["A", "B"], place=["Bonn"]).documents
    assert (text_of(document), document.title, document.place) == ("One.\n\nTwo.", "A; B", "Bonn")


@pytest.mark.parametrize(("rights", "words", "address"), [
    ("In copyright", "In copyright", ""),
    ("http://rightsstatements.org/vocab/InC/1.0/", "", "http://rightsstatements.org/vocab/InC/1.0/"),
    ({"text": "Free", "url": "https://e.org/"}, "Free", "https://e.org/"),
    ("CC BY 4.0 https://e.org/by", "CC BY 4.0 https://e.org/by", "https://e.org/by"),
])  # fmt: skip
def test_rights_are_words_or_an_address(tmp_path, rights, words, address):
    (document,) = read(tmp_path, rights=rights).documents
    assert (document.rights, document.rights_url) == (words, address)


def test_values_that_differ_by_a_sign_stay_apart_and_the_commonest_spelling_is_shown(tmp_path):
    topics = ["C++", "C#", "C", "Report", "report", "report", "RH+", "RH-"]
    lines = "".join(
        json.dumps({"id": f"d{n}", "title": "T", "text": "x", "topics": [one]}) + "\n" for n, one in enumerate(topics)
    )
    corpus = read_files(tmp_path, SETTINGS, {"d.jsonl": lines})
    assert {topic for document in corpus.documents for topic in document.topics} == {"C++", "C#", "C", "report", "RH+", "RH-"}
