"""Files held with documents: sent as they are, safe to open, only for published documents; moved and gone documents."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_reading import soup

from indexer.holding import hold_files, note_generation, sweep_files
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.held_files import find_held_path
from search.media_types import media_type_of
from search.model.document import Document, FileLink, Section
from webui import create_app
from webui.pages.files import describe_file, file_url, page_url, picture_url

CONTENTS = {
    "report.pdf": b"%PDF-1.4 " + b"x" * 100,
    "notes.txt": "café".encode("cp1252"),
    "page.html": b"<script>alert(1)</script>",
    "picture.svg": b"<svg onload='alert(1)'/>",
    "table.xlsx": b"PK",
    "talk.mp3": b"ID3",
    "Ümläut “x”.png": b"\x89PNG",
}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def held_link(name: str) -> FileLink:
    return FileLink(
        name=name,
        media_type=media_type_of(name),
        size=len(CONTENTS[name]),
        sha256=sha256(CONTENTS[name]),
        pages=12 * name.endswith("pdf"),
        picture=sha256(b"webp") if name.endswith("pdf") else "",
    )


DOCUMENTS = [
    Document(
        "a/b c",
        "Report",
        sections=(Section("words", page=3),),
        files=tuple(map(held_link, CONTENTS)),
        aliases=("old-id", "/press/old.html"),
    ),
    Document("other", "Other", files=(FileLink("https://example.org/far.pdf"),)),
    Document("hidden", "Hidden", files=(held_link("report.pdf"),)),
]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml", withdrawn=("hidden",))


@pytest.fixture
def client(config: Config) -> FlaskClient:
    stored = {sha256(content): content for content in (*CONTENTS.values(), b"webp")}
    assert hold_files(config.index_path, DOCUMENTS, stored) == []
    client = create_app(config, OracleEngine(config, DOCUMENTS)).test_client()
    client.get = partial(client.get, buffered=True)  # closes the file when it is read
    client.head = partial(client.head, buffered=True)
    return client


@pytest.mark.parametrize(
    ("name", "media_type", "disposition", "policy"),
    [
        ("report.pdf", "application/pdf", "inline", "object-src 'self'"),
        ("notes.txt", "text/plain; charset=windows-1252", "inline", "sandbox"),
        ("page.html", "text/html; charset=utf-8", "attachment", "default-src 'none'; sandbox"),
        ("picture.svg", "image/svg+xml; charset=utf-8", "attachment", "default-src 'none'; sandbox"),
        (
            "table.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment",
            "default-src 'none'; sandbox",
        ),
        ("talk.mp3", "audio/mpeg", "inline", "sandbox"),
    ],
)
def test_a_file_is_sent_as_it_is_and_safe_to_open(client, name, media_type, disposition, policy):
    response = client.get(f"/files/a/b%20c/{name}")
    assert (response.status_code, response.data) == (200, CONTENTS[name])
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == f"{disposition}; filename={name}"
    assert policy in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Accept-Ranges"] == "bytes"


def test_names_that_are_not_ascii_are_sent_by_rfc_6266(client):
    address = file_url(DOCUMENTS[0], DOCUMENTS[0].files[-1])
    assert address == "/files/a/b%20c/%C3%9Cml%C3%A4ut%20%E2%80%9Cx%E2%80%9D.png"
    response = client.get(address)
    assert "filename*=UTF-8''%C3%9Cml%C3%A4ut%20%E2%80%9Cx%E2%80%9D.png" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [("bytes=0-3", 206, 0, 4), ("bytes=100-", 206, 100, 109), ("bytes=-5", 206, 104, 109), ("bytes=500-", 416, 0, 0)],
)
def test_ranges_are_sent(client, asked, status, start, end):
    response = client.get("/files/a/b%20c/report.pdf", headers={"Range": asked})
    assert response.status_code == status
    if status == 206:
        assert response.data == CONTENTS["report.pdf"][start:end]
        assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/109"


def test_a_file_that_was_not_changed_is_not_sent_again(client):
    first = client.get("/files/a/b%20c/report.pdf")
    assert client.get("/files/a/b%20c/report.pdf", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.head("/files/a/b%20c/report.pdf").headers["Content-Length"] == "109"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/files/a/b%20c/missing.pdf", 404),
        ("/files/a/b%20c/..%2F..%2Fconfig.yaml", 404),
        ("/files/a/b%20c/%2e%2e/config.yaml", 404),
        ("/files/other/far.pdf", 404),
        ("/files/nobody/report.pdf", 404),
        ("/files/hidden/report.pdf", 410),
        ("/files/hidden/report.pdf?picture=1", 410),
        ("/documents/hidden", 410),
        ("/api/v1/documents/hidden", 410),
        ("/documents/nobody", 404),
        ("/files/a/b%20c/notes.txt?picture=1", 404),
    ],
)
def test_only_what_a_published_document_names_is_sent(client, path, status):
    assert client.get(path).status_code == status


def test_the_picture_of_the_first_page_is_sent(client):
    assert picture_url(DOCUMENTS[0]) == "/files/a/b%20c/report.pdf?picture=1"
    response = client.get(picture_url(DOCUMENTS[0]))
    assert (response.data, response.headers["Content-Type"]) == (b"webp", "image/webp")
    assert picture_url(DOCUMENTS[1]) == ""


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (FileLink(name="a.pdf", media_type="application/pdf", pages=1, size=1_249_000, sha256="x"), "PDF, 1 page, 1.2 MB"),
        (FileLink(name="a.pdf", media_type="application/pdf", pages=1200, size=34_400, sha256="x"), "PDF, 1,200 pages, 34 kB"),
        (FileLink(name="a.txt", media_type="text/plain", size=999_499, sha256="x"), "Text, 999 kB"),
        (FileLink(name="a.tif", media_type="image/tiff", size=2_500_000_000, sha256="x"), "TIF, 2.5 GB"),
        (FileLink(name="a.docx", media_type=media_type_of("a.docx"), sha256="x"), "Word"),
    ],
)
def test_a_held_file_is_described_by_format_pages_and_size(client, file, words):
    with client.application.test_request_context("/"):
        assert describe_file(file) == words


@pytest.mark.parametrize(("path", "place"), [("/search?q=report", ".hits article"), ("/documents/a/b%20c", ".file")])
def test_cards_and_pages_show_the_file_that_is_held_with_its_picture(client, path, place):
    card = soup(client, path).select_one(place)
    assert "PDF, 12 pages, 109 byte" in card.text
    assert card.select_one("a[href='/files/a/b%20c/report.pdf']")
    picture = card.select_one("img")
    assert picture["src"] == picture_url(DOCUMENTS[0])
    assert (picture["loading"], picture["width"], picture["height"], picture["alt"]) == ("lazy", "88", "124", "")


def test_a_card_without_a_held_file_shows_none(client):
    card = soup(client, "/search?q=other").select_one(".hits article")
    assert not card.select("img, a[href^='/files/']")


def test_a_page_of_a_file_has_an_address():
    assert page_url(DOCUMENTS[0], 3) == "/files/a/b%20c/report.pdf#page=3"
    assert page_url(DOCUMENTS[0], 13) == ""
    assert page_url(DOCUMENTS[1], 1) == ""


@pytest.mark.parametrize("path", ["/documents/old-id", "/documents/OLD-ID", "/press/old.html"])
def test_earlier_ids_and_paths_lead_to_the_document(client, path):
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (
        301,
        client.get("/go?url=/documents/old-id").headers["Location"],
    )


def test_files_are_kept_once_and_as_long_as_a_generation_names_them(config, tmp_path):
    first, second = DOCUMENTS[:1], DOCUMENTS[2:]
    stored = {sha256(content): content for content in (*CONTENTS.values(), b"webp")}
    hold_files(config.index_path, DOCUMENTS, stored)
    note_generation(config.index_path, "one", first)
    note_generation(config.index_path, "two", second)
    assert sweep_files(config.index_path, {"one", "two", "unknown"}) == 0
    assert sweep_files(config.index_path, {"one", "two"}) == 0
    assert sweep_files(config.index_path, {"two"}) == len(CONTENTS) - 1
    assert find_held_path(config.index_path, sha256(CONTENTS["report.pdf"])) is not None
    assert find_held_path(config.index_path, sha256(CONTENTS["notes.txt"])) is None
    assert find_held_path(config.index_path, "../config.yaml") is None


def test_a_file_that_changed_since_it_was_read_is_not_copied(config, tmp_path):
    (tmp_path / "a.txt").write_text("changed")
    wanted = sha256(b"as it was read")
    document = Document("a", "A", files=(FileLink(name="a.txt", sha256=wanted),))
    assert hold_files(config.index_path, [document], {wanted: tmp_path / "a.txt"}) == [wanted]
    assert find_held_path(config.index_path, wanted) is None
