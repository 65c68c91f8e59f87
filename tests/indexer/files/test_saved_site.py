"""A saved site as it comes: pages of every age, in every encoding, with the menus of the site around them."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString

from indexer.commands.check import format_omissions
from indexer.corpus import Corpus, read_corpus
from indexer.readers.html.page import decode_page
from search.config.loading import load_config

ROOT = Path(__file__).parents[3]
MOZILLA = ROOT.parent / "shared" / "collections" / "mozilla-archive"
AROUND = ("#header", "#side", "#nav", ".skipLink", ".important", "#footer")
SELECTORS = """
    html:
      title: [title, "#mainContent h1", "#mainContent h2"]
      text: ["#mainContent", body]
      remove: ["#header", "#side", "#nav", .skipLink, .important, "#footer"]
"""
PAGE = """<html><title>Page {number}</title><body><div class=notice>This is a snapshot of the old site.</div>
<p>Words of page {number}. See <a href="page{next}.html">the next</a>, <a href="gone.html">a page that is gone</a> and
<a href="https://example.org/">another site</a>.</p></body></html>"""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def read(folder: Path, settings: str = "") -> Corpus:
    (folder / "config.yaml").write_text(f"sources:\n  - path: site\n{settings}")
    return read_corpus(load_config(folder / "config.yaml"))


def test_lines_that_most_pages_share_are_left_out_and_links_lead_to_pages(tmp_path):
    (tmp_path / "site").mkdir()
    for number in range(6):
        (tmp_path / "site" / f"page{number}.html").write_text(PAGE.format(number=number, next=number + 1))
    corpus = read(tmp_path)
    first = next(document for document in corpus.documents if document.id == "page0")
    assert first.sections[0].text == "Words of page 0. See the next, a page that is gone and another site."
    assert [(first.sections[0].text[link.start : link.end], link.url) for link in first.sections[0].links] == [
        ("the next", "/documents/page1"),
        ("another site", "https://example.org/"),
    ]
    assert format_omissions(corpus)[0] == (
        "left out of 6 files as menus, headers, footers and hidden or shared lines: 48 of 138 words"
    )


def test_few_pages_share_nothing(tmp_path):
    (tmp_path / "site").mkdir()
    for number in range(4):
        (tmp_path / "site" / f"page{number}.html").write_text(PAGE.format(number=number, next=number + 1))
    assert all("snapshot" in document.sections[0].text for document in read(tmp_path).documents)


@pytest.mark.slow
@pytest.mark.skipif(not MOZILLA.is_dir(), reason="the saved pages of ../shared are not here")
@pytest.mark.parametrize("settings", [SELECTORS, ""], ids=["selectors", "without"])
def test_the_pages_of_a_closed_site_are_read_whole(tmp_path, settings):
    shutil.copytree(MOZILLA, tmp_path / "site")
    documents = {document.source_path: document for document in read(tmp_path, settings).documents}
    assert len(documents) == 250
    assert "Mozilla" not in {document.title for document in documents.values() if "foundation-intro" not in document.source_path}
    found = wanted = taken = 0
    for path in sorted((tmp_path / "site").rglob("*.htm*")):
        document = documents[path.relative_to(tmp_path).as_posix()]
        expected = words(_text(decode_page(path.read_bytes())))
        got = words(" ".join([document.title, *(f"{part.heading} {part.text}" for part in document.sections)]))
        found += sum((expected & got).values())
        wanted += sum(expected.values())
        taken += sum(got.values())
    assert found / wanted > 0.99
    assert found / taken > 0.985


def _text(page: str) -> str:
    """The words that an archivist wants of a page of this site."""
    tree = BeautifulSoup(page, "html.parser")
    for element in (*tree(["script", "style", "noscript", "head", "title"]), *tree.select(", ".join(AROUND))):
        element.extract()
    root = tree.select_one("#mainContent") or tree.body or tree
    return " ".join(text for text in root.find_all(string=True) if type(text) is NavigableString)


@pytest.mark.parametrize(
    "body",
    ["", "<frameset><frame src=b.html></frameset>", "<body><nav><a href=b.html>Home</a></nav></body>", "<body><img src=map.gif></body>"],
)
def test_a_page_without_text_is_reported(tmp_path, body):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_text(f"<html><title>The map</title>{body}</html>")
    corpus = read(tmp_path)
    assert [document.title for document in corpus.documents] == ["The map"]
    assert list(map(str, corpus.problems)) == [
        "site/a.html:1: warning: text: is empty; the document is found by its other fields only"
    ]
