"""A visitor searches, filters and opens a document in a real browser; every page is accessible at every width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from axe import find_violations, require_axe
from serving import served

from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from webui import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PAGES = (
    "/", "/search?q=cyber", "/search?q=cyber&type=Commentary&-topic=india&from=2011", "/search?q=cyber+inzurance",
    "/search?q=china+zebra+spying+norms&type=News&from=abc", "/search?title_status=not_preserved", "/documents/programme-supporters",
    "/documents/entry-2014-01-31?q=cyber", "/documents/entry-2011-07-07", "/topics/china-us", "/titles", "/search/citation?q=cyber&type=Commentary", "/holdings", "/help", "/nowhere",
)  # fmt: skip
SOME_PAGES = ("/", "/search?q=china+zebra+spying+norms&type=News&from=abc", "/documents/entry-2014-01-31?q=cyber", "/topics/china-us", "/holdings", "/help")
"""Pages of the kinds that differ most; the slow tests look at all."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.slow
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
    first = page.locator(".hits h2 a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == title
    page.get_by_role("link", name="Back to the results").click()
    assert "type=Commentary" in page.url
    assert "sort=newest" in page.url
    page.get_by_role("link", name="Content type: Commentary").click()
    assert page.locator("#count").inner_text() == total


LONG_TITLE = "2014-2015 Cyberspace Action Agenda OR Global Cooperation in Cyberspace OR Building Trust in Cyberspace"


@pytest.mark.parametrize("typed", ["china", LONG_TITLE, "cyber " * 400])
def test_the_first_result_is_in_sight_on_a_phone_whatever_was_typed(browser, base, typed):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{base}/search?{urlencode({'q': typed})}")
    box = page.locator(".hits h2").first.bounding_box()
    assert box["y"] + box["height"] < 800
    context.close()


def test_a_search_keeps_its_dates_when_other_words_are_typed(page, base):
    page.goto(f"{base}/search?q=zebra&from=2013&to=2014")
    page.get_by_label("Search the archive").fill("china")
    page.get_by_role("button", name="Search", exact=True).click()
    assert page.url.startswith(f"{base}/search?q=china&")
    assert "from=2013&to=2014" in page.url


@pytest.mark.parametrize("width", [360, *(pytest.param(width, marks=pytest.mark.slow) for width in (320, 1440))])
def test_no_word_is_too_long_for_the_page(browser, width):
    long = Document(
        "long", "T" * 300, type="K" * 150, topics=("P" * 100,), date=parse_edtf("2012"), url="https://example.org/" + "u" * 200
    )
    short = Document(
        "short", "Not long", type="Note", sections=(Section("w" * 400 + "\n\n" + " | ".join("ab") + "\n\n" + "c" * 90 + " | d"),)
    )
    config = Config(sources=(Source(path="x"),))
    paths = ("/", "/search", f"/search?type={'A' * 60}", f"/search?q=long+{'a' * 60}", f"/search?q=long+title:http://x/{'b' * 90}",
             "/search?from=" + "9" * 90, "/documents/long", "/documents/short", f"/topics/{'p' * 100}", "/titles", "/holdings", "/help")  # fmt: skip
    with served(create_app(config, OracleEngine(config, [long, short]))) as address:
        page = browser.new_page(viewport={"width": width, "height": 800})
        for path in paths:
            assert page.goto(address + path).status == 200, path
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.close()


def test_the_examples_of_the_help_page_break_between_words_only(browser, base):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{base}/help")
    lines = page.locator(".examples code").evaluate_all("all => all.map(one => [one.textContent, one.getClientRects().length])")
    assert all(count <= len(text.split()) for text, count in lines), lines
    gap = "document.querySelector('.guide h2').getBoundingClientRect().top - document.querySelector('.examples').getBoundingClientRect().bottom"
    assert page.evaluate(gap) >= 24
    page.close()


@pytest.mark.parametrize("width", [320, 768])
def test_no_line_of_facts_begins_with_a_dot(browser, base, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in ("/search?title_status=not_preserved", "/"):
        page.goto(base + path)
        dots = "all => all.map(one => getComputedStyle(one, '::before').content + getComputedStyle(one).color)"
        assert not [dot for dot in page.locator(".facts > *").evaluate_all(dots) if "·" in dot]
        assert "·" in page.locator(".facts > *").first.evaluate("one => getComputedStyle(one, '::after').content")
    page.close()


@pytest.mark.parametrize(
    ("width", "scheme", "paths"),
    [
        pytest.param(320, "light", SOME_PAGES, id="320-light-some"),
        *(
            pytest.param(width, scheme, PAGES, marks=pytest.mark.slow, id=f"{width}-{scheme}")
            for width in (320, 360, 768, 1440)
            for scheme in ("light", "dark")
        ),
    ],
)
def test_every_page_is_accessible_and_fits(browser, base, width, scheme, paths):
    require_axe()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in paths:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert find_violations(page) == [], path
    context.close()


def test_buttons_and_page_numbers_are_as_large_as_a_fingertip(browser, base):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for path in ("/", "/search?q=cyber", "/documents/entry-2014-01-31?q=cyber", "/help", "/topics/china-us", "/values/topic"):
        page.goto(base + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        sizes = "all => all.filter(one => one.checkVisibility()).map(one => [one.outerHTML, one.getBoundingClientRect().height])"
        found = page.locator("button:not(.bars *), select, .pages a").evaluate_all(sizes)
        assert found
        assert [one for one in found if one[1] < 44] == [], path
    page.close()


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


def test_first_views_are_light_and_nothing_moves(browser, base):
    context = browser.new_context(viewport={"width": 1440, "height": 800})
    page = context.new_page()
    watch = "new PerformanceObserver(list => list.getEntries().forEach(one => moved += one.value)).observe({type: 'layout-shift', buffered: true})"
    page.add_init_script(f"window.moved = 0; {watch}")
    sizes = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(one => [one.name, one.decodedBodySize, one.encodedBodySize])"
    for path in ("/", "/search?q=cyber", "/documents/entry-2014-01-31?q=cyber"):
        page.goto(base + path)
        page.wait_for_function("document.querySelector('#completions') !== null")
        loaded = [one for one in page.evaluate(sizes) if ".woff2" not in one[0]]
        assert sum(raw for _, raw, _ in loaded) <= 60_000, loaded
        assert sum(wire for _, _, wire in loaded) <= 15_000, loaded
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("moved") == 0, path
    context.close()
