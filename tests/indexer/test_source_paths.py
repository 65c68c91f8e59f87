"""What the path of a source means: folders of mixed files, and paths that lead nowhere."""

from __future__ import annotations

import pytest
from archive_files import by_id, problems_of, read_files

PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><p>Words of {0}.</p></body></html>"
SAVED_SITE: dict[str, str | bytes] = {
    "site/index.html": PAGE.format("Home"),
    "site/old.HTM": PAGE.format("Old"),
    "site/fragment.html": "<p>A page without a head.</p>",
    "site/about": PAGE.format("About"),
    "site/news.php": "\n<!-- saved -->\n" + PAGE.format("News"),
    "site/wide.asp": PAGE.format("Wide").encode("utf-16"),
    "site/style.css": "body { color: red }",
    "site/mesh.py": "print('title')",
    "site/logo.png": b"\x89PNG\r\n\x1a\n\0\0<html>",
    "site/icon.svg": '<?xml version="1.0"?><svg><title>Icon</title></svg>',
    "site/feed.xml": "<rss><channel><title>Feed</title></channel></rss>",
    "site/report.pdf": "%PDF-1.4 <title>",
    "site/empty": "",
}


@pytest.mark.parametrize("path", ["site", "site/*", "site/**/*", "site/**"])
def test_of_a_saved_site_pages_are_read_and_other_files_are_named_together(tmp_path, path):
    corpus = read_files(tmp_path, f"sources: [{{path: '{path}', reader: html}}]\n", SAVED_SITE)
    assert {document.title for document in corpus.documents} >= {"Home", "Old", "About", "News", "Wide"}
    assert len(corpus.documents) == 6
    assert not corpus.errors
    assert {problem.path for problem in corpus.problems if "no ending of pages" in problem.message} == {
        f"site/{name}" for name in ("style.css", "mesh.py", "logo.png", "icon.svg", "feed.xml", "report.pdf", "empty")
    }


def test_a_pattern_with_an_ending_takes_what_it_names(tmp_path):
    corpus = read_files(tmp_path, "sources: [{path: 'site/*.inc', reader: html}]\n", {"site/a.inc": "<p>Part of a page.</p>"})
    assert list(by_id(corpus)) == ["a"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", 'config.yaml:1: sources.0.path: found "nowhere", but there is no such file; correct the path'),
        ("nowhere/**/*.md", 'config.yaml:1: sources.0.path: found "nowhere/**/*.md", but there is no such file'),
        ("{a,b}/*.md", "braces are no pattern; write a source for each of the paths in them"),
        ("a\\b.md", "write / between folders, as in reports/2019"),
    ],
)
def test_a_path_that_leads_nowhere_is_one_mistake_that_says_so(tmp_path, path, message):
    corpus = read_files(tmp_path, f"sources: [{{path: '{path}'}}]\n", {})
    assert len(corpus.problems) == 1
    assert message in problems_of(corpus)
