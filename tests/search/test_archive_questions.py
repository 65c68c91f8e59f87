"""A question about the archive itself leads to the page that answers it; any other question does not."""

from __future__ import annotations

import pytest

from search.config.settings import HELP_LINKS
from search.query_language.archive_questions import ArchiveQuestions
from search.text.analysis import Analyzer

QUESTIONS = ArchiveQuestions(HELP_LINKS, Analyzer("en"))


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("how do I cite this", "/help#cite"),
        ("How to cite?", "/help#cite"),
        ("citing documents", "/help#cite"),
        ("how many reports are there", "/holdings"),
        ("can I download all the reports?", "/help#save"),
        ("contact", "/about#contact"),
        ("who can I contact?", "/about#contact"),
        ("Copyright", "/about#rights"),
        ("is it free to use?", "/about#rights"),
        ("I found a typo on your page", "/about#contact"),
        ("search tips", "/help"),
        ("what is this archive about", "/about"),
        ("citing documents in APA style", "/help#cite"),  # two phrases of one page
        ("download as CSV", "/help#save"),
        ("can I download the whole collection as CSV", "/help#save"),
        ("where can I get the PDF", "/help#save"),
        ("how far back does the archive go?", "/holdings"),
        ("am I allowed to reuse these texts?", "/about#rights"),
        ("how do I search for an exact phrase", "/help"),
        ("Where is the citation button?", "/help#cite"),
        ("does the institute still exist?", "/about"),
        ("about us", "/about"),  # small words alone
    ],
)
def test_a_question_about_the_archive_has_a_page(typed: str, url: str) -> None:
    found = QUESTIONS.find(typed)
    assert found is not None
    assert found.url == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "???",
        "how do you write user stories?",
        "cyber insurance",
        "the right to privacy",
        "contact tracing",
        "many reports",
        "citation needed",
        "a",
        "download speeds",
        "about them",
        "email security",
    ],
)
def test_other_questions_have_none(typed: str) -> None:
    assert QUESTIONS.find(typed) is None
