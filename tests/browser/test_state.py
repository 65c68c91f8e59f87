"""The address is the state: what the browser's own buttons do, what is kept on the way back, and what works without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(params=[pytest.param(True, marks=pytest.mark.slow), False], ids=["with scripts", "without scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def titles(page: Page) -> list[str]:
    return page.locator(".hits h2").all_inner_texts()


def test_from_a_document_of_the_third_page_the_way_leads_back_there(page, base):
    page.goto(f"{base}/search?q=cyber&from=2010&page=3")
    found = titles(page)
    page.locator(".hits h2 a").first.click()
    assert page.locator("h1").inner_text() == found[0]
    page.locator(".walk a[rel~=next]").click()
    assert page.locator("h1").inner_text() == found[1]
    page.locator(".walk a:not([rel~=prev]):not([rel~=next])").click()
    assert page.url == f"{base}/search?q=cyber&from=2010&page=3"
    assert titles(page) == found


def test_a_state_is_an_address_without_empty_parameters(page, browser, base):
    page.goto(f"{base}/search?q=cyber")
    page.locator('input[name="type"][value="Commentary"]').check()
    assert "type=" not in page.url, "ticking changes nothing"
    page.get_by_role("button", name="Apply filters").click()
    page.locator("#sort").select_option("title")
    assert "sort=title" not in page.url
    page.get_by_role("button", name="Sort", exact=True).click()
    assert "sort=title" in page.url
    assert "=&" not in page.url
    assert not page.url.endswith("=")
    other = browser.new_page()
    other.goto(page.url)
    assert titles(other) == titles(page)
    other.close()


def test_a_page_that_is_not_there_leads_to_the_first(page, base):
    page.goto(f"{base}/search?q=cyber&page=99")
    assert page.url == f"{base}/search?q=cyber"
    answer = page.request.get(f"{base}/api/v1/search?q=cyber&page=99")
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


def test_back_shows_the_page_as_it_was_left(page, base):
    page.goto(f"{base}/search?q=cyber&page=2")
    found = titles(page)
    page.locator(".hits h2 a").first.click()
    page.go_back()
    assert titles(page) == found


def test_a_bad_date_is_said_at_its_field_which_keeps_it(page, base):
    for typed in ("soon", "99999"):
        answer = page.goto(f"{base}/search?q=cyber&from={typed}")
        assert answer.status == 200
        field = page.locator("input[name=from]")
        assert field.input_value() == typed
        expect(field).to_be_visible()
        expect(page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")).to_be_visible()
    page.goto(f"{base}/search?q=cyber&from=2015&to=2012")
    expect(page.locator("main")).to_contain_text("is later than")


def test_pages_are_kept_for_the_way_back_and_nothing_moves_on_request(browser, base):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for path in ("/", "/search?q=cyber", "/documents/entry-2014-01-31"):
        answer = page.goto(base + path)
        assert "no-store" not in answer.headers.get("cache-control", "")
        moving = "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration !== '0s' || getComputedStyle(one).animationName !== 'none').length"
        assert page.evaluate(moving) == 0, path
    context.close()


def test_every_value_of_a_facet_is_found_by_its_letter_its_number_or_its_words(page, base):
    page.goto(f"{base}/values/topic?q=cyber")
    assert page.locator("main input[name=find]").count() == 1
    by_name = page.locator("main li").all_inner_texts()
    links = page.locator("main nav a, main p a").all_inner_texts()
    assert by_name
    assert links
    page.locator("main input[name=find]").fill("china")
    page.locator("main input[name=find]").press("Enter")
    assert "find=china" in page.url
    assert all("china" in one.lower() for one in page.locator("main li label").all_inner_texts())


def test_going_back_shows_the_page_as_it_was_left_without_loading_it_again(launch_browser, base):
    browser = launch_browser(ignore_default_args=["--disable-back-forward-cache"])
    page = browser.new_page()
    page.add_init_script("addEventListener('pageshow', event => { window.isKept = event.persisted })")
    for path in ("/", "/search?q=cyber", "/documents/entry-2014-01-31?q=cyber"):
        page.goto(base + path)
        page.goto(f"{base}/help")
        page.evaluate("history.back()")
        page.wait_for_function("window.isKept === true")
        assert page.evaluate("location.pathname + location.search") == path
    browser.close()
