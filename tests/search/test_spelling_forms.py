"""British and American spellings of one word lead to each other."""

from __future__ import annotations

import pytest

from search.text.spelling_forms import other_spellings


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("behaviour", "behavior"),
        ("behavioural", "behavioral"),
        ("centre", "center"),
        ("centred", "centered"),
        ("organisations", "organizations"),
        ("analysing", "analyzing"),
        ("travelled", "traveled"),
        ("defence", "defense"),
        ("programme", "program"),
        ("dialogues", "dialogs"),
    ],
)
def test_each_spelling_leads_to_the_other(british: str, american: str) -> None:
    assert other_spellings(british) == (american,)
    assert other_spellings(american) == (british,)


@pytest.mark.parametrize(
    "word", "advertise exercise promise surprise otherwise size prize wise our for metric programming nice 北京".split()
)
def test_words_that_are_spelled_one_way_have_no_other_spelling(word: str) -> None:
    assert other_spellings(word) == ()
