"""Mistakes in the configuration that show when the corpus is read are reported at their line, before anything is published."""

from __future__ import annotations

import pytest
from archive_files import problems_of, read_files

from search.errors import ConfigError

DOCUMENTS = {"docs.jsonl": '{"id": "d1", "title": "Water", "text": "The harbour."}\n'}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("html: {title: 'h1['}", 'config.yaml:3: sources.0.html.title.0: found "h1[", which is not a CSS selector (malformed'),
        ("html: {text: [article, ' ']}", 'config.yaml:3: sources.0.html.text.1: found " ", which is not a CSS selector'),
        ("html: {people: 'a::text'}", 'sources.0.html.people.0: found "a::text", which names a part of an element'),
        ("listing: {entries: [{select: 'li:nope'}]}", 'config.yaml:3: sources.0.listing.entries.0.select: found "li:nope"'),
        ("listing: {sections: [{select: p, title: '2'}]}", 'sources.0.listing.sections.0.title: found "2"'),
        ("listing: {repairs: '('}", 'sources.0.listing.repairs: found "("'),
    ],
)
def test_a_selector_that_cannot_be_read_is_reported_once_at_its_line(tmp_path, settings, message):
    pages = {f"site/{name}.html": "<h1>Page</h1>" for name in "ab"}
    with pytest.raises(ConfigError) as raised:
        read_files(tmp_path, f"sources:\n  - path: site\n    {settings}\n", pages)
    assert str(raised.value).count("\n") == 0
    assert message in str(raised.value)


def test_selectors_that_may_be_empty_are(tmp_path):
    listing = "listing: {entries: [{select: p, title: b, type: '', date: ''}], repairs: ''}"
    corpus = read_files(tmp_path, f"sources:\n  - path: a.html\n    {listing}\n", {"a.html": "<p><b>Title</b></p>"})
    assert "selector" not in problems_of(corpus)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, 'config.yaml:2: synonyms: found "words.txt", but there is no such file; correct the path'),
        (b"undersea\n", 'words.txt:1: found "undersea", expected at least two words or phrases'),
        (b"caf\xe9, coffee\n", "words.txt: is not UTF-8 text; save it as UTF-8"),
    ],
)
def test_a_mistake_in_the_synonyms_is_found_before_a_server_stops_at_it(tmp_path, content, message):
    files = DOCUMENTS if content is None else DOCUMENTS | {"words.txt": content}
    corpus = read_files(tmp_path, "sources: [{path: docs.jsonl}]\nsynonyms: words.txt\n", files)
    assert message in problems_of(corpus)
    assert len(corpus.errors) == 1
    assert len(corpus.documents) == 1


def test_a_file_of_facts_that_is_not_there_is_reported_at_its_line(tmp_path):
    corpus = read_files(tmp_path, "sources: [{path: docs.jsonl}]\nfacts:\n  - facts.yaml\n", DOCUMENTS)
    assert 'config.yaml:3: facts.0: found "facts.yaml", but there is no such file; correct the path' in problems_of(corpus)
