"""A folder of everything that an archive holds, from the files to the pages, the files held and every export."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.commands.cli import main as indexer
from search.config.loading import load_config
from tests.mixed_archive.mixed_files import write_archive
from webui import create_app

pytestmark = pytest.mark.slow
PDF = "/files/2014-03-12-insurance/2014-03-12-insurance.pdf"
LOCKED = "http://example.org/a//b"
PAGES = ["site/a.html", "site/press/b.html"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("everything")


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    config = write_archive(folder)
    assert indexer(["build", "--quiet", "--config", str(config)]) == 1, "one file is broken, all else is published"
    return create_app(load_config(config)).test_client()


def ids(client: FlaskClient, words: str) -> list[str]:
    found = client.get("/api/v1/search", query_string={"q": words, "per_page": "100"}).json
    return sorted(hit["id"] for hit in found["hits"]) if found["ran"] == "as typed" else []


def read_api(client: FlaskClient, document_id: str) -> dict[str, object]:
    return client.get(f"/api/v1/documents/{quote(document_id, safe='')}").json


def test_only_the_broken_file_is_a_mistake(client, folder, capsys):
    assert indexer(["check", "--config", str(folder / "config.yaml")]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if "warning" not in line and ": " in line]
    assert [line.partition(":")[0] for line in errors if line.startswith(("reports", "letters", "register", "site"))] == [
        "reports/broken.pdf"
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zebras", ["2014-03-12-insurance"]),
        ("international", ["2014-03-12-insurance"]),
        ("kangaroo", ["letter"]),
        ("pelican", PAGES),
        ("heron", ["2005-11-3-news"]),
        ("linetext", ["note"]),
        ("N00309", ["N00309"]),
        ("n00309", ["N00309"]),
        ("MS 6938", [LOCKED]),
        ("ms6938", [LOCKED]),
        ("id:N00309", ["N00309"]),
        (LOCKED, [LOCKED]),
        ('call_number:"MS 6938"', [LOCKED]),
        ("medium:tempera", [LOCKED]),
        ("medium:oil", ["N00309"]),
        ("note:walrus", ["note"]),
        ("walrus", ["note"]),
        ("topic:water", ["N00309"]),
        ("year:1925", ["42"]),
        ("year:1805", ["map-1"]),
        ("year:2005", ["2005-11-3-news"]),
        ("menuword", []),
        ("footerword", []),
        ("logoword", []),
        ("shareword", []),
        ("lockedword", []),
        ("draftword", []),
        ("withdrawnword", []),
        ("institute", []),
    ],
)
def test_words_find_what_says_them_and_nothing_around_it(client, words, found):
    assert ids(client, words) == found


@pytest.mark.parametrize(
    ("document_id", "stated"),
    [
        ("2014-03-12-insurance", ("Cyber Insurance", "2014-03-12", ["Jane Doe"])),
        ("letter", ("A letter home", None, ["Bob Ray"])),
        ("N00309", ("A painting of a lake", "1923", [])),
        ("42", ("Number forty-two", "1925~", [])),
        ("map-1", ("Map of the coast", "1801/1810", [])),
        ("site/a.html", ("Alpha page", "2008-04-21", ["Ann Lee"])),
        ("2005-11-3-news", ("Plain page", "2005-11-03", ["Zoe Hall", "Max Low"])),
        (LOCKED, ("A locked report", "2010-05", ["Ann Smith"])),
    ],
)
def test_titles_dates_and_people_are_what_the_files_state(client, document_id, stated):
    found = read_api(client, document_id)
    assert (found["title"], found["date"], [person["name"] for person in found["people"]]) == stated


def test_an_address_of_a_page_is_made_from_its_path(client):
    assert read_api(client, "site/press/b.html")["url"] == "https://old.example/site/press/b.html"


def test_a_hit_in_a_pdf_leads_to_its_page(client):
    page = client.get("/search?q=zebras").text
    assert "page 2" in page
    assert f'href="{PDF}#page=2"' in page


def test_a_file_is_sent_whole_or_in_part(client):
    whole = client.get(PDF, buffered=True)
    assert (whole.status_code, whole.mimetype, whole.headers["Accept-Ranges"]) == (200, "application/pdf", "bytes")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Content-Disposition"] == "inline; filename=2014-03-12-insurance.pdf"
    part = client.get(PDF, buffered=True, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, whole.data[:10])
    assert part.headers["Content-Range"] == f"bytes 0-9/{len(whole.data)}"
    last = client.get(PDF, buffered=True, headers={"Range": "bytes=-5"})
    assert (last.status_code, last.data) == (206, whole.data[-5:])
    assert client.get(PDF, buffered=True, headers={"Range": "bytes=99999999-"}).status_code == 416
    head = client.head(PDF, buffered=True)
    assert (head.status_code, head.headers["Content-Length"], head.data) == (200, str(len(whole.data)), b"")
    picture = client.get(f"{PDF}?picture=1", buffered=True)
    assert (picture.mimetype, picture.data[8:12], len(picture.data) <= 10_240) == ("image/webp", b"WEBP", True)


@pytest.mark.parametrize(
    ("path", "place", "policy"),
    [
        ("/files/note/notes.txt", "inline", "sandbox"),
        ("/files/note/page.html", "attachment", "default-src 'none'; sandbox"),
        ("/files/letter/letter.docx", "attachment", "default-src 'none'; sandbox"),
        (f"/files/{quote(LOCKED, safe='')}/locked.pdf", "inline", "object-src 'self'"),
        (f"/files/{LOCKED}/locked.pdf", "inline", "object-src 'self'"),
    ],
)
def test_files_that_could_act_are_saved_and_not_opened(client, path, place, policy):
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].partition(";")[0] == place
    assert policy in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/withdrawn", 410),
        ("/api/v1/documents/withdrawn", 410),
        ("/files/withdrawn/hidden.txt", 410),
        ("/documents/draft", 404),
        ("/files/note/config.yaml", 404),
        ("/files/note/hidden.txt", 404),
        ("/files/note/%2e%2e%2fconfig.yaml", 404),
        ("/documents/nobody", 404),
    ],
)
def test_what_is_not_published_is_not_sent(client, path, status):
    assert client.get(path).status_code == status


@pytest.mark.parametrize("path", ["/documents/old-locked", "/papers/locked.html", "/go?url=/papers/locked.html"])
def test_old_ids_and_addresses_lead_to_the_document(client, path):
    answer = client.get(path)
    assert answer.status_code in (301, 302, 308)
    assert answer.headers["Location"].endswith("/documents/http%3A//example.org/a//b") or answer.headers["Location"].endswith(
        f"/documents/{quote(LOCKED, safe='')}"
    )


@pytest.mark.parametrize("form", ["csv", "ris", "bib", "json", "atom"])
def test_the_archives_own_fields_are_in_every_export(client, form):
    exported = client.get(f"/search.{form}?q=N00309")
    assert exported.status_code == 200
    assert "oil" in exported.text
    assert "hung in the hall" in exported.text


def test_the_archives_own_fields_are_harvested(client):
    harvested = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
    assert "hung in the hall" in harvested
    assert "withdrawnword" not in harvested


def test_scanned_and_protected_files_say_what_they_are(client):
    assert "scanned: not searchable" in client.get("/documents/scan").text
    assert "protected" in client.get(f"/documents/{quote(LOCKED, safe='')}").text


def test_a_document_that_was_published_and_is_gone_is_gone_for_good(client, folder):
    (folder / "letters" / "letter.docx").unlink()
    assert indexer(["update", "--quiet", "--allow-loss", "1", "--config", str(folder / "config.yaml")]) == 1
    later = create_app(load_config(folder / "config.yaml")).test_client()
    assert later.get("/documents/letter").status_code == 410
    assert later.get("/files/letter/letter.docx").status_code == 410
    assert ids(later, "kangaroo") == []
