"""Questions that name an item: addresses, DOIs, book numbers, values of several words, own fields."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, OwnField, Source, TypeValue
from search.engines.oracle import OracleEngine
from search.known_items import find_address, find_named_items
from search.model.document import Document, Section
from search.model.query import Query

DOCUMENTS = [
    Document(
        "report",
        "Shaky Cyber Trigger Fingers",
        type="Policy Report",
        url="https://www.example.org/idea/shaky-cyber-trigger-fingers",
        sections=(Section("Fingers on triggers."),),
        extra=(("medium", ("oil on canvas",)), ("isbn", ("978-0-9856824-1-5",)), ("note", ("A walrus in the margin",))),
    ),
    Document("paper", "Triggers", type="Paper", url="https://doi.org/10.1000/182", extra=(("medium", ("chalk",)),)),
    Document("aid", "A finding aid", url="https://library.example/obj-243253818/findingaid", aliases=("/old/item_20771",)),
    Document("oil", "The price of oil", type="Policy Brief", sections=(Section("Oil and canvas, but not as a medium."),)),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    config = Config(
        sources=(Source(path="x"),),
        types=tuple(TypeValue(value=value) for value in ("Policy Report", "Paper", "Policy Brief")),
        fields={
            "medium": OwnField(label="Medium"),
            "isbn": OwnField(label="ISBN", facet=False),
            "note": OwnField(label="Note", facet=False),
        },
    )
    return Archive(config, OracleEngine(config, DOCUMENTS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.example.org/idea/shaky-cyber-trigger-fingers", "report"),
        ("www.example.org/idea/shaky-cyber-trigger-fingers/", "report"),
        ("https://elsewhere.example/blog/shaky-cyber-trigger-fingers.html", "report"),
        ("obj-243253818/15/312", "aid"),  # a part of what is described
        ("obj 243253818, box 3, folder 12", "aid"),
        ("obj 243253818 Box 3", "aid"),
        ("/idea/shaky-cyber-trigger-fingers", "report"),
        ("idea/shaky-cyber-trigger-fingers", "report"),
        ("obj-243253818/findingaid", "aid"),
        ("https://library.example/obj-243253818", "aid"),  # without what follows the id
        ("library.example/items/obj-243253818?page=2", "aid"),
        ("10.1000/182", "paper"),
        ("doi:10.1000/182", "paper"),
        ("978-0-9856824-1-5", "report"),
        ("ISBN 978-0-9856824-1-5", "report"),
        ("obj-243253818", "aid"),
        ("OBJ 243253818", "aid"),
        ("item_20771", "aid"),
    ],
)
def test_what_is_named_comes_first(archive, text, found):
    assert archive.search(Query(text)).hits[0].document.id == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("type:Policy Report", ["report"]),
        ("type:policy report triggers", ["report"]),
        ("-type:policy report oil", ["oil"]),
        ("type:paper", ["paper"]),
        ("medium:oil", ["report"]),
        ("medium:canvas", ["report"]),
        ("medium:chalk triggers", ["paper"]),
        ('medium:"oil on canvas"', ["report"]),
        ("note:walrus", ["report"]),
        ("note:oil", []),
        ("oil -medium:oil", ["oil"]),
    ],
)
def test_a_field_is_searched_by_its_name(archive, text, found):
    assert [hit.document.id for hit in archive.search(Query(text, is_exact=True)).hits] == found


@pytest.mark.parametrize("text", ["-obj-243253818", "-obj-243253818/3", '-"OBJ 243253818"', '!"OBJ 243253818"'])
def test_what_is_excluded_is_not_named(archive, text):
    assert find_named_items(text, archive.engine) == ()
    assert find_named_items(text.lstrip("-!"), archive.engine)


def test_marks_without_letters_are_no_acronym(archive):
    assert archive.search(Query(" ".join(["\u0e14\u0e49\u0e49\u0e49"] * 3))).total == 0


def test_a_match_in_an_own_field_is_shown_with_its_label(archive):
    snippet = archive.search(Query("walrus")).hits[0].snippet
    assert "".join(fragment.text for fragment in snippet) == "Note: A walrus in the margin"
    assert [fragment.text for fragment in snippet if fragment.match] == ["walrus"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see http://example.org/a/b-c.", "http://example.org/a/b-c"),
        ("example.org/papers/2012", "example.org/papers/2012"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("version 2.0/3", ""),
        ("and/or", ""),
        ("node/5989", "/node/5989"),
        ("/about", "/about"),
        ("e.g. this", ""),
    ],
)
def test_an_address_is_found_in_what_was_typed(text, address):
    assert find_address(text) == address
