"""Three tasks of real people, by keyboard alone, with scripts and without; and the pages enlarged, printed and in forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import expect
from serving import served

from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document
from webui import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_MOST_STOPS = 90


@pytest.fixture(params=[True, pytest.param(False, marks=pytest.mark.slow)], ids=["with scripts", "without scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        java_script_enabled=request.param,
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Move the focus by the Tab key to the first element that matches."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.locator(f":is({selector}):focus").count():
            return
    pytest.fail(f"{selector} is not within {_MOST_STOPS} stops of the Tab key")


def follow(page: Page, selector: str) -> None:
    """Move the focus to a link or button and press Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def search(page: Page, words: str) -> None:
    """Type words into the box of the page and search."""
    tab_to(page, "#q")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_visitor_finds_and_opens_a_report(page, base):
    page.goto(base)
    search(page, "cyber insurance report")
    follow(page, ".hits h2 a")
    expect(page.locator("h1")).to_contain_text("Cyber Insurance", ignore_case=True)
    expect(page.locator(".card dl")).to_contain_text("What can be read here")
    follow(page, ".walk a[rel~=next]")
    follow(page, ".walk a:not([rel~=prev]):not([rel~=next])")
    assert "q=cyber+insurance+report" in page.url


def test_staff_find_the_commentary_on_china_of_2013_and_copy_its_citation(page, base):
    page.goto(base)
    search(page, "commentary on China in 2013")
    assert page.locator(".hits .kind").first.inner_text() == "Commentary"
    assert "2013" in page.locator(".hits time").first.inner_text()
    follow(page, ".hits h2 a")
    citation = page.locator("#cite-1").inner_text()
    assert "2013" in citation
    if page.locator("[data-copy=cite-1]:visible").count():
        tab_to(page, "[data-copy=cite-1]")
        page.keyboard.press("Enter")
        expect(page.locator("#live")).not_to_be_empty()
        assert page.evaluate("navigator.clipboard.readText()") == citation
    tab_to(page, ".card a[href^='/cite.ris']")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert "PY  - 2013" in saved.value.path().read_text(encoding="utf-8")


def test_someone_asks_for_what_is_not_held_and_learns_what_is(page, base):
    page.goto(f"{base}/search?q=zebra+migration+serengeti&type=Commentary")
    expect(page.locator("#count")).to_contain_text("0 ")
    expect(page.locator("main")).to_contain_text("Nothing in the archive matches this search.")
    expect(page.locator("main")).to_contain_text("What the archive covers")
    follow(page, "main a[href='/holdings']")
    expect(page.locator("h1")).to_contain_text("held")
    follow(page, "main td a")
    assert page.locator(".hits li").count()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=cyber&type=Commentary", "/documents/entry-2014-01-31?q=cyber", "/holdings", "/values/topic"]
)
def test_a_page_enlarged_four_times_flows_and_hides_nothing(browser, base, path):
    """1280 by 1024 at 400 %, with the wider spacing of text that people set for themselves."""
    page = browser.new_page(viewport={"width": 320, "height": 256}, bypass_csp=True)
    page.goto(base + path)
    page.add_style_tag(
        content="* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cut = """[...document.querySelectorAll('main :is(h1, h2, h3, p, label, a, button)')].filter(one =>
        getComputedStyle(one).overflow === 'hidden' && one.className !== 'hidden' && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)"""
    assert page.evaluate(cut) == []
    page.close()


def test_forced_colours_show_marks_choices_and_the_focus(browser, base):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{base}/search?q=cyber")
    line = "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).borderStyle].join(' ')"
    for selector in ("mark", ".pages [aria-current]"):
        assert "solid" in page.locator(selector).first.evaluate(line), selector
    page.goto(f"{base}/search?q=cyber&year=2013")
    shown = "one => getComputedStyle(one, '::before').backgroundColor"
    chosen, other = (page.locator(selector).first.evaluate(shown) for selector in (".bars .in", ".bars button:not(.in)"))
    assert chosen != other
    tab_to(page, ".hits h2 a")
    assert page.locator(":focus").evaluate("one => getComputedStyle(one).outlineStyle") in ("solid", "auto")
    context.close()


def test_printed_results_and_records_are_clean_and_short(browser, base):
    page = browser.new_page()
    for path, pages in (("/search?q=cyber", 3), ("/documents/entry-2014-01-31?q=cyber", 2)):
        page.goto(base + path)
        page.emulate_media(media="print")
        for selector in ("nav", ".filters", "button", "input", "select"):
            assert not page.locator(f"{selector}:visible").count(), (path, selector)
        assert len(pypdfium2.PdfDocument(page.pdf(format="A4"))) <= pages, path
    assert page.locator(".printed").inner_text().startswith("http")
    page.close()


LINES = """paragraphs => paragraphs.flatMap(one => {
    const lines = {}, walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node; node = walker.nextNode();) for (const word of node.data.matchAll(/\\S+\\s?/g)) {
        range.setStart(node, word.index); range.setEnd(node, word.index + word[0].trimEnd().length);
        const top = Math.round(range.getBoundingClientRect().bottom / 8);
        lines[top] = (lines[top] || "") + word[0];
    }
    return Object.values(lines);
})"""
"""The lines that paragraphs are broken into."""


def test_no_line_of_text_is_longer_than_the_eye_follows(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(base + "/search?q=cyber", wait_until="networkidle")  # with the font kept, which a first visit may do without
    for path in (
        "/search?q=cyber",
        "/documents/programme-supporters",
        "/documents/entry-2014-01-31",
        "/about",
        "/help",
        "/topics/china-us",
    ):
        page.goto(base + path)
        lines = page.locator("main :is(.snippet, .lede, .read p, .read.summary, .notice, .help p, .guide p)").evaluate_all(LINES)
        assert lines, path
        assert not [line for line in lines if len(line.strip()) > 75 and max(map(len, line.split())) < 40], path  # no addresses
    page.close()


def test_titles_from_right_to_left_are_set_so_among_those_from_left_to_right(browser):
    documents = [
        Document("ar", "مدينة القدس", language="ar", summary="مدينة قديمة في الجبال"),
        Document("he", "העיר ירושלים", language="he", summary="עיר עתיקה בהרים"),
        Document("en", "The city of Jerusalem", summary="An old city in the hills"),
    ]
    config = Config(sources=(Source(path="x"),))
    with served(create_app(config, OracleEngine(config, documents))) as address:
        page = browser.new_page(viewport={"width": 800, "height": 800})
        page.goto(f"{address}/search")
        for language, direction in (("ar", "rtl"), ("he", "rtl"), ("en", "ltr")):
            card = page.locator(".hits article", has=page.locator(f"[name=id][value={language}]"))
            for part in ("h2", ".snippet"):
                assert card.locator(part).evaluate("one => getComputedStyle(one).direction") == direction
            assert card.locator("h2").get_attribute("lang") == (language if direction == "rtl" else None)
            assert card.locator(".facts").first.evaluate("one => getComputedStyle(one).direction") == "ltr"
        page.close()
