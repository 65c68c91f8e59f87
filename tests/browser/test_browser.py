"""A real browser: a visitor searches, filters and opens a document; every page is accessible at every width."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from indexer.corpus import read_corpus
from search.config import load_config
from search.oracle import OracleEngine
from webui import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
AXE = ROOT / ".cache" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/search?q=cyber", "/search?q=cyber&type=Commentary&-topic=india&from=2011", "/search?q=cyber+inzurance",
    "/documents/entry-2014-01-31?q=cyber", "/documents/entry-2011-07-07", "/topics/china-us", "/titles", "/holdings", "/help", "/nowhere",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The shipped archive, served on a free port."""
    config = load_config(ROOT / "config.yaml")
    app = create_app(config, OracleEngine(config, read_corpus(config).documents))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_visitor_searches_filters_and_opens_a_document_without_javascript(page, base):
    page.goto(base)
    page.get_by_label("Search the archive").fill("cyber")
    page.get_by_role("button", name="Search", exact=True).click()
    total = page.locator("#count").inner_text()
    page.locator('input[name="type"][value="Commentary"]').check()
    assert page.locator("#count").inner_text() == total, "ticking alone must not reload"
    page.get_by_role("button", name="Apply filters").click()
    assert "type=Commentary" in page.url
    assert page.locator(".hits .kind").all_inner_texts() == ["Commentary"] * page.locator(".hits li").count()
    page.locator("#sort").select_option("newest")
    page.get_by_role("button", name="Sort").click()
    first = page.locator(".hits h3 a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == title
    page.get_by_role("link", name="Back to the results").click()
    assert "type=Commentary" in page.url
    assert "sort=newest" in page.url
    page.get_by_role("link", name="Content type: Commentary").click()
    assert page.locator("#count").inner_text() == total


def test_the_first_result_is_in_sight_on_a_phone(browser, base):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{base}/search?q=china")
    box = page.locator(".hits h3").first.bounding_box()
    assert box["y"] + box["height"] < 800
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(browser, base, width, scheme):
    if not AXE.exists():
        reason = f"{AXE.name} is not here; run `npm install --prefix .cache/npm axe-core@4.14.1`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in PAGES:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.evaluate(AXE.read_text())
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
        assert found == [], (path, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])
    context.close()


def test_the_strict_policy_stops_nothing_we_need(browser, base):
    context = browser.new_context()
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for path in PAGES[:-1]:
        page.goto(base + path)
    assert messages == []
    assert all(url.startswith(base) for url in requests)
    context.close()
