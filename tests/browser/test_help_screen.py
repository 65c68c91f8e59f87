"""The help page fits one screen: every kind of search with its examples, and what else there is to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_help_page_is_read_without_scrolling_on_a_common_screen(browser: Browser, base: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{base}/help?lang={language}")
    last = page.evaluate("Math.max(...[...document.querySelectorAll('.guide section')].map(one => one.getBoundingClientRect().bottom))")
    context.close()
    assert last <= 900


def test_the_help_page_is_no_wider_than_a_phone(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{base}/help")
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width == 360
