"""An archive leaves as a folder of files: every link leads to a file of it, and the dump makes the same archive again."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import yaml
from exported_folder import dead_links, links_of, page_at

from indexer.commands.cli import main as indexer
from search.config.loading import load_config
from search.digest import published_digest
from search.engines.open_engine import open_engine
from search.held_files import find_held_path
from webui.__main__ import main as webui
from webui.export.browser_search import HOW_TO_ADD
from webui.export.site import export_site

CONFIG = """
sources: [{path: docs.jsonl}, {path: notes, mapping: {}}]
index: {path: index}
site: {name: Town archive, address: "https://town.example", about: about.md}
topics: {harbour: {label: Harbour, phrases: [quay]}, trade: {label: Trade}}
people: {berg: {label: Anna Berg, also: [A. Berg]}, council: {label: Town Council, body: true}}
fields: {shelf: {label: Shelf mark}}
languages: [en, de]
withdrawn: [secret]
synonyms: words.txt
"""
STRANGE_IDS = (
    "a b",
    "A B",
    "x/y",
    "x//y",
    "index.html",
    "x/index.html",
    "q?a=b#c",
    "100%",
    "Ünï/ö",
    "CON",
    "a:b",
    "ends.",
    "~tilde",
    "l" * 200,
)
"""Ids that are no plain names of files: each has a page of its own nevertheless."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """The folder of a published archive."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "config.yaml").write_text(CONFIG)
    (folder / "about.md").write_text("# Us\n\nRead [the help](/help) or [a document](/documents/plain).\n")
    (folder / "words.txt").write_text("harbour, port\n")
    (folder / "plan.pdf").write_bytes(b"%PDF-1.4 plan")
    records = [
        {"id": "plain", "title": "Plain", "text": "<h2>At the quay</h2><p>See <a href='https://town.example/note'>the note</a>.</p>", "people": [{"name": "A. Berg"}, {"name": "Town Council", "role": "publisher"}], "date": "c. 1925", "type": "Report", "shelf": "A 1; B 2"},
        {"id": "held", "title": "With files", "text": "", "files": ["plan.pdf"], "topics": ["trade"], "rights": "In copyright", "aliases": ["/old/held"]},
        {"id": "untitled", "title": "", "text": "No title", "date_words": "after the storm"},
        {"id": "secret", "title": "Secret", "text": "Secret", "files": ["plan.pdf"]},
        *({"id": one, "title": f"Strange {number}", "text": "words", "topics": ["trade"]} for number, one in enumerate(STRANGE_IDS)),
        *({"id": f"many-{number}", "title": f"Many {number}", "text": "words", "topics": ["harbour"], "people": [f"Person {number}"]} for number in range(15)),
    ]  # fmt: skip
    (folder / "docs.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    (folder / "notes").mkdir()
    (folder / "notes" / "note.md").write_text(
        "---\ntitle: A note\nurl: https://town.example/note\n---\nBack to [plain](https://town.example/documents/plain).\n"
    )
    assert indexer(["build", "--config", str(folder / "config.yaml")]) in (0, 1)
    return folder


@pytest.fixture(scope="module")
def site(home, tmp_path_factory) -> Path:
    """The archive exported, without a search."""
    folder = tmp_path_factory.mktemp("exported") / "site"
    export_site(load_config(home / "config.yaml"), folder, has_search=False)
    return folder


def test_no_link_is_dead(site):
    assert len([*site.rglob("*.html")]) > 40
    assert dead_links(site, "https://town.example") == []


def test_nothing_that_needs_the_server_is_left(site):
    for path in site.rglob("*.html"):
        page = page_at(path)
        assert page.find(["form", "search"]) is None, path
        assert [one for one in page.find_all("script") if one.get("src")] == []
        assert page.find(attrs={"data-copy": True}) is None
        assert not re.search(r"lang=de|/api/|/oai|/help", " ".join(links_of(page))), path
    assert [one.text for one in page_at(site / "index.html").nav.find_all("li")] == ["Topics", "People", "Titles", "Holdings"]


def test_every_document_has_a_page_of_its_own_at_its_address(site):
    titles = [page_at(path).find("h1").text for path in (site / "documents").rglob("*.html")]
    assert len(titles) == len(set(titles)) == 3 + 1 + len(STRANGE_IDS) + 15
    assert page_at(site / "documents" / "x" / "y" / "index.html").find("h1").text == "Strange 2"
    names = [str(path.relative_to(site)).casefold() for path in site.rglob("*") if path.is_file()]
    assert len(names) == len(set(names))
    assert all(len(part.encode()) <= 255 for name in names for part in name.split("/"))


def test_pages_of_lists_follow_each_other(site):
    walked, at = 0, site / "topics" / "harbour" / "index.html"
    listed = set()
    for path in [at, *sorted((site / "topics" / "harbour").glob("page-*/index.html"))]:
        listed |= {one.text for one in page_at(path).find(class_="hits").find_all("h3")}
        walked += 1
    assert (walked, len(listed)) == (2, 16)


def test_nothing_withdrawn_leaves(site):
    assert not [path for path in site.rglob("*") if path.is_file() and b"Secret" in path.read_bytes()]


def test_feeds_and_the_sitemap_name_files_of_the_folder(site):
    for path in (site / "search.atom", *site.glob("feeds/*.atom"), site / "sitemap.xml"):
        tree = ElementTree.parse(path)
        urls = [one.get("href") or one.text for one in tree.iter() if one.tag.endswith(("}link", "}loc"))]
        assert len(urls) > 1
        for url in urls:
            file = site / unquote(url.removeprefix("https://town.example/"))
            assert (file / "index.html" if file.is_dir() else file).is_file(), (path.name, url)
    assert "Sitemap: https://town.example/sitemap.xml" in (site / "robots.txt").read_text()


def test_references_and_files_are_there(site):
    page = site / "documents" / "held" / "index.html"
    assert "TI  - With files" in (page.parent / "cite.ris").read_text()
    (file,) = [url for url in links_of(page_at(page)) if "files/" in url]
    assert (page.parent / unquote(file)).read_bytes() == b"%PDF-1.4 plan"


def test_the_dump_makes_the_same_archive_again(home, site, tmp_path, capsys):
    again = tmp_path / "moved"
    shutil.copytree(site, again)
    assert indexer(["build", "--config", str(again / "config.yaml")]) == 0
    assert "no mistakes" in capsys.readouterr().out
    before, after = load_config(home / "config.yaml"), load_config(again / "config.yaml")
    assert published_digest(after, open_engine(after)) == published_digest(before, open_engine(before))
    sha256 = open_engine(after).get("held").files[0].sha256
    assert find_held_path(after.index_path, sha256).read_bytes() == b"%PDF-1.4 plan"
    second = export_site(after, tmp_path / "second", has_search=False)
    assert (tmp_path / "second" / "documents.jsonl").read_text().replace("documents.jsonl", "") == re.sub(
        r'"source_path":"[^"]*"', '"source_path":""', (site / "documents.jsonl").read_text()
    )
    assert second.documents == 33


SLIPS = {
    "no JSON": lambda line: line[:-5],
    "another key": lambda line: line.replace('{"id"', '{"colour":"red","id"', 1),
    "a link that runs": lambda line: line.replace("https://town.example/note", "javascript:alert(1)").replace("/documents/notes/note", "javascript:alert(1)").replace("/documents/note", "javascript:alert(1)"),
    "an id that climbs": lambda line: line.replace('"id":"plain"', '"id":"../plain"'),
    "an address of another kind": lambda line: line.replace('"title":"Plain"', '"title":"Plain","url":"data:text/html,x"'),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_line_of_a_dump_that_is_no_document_is_reported_with_its_place(site, tmp_path, capsys, slip):
    lines = (site / "documents.jsonl").read_text().splitlines()
    number = next(at for at, line in enumerate(lines) if '"id":"plain"' in line)
    lines[number] = slip(lines[number])
    (tmp_path / "documents.jsonl").write_text("\n".join(lines))
    shutil.copy(site / "config.yaml", tmp_path)
    shutil.copy(site / "about.md", tmp_path)
    shutil.copytree(site / "files", tmp_path / "files")
    (tmp_path / "synonyms.txt").write_text("")
    assert indexer(["check", "--config", str(tmp_path / "config.yaml")]) == 1
    assert f"documents.jsonl:{number + 1}: is no document of a dump" in capsys.readouterr().err


def test_a_file_that_is_missing_beside_the_dump_is_reported(site, tmp_path, capsys):
    shutil.copytree(site, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / "files")
    assert indexer(["check", "--config", str(tmp_path / "site" / "config.yaml")]) == 1
    assert "which is not in files/; copy it there" in capsys.readouterr().err


def test_a_folder_that_is_not_empty_is_refused(home, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    for folder in (tmp_path, tmp_path / "mine.txt"):
        assert webui(["export", str(folder), "--config", str(home / "config.yaml")]) == 2
        assert f"cannot export: {folder} is not an empty folder; name a new or an empty one" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_archive_that_is_not_published_cannot_be_exported(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n")
    assert webui(["export", str(tmp_path / "site"), "--config", str(tmp_path / "config.yaml")]) == 2
    assert "run `python -m indexer build`" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.fixture
def small(tmp_path) -> Path:
    """The configuration of an archive of two documents."""
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n")
    (tmp_path / "docs.jsonl").write_text(
        '{"id": "a", "title": "Storm", "text": "ships"}\n{"id": "b", "title": "Calm", "text": "sea"}\n'
    )
    assert indexer(["build", "--config", str(tmp_path / "config.yaml")]) == 0
    return tmp_path / "config.yaml"


def test_without_the_search_the_export_is_made_and_says_how_to_add_it(small, tmp_path):
    done = export_site(load_config(small), tmp_path / "site", has_search=False)
    assert (done.documents, done.note) == (2, HOW_TO_ADD)
    assert 'pip install "pagefind[bin]"' in HOW_TO_ADD
    assert not (tmp_path / "site" / "search").exists()


def test_with_the_search_every_box_leads_to_it(small, tmp_path, capsys):
    pytest.importorskip("pagefind_bin", reason="pagefind[bin] is not installed")
    assert webui(["export", str(tmp_path / "site"), "--config", str(small)]) == 0
    assert "exported 2 documents on " in capsys.readouterr().out
    assert (tmp_path / "site" / "pagefind" / "pagefind.js").is_file()
    assert dead_links(tmp_path / "site", "http://127.0.0.1:8000") == []
    for path in (tmp_path / "site").rglob("index.html"):
        (form,) = page_at(path).find_all("form")
        assert (path.parent / form["action"]).resolve() == (tmp_path / "site" / "search" / "index.html").resolve()
    entry = json.loads((tmp_path / "site" / "pagefind" / "pagefind-entry.json").read_text())
    assert sum(one["page_count"] for one in entry["languages"].values()) == 2


def test_the_configuration_of_the_folder_is_complete(site):
    written = yaml.safe_load((site / "config.yaml").read_text())
    assert written["sources"] == [{"path": "documents.jsonl", "reader": "dump"}]
    assert (written["site"]["about"], written["synonyms"]) == ("about.md", "synonyms.txt")
    assert "withdrawn" not in written


def test_an_export_of_one_document_to_a_place_that_cannot_be_made_says_so_in_words(small, tmp_path, capsys):
    (tmp_path / "docs.jsonl").write_text('{"id": "a", "title": "Storm", "text": "ships"}\n')
    assert indexer(["build", "--config", str(small), "--allow-loss", "1"]) == 0
    assert webui(["export", str(tmp_path / "site"), "--config", str(small)]) in (0, 1)
    assert "exported 1 document on " in capsys.readouterr().out
    assert webui(["export", str(small / "below-a-file"), "--config", str(small)]) == 2
    assert "below-a-file: not a directory; check the path" in capsys.readouterr().err
