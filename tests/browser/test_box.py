"""The box to search with: completions as the W3C's combobox has them, the key "/", and words kept as they were typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from axe import find_violations, require_axe
from playwright.sync_api import expect
from serving import served

from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document
from webui import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def is_focused(page: Page) -> bool:
    return page.evaluate("document.activeElement.id") == "q"


def test_two_letters_bring_at_most_eight_completions_and_their_number_is_spoken(page, base):
    page.goto(base)
    page.locator("#q").press_sequentially("cy")
    options = page.locator("#completions [role=option]")
    expect(options.first).to_be_visible()
    assert 1 <= options.count() <= 8
    expect(page.locator("#live")).to_contain_text(str(options.count()))
    assert page.locator("#q").get_attribute("aria-activedescendant") is None
    assert is_focused(page)


def test_the_keys_move_the_choice_and_never_the_focus(page, base):
    page.goto(base)
    box = page.locator("#q")
    box.press_sequentially("cyber")
    options = page.locator("#completions [role=option]")
    expect(options.first).to_be_visible()
    last = options.count() - 1
    for key, chosen in (("ArrowDown", 0), ("ArrowUp", None), ("ArrowUp", last), ("ArrowDown", None), ("ArrowDown", 0)):
        box.press(key)
        assert box.get_attribute("aria-activedescendant") == (None if chosen is None else f"completion-{chosen}")
        assert page.locator("[aria-selected=true]").count() == (chosen is not None)
        assert is_focused(page)
    box.press("Escape")
    expect(page.locator("#completions")).to_be_hidden()
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "cyber")
    box.press("Alt+ArrowDown")
    expect(options.first).to_be_visible()
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    box.press("Escape")
    assert box.input_value() == ""


def test_enter_submits_what_was_typed_unless_a_completion_is_chosen(page, base):
    page.goto(base)
    box = page.locator("#q")
    box.press_sequentially("cyber")
    expect(page.locator("#completions [role=option]").first).to_be_visible()
    with page.expect_navigation():
        box.press("Enter")
    assert page.url == f"{base}/search?q=cyber"
    page.goto(base)
    box.press_sequentially("cyber insur")
    expect(page.locator("#completions [role=option]").first).to_be_visible()
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")
    assert page.url.startswith((f"{base}/documents/", f"{base}/topics/", f"{base}/search?q=cyber+insur"))


def test_the_slash_leads_to_the_box_until_it_is_switched_off(page, base):
    page.goto(f"{base}/about")
    page.keyboard.press("/")
    assert is_focused(page)
    page.keyboard.type("a/b")
    assert page.locator("#q").input_value() == "a/b", "in a field it is a letter like any other"
    page.goto(f"{base}/help")
    page.locator("#slash").uncheck()
    page.goto(f"{base}/about")
    page.keyboard.press("/")
    assert not is_focused(page)


def test_a_completion_is_text_whatever_it_says(browser):
    documents = [Document("x", "Cable <img src=x onerror=document.title='run'> & more")]
    config = Config(sources=(Source(path="x"),))
    with served(create_app(config, OracleEngine(config, documents))) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("#q").press_sequentially("cable")
        option = page.locator("#completions [role=option]").first
        expect(option).to_contain_text("<img src=x")
        assert page.locator("#completions img").count() == 0
        assert page.title() != "run"
        page.close()


@pytest.mark.parametrize("typed", ['"cyber norms"', "<b>norms</b>", "norms 😀", "norms & \\ %", "norms " * 40])
def test_what_was_typed_is_kept_and_has_a_visible_label(page, base, typed):
    page.goto(f"{base}/search?{urlencode({'q': typed.strip()})}")
    assert page.locator("#q").input_value() == typed.strip()
    expect(page.locator("label[for=q]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_open_completions_are_accessible(browser, base, scheme):
    require_axe()
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in ("/", "/search?q=cyber"):
        page.goto(base + path)
        page.locator("#q").fill("")
        page.locator("#q").press_sequentially("cy")
        expect(page.locator("#completions [role=option]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert find_violations(page) == [], path
    context.close()
