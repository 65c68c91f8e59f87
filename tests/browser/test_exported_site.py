"""The shipped archive exported as a folder, served by nothing but Python's own file server, and searched in a real browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from exported_folder import dead_links
from playwright.sync_api import expect

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui.export import browser_search
from webui.export.site import export_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
_BELOW = "old/archive"
"""Where the folder lies on its new host: an archive that moves need not become the root of a site."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The host's folder, in which the export lies."""
    if not browser_search.is_installed():
        reason = 'pagefind was not found; install it with `pip install "pagefind[bin]"`'
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    host = tmp_path_factory.mktemp("host")
    config = load_config(ROOT / "config.yaml")
    done = export_site(config, host / _BELOW, OracleEngine(config, read_corpus(config).documents))
    assert (done.note, done.documents) == ("", 101)
    return host


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def moved(exported: Path) -> Iterator[str]:
    """The address of the export, sent by a file server that knows nothing of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(exported)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{_BELOW}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_link_within_the_exported_archive_is_dead(exported):
    assert len([*(exported / _BELOW).rglob("*.html")]) > 101
    assert dead_links(exported / _BELOW, load_config(ROOT / "config.yaml").site.address) == []


def test_a_visitor_of_the_exported_archive_searches_and_opens_a_report(page, moved):
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)) if "Transition" not in str(error) else None)  # left too early
    page.goto(f"{moved}/index.html")
    page.locator("#q").fill("cyber insurance report")
    page.locator("#q").press("Enter")
    results = page.locator("#found .pagefind-ui__result-link")
    expect(results.first).to_be_visible()
    expect(results.first).to_contain_text("Cyber Insurance")
    results.first.click()
    expect(page.locator("h1")).to_contain_text("Cyber Insurance")
    assert page.url.startswith(f"{moved}/documents/")
    page.locator("header a").first.click()
    assert page.url == f"{moved}/index.html"
    assert failed == []


def test_the_exported_archive_is_searched_from_any_of_its_pages_again_and_again(page, moved):
    page.goto(f"{moved}/titles/index.html")
    page.locator("#q").fill("china")
    page.locator("#q").press("Enter")
    results = page.locator("#found .pagefind-ui__result-link")
    expect(results.first).to_contain_text("China")
    page.locator("#found input").fill("insurance")
    expect(results.first).to_contain_text("Insurance")
