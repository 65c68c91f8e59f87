"""A search can be cited, and its address later shows what has changed."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from msgspec.structs import replace
from page_reading import soup

from search.config.settings import Config, Site, Source
from search.digest import digest, digest_of, sum_hashes
from search.engines.oracle import OracleEngine
from search.history import load_history, next_history, save_history
from search.model.document import Document
from webui import create_app


class Published:
    """An archive on the in-memory engine that is published with its history, and a visitor of it."""

    def __init__(self, folder, **settings) -> None:
        site = Site(name="The Archive", address="https://archive.example")
        self.config = Config(
            sources=(Source(path="x"),), site=site, languages=("en", "de"), path=folder / "config.yaml", **settings
        )
        self.engine = OracleEngine(self.config)
        self.documents: dict[str, Document] = {}
        self.client = create_app(self.config, self.engine).test_client()

    def publish(self, *changed: Document, removed: tuple[str, ...] = (), is_history_lost: bool = False) -> None:
        before = load_history(self.config, self.engine.current().id) if self.documents and not is_history_lost else None
        self.documents |= {document.id: document for document in changed}
        for document_id in removed:
            del self.documents[document_id]
        live = sorted(self.documents.values(), key=lambda one: one.id)
        generation = self.engine.build(live)
        time.sleep(0.002)  # times of the history are milliseconds
        history = next_history(before or load_history(self.config, "none"), (), self.documents, [one.id for one in changed])
        save_history(self.config, generation.id, replace(history, hashes=sum_hashes(live)))

    def cite(self, search: str) -> str:
        """The address that the page to cite a search by gives, without the name of the site."""
        address = soup(self.client, f"/search/citation?{search}").find("p", id="citation").text.rpartition(" ")[2]
        return address.removeprefix("https://archive.example")

    def said(self, address: str) -> str:
        """What the page at an address says before the reference, as one line."""
        main = soup(self.client, address).find("main").get_text(" ", strip=True)
        return re.sub(r"\s+", " ", main.partition("Reference")[0])


@pytest.fixture
def archive(tmp_path):
    made = Published(tmp_path)
    made.publish(*(Document(f"d{number}", f"Norms {number}") for number in range(5)), Document("other", "Trust"))
    return made


def test_the_page_of_results_leads_to_what_is_needed_to_cite_it(archive):
    link = soup(archive.client, "/search?q=norms&page=1").find(class_="save").find("a", string="Cite this search")
    page = soup(archive.client, link["href"])
    reference = page.find("p", id="citation").text
    noted = digest_of(load_history(archive.config, archive.engine.current().id).hashes)
    assert re.fullmatch(
        rf"The Archive\. Search: “norms”\. 5 documents, \d+ \w+ \d{{4}}\. SHA-256 {noted}\. https://archive\.example/search/citation\?q=norms&cited=\S+",
        reference,
    )
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex, nofollow"


def test_an_archive_that_has_not_changed_says_so(archive):
    address = archive.cite("q=norms")
    archive.publish()  # a build of the same documents
    assert "It found 5 documents then. Today it finds 5. The archive holds exactly the documents it held then." in archive.said(
        address
    )


def test_what_was_added_changed_and_removed_since_is_counted_and_listed(archive):
    address = archive.cite("q=norms")
    archive.publish(Document("new", "New norms"), Document("d1", "Norms corrected"), removed=("d2", "other"))
    said = archive.said(address)
    assert "It found 5 documents then. Today it finds 5." in said
    assert "1 document was added. 1 document was changed. 3 documents are as they were." in said
    assert "That is 2 fewer than were found then: they were changed or removed, or are not found any more." in said
    assert "Added since 1 New norms Changed since 1 Norms corrected" in said


def test_a_change_elsewhere_in_the_archive_changes_no_result(archive):
    address = archive.cite("q=norms")
    archive.publish(Document("other", "Trust and more"))
    said = archive.said(address)
    assert "0 documents were added. 0 documents were changed. 5 documents are as they were." in said
    assert "fewer" not in said


def test_an_index_made_anew_does_not_pretend_to_know_what_changed(archive):
    address = archive.cite("q=norms")
    archive.publish(Document("new", "New norms"), is_history_lost=True)
    said = archive.said(address)
    assert "Today it finds 6." in said
    assert "so it is not known which documents are new" in said


def test_a_document_withdrawn_is_not_part_of_the_digest(archive):
    hidden = create_app(archive.config.model_copy(update={"withdrawn": ("d2",)}), archive.engine).test_client()
    left = [one for one in archive.documents.values() if one.id != "d2"]
    assert digest(left) in hidden.get("/search/citation?q=norms").text


def test_only_so_many_are_listed_and_the_rest_is_counted(archive):
    address = archive.cite("q=norms")
    archive.publish(*(Document(f"more{number}", "More norms") for number in range(103)))
    said = archive.said(address)
    assert "Added since 103" in said
    assert said.count("More norms") == 100
    assert "3 more are not listed." in said


def test_filters_dates_and_language_stay_with_the_search(archive):
    address = archive.cite("q=norms&type=none&from=1900&lang=de")
    assert dict(parse_qsl(urlsplit(address).query)).keys() == {"q", "type", "from", "cited"}
    page = soup(archive.client, f"{address}&lang=de")
    assert page.find("h1").text.startswith("Eine Suche, zitiert am ")


CHANGES = {
    "another number": lambda cited: re.sub(r"\.5\.", ".6.", cited),
    "another digest": lambda cited: re.sub(r"\.[0-9a-f]", ".f", cited[:-20]) + cited[-20:] + "0",
    "cut short": lambda cited: cited[:-1],
    "no token": lambda cited: "yesterday",
    "a day that is none": lambda cited: "2026-13-99" + cited[10:],
    "digits that are none of ASCII": lambda cited: cited.replace(".5.", ".٥."),
    "very long": lambda cited: cited * 40,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_address_that_was_altered_is_answered_plainly(archive, change):
    query = dict(parse_qsl(urlsplit(archive.cite("q=norms")).query))
    query["cited"] = change(query["cited"])
    response = archive.client.get(f"/search/citation?{urlencode(query)}")
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "This address of a cited search is incomplete" in response.text
    assert 'href="/search?q=norms"' in response.text


def test_an_address_of_another_search_is_answered_plainly(archive):
    address = archive.cite("q=norms")
    assert archive.client.get(address.replace("q=norms", "q=trust")).status_code == 400


def test_reading_a_whole_search_takes_a_turn_like_an_export(archive):
    address = archive.cite("q=norms")
    archive.publish(*(Document(f"long-{number}", "Norms", summary="norm " * 10_000) for number in range(3)))
    turns = archive.client.application.config["EXPORTS_AT_ONCE"]
    under_way = [archive.client.get("/search.ris") for _ in range(turns)]
    refused = archive.client.get(address)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    under_way[0].close()
    assert [archive.client.get(address).status_code for _ in range(turns + 1)] == [200] * (turns + 1)
