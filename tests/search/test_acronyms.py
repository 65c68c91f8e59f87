"""Which acronyms a text defines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.acronyms import Acronym, is_initials, read_acronyms, read_title_initials


@pytest.mark.parametrize(
    ("text", "letters", "long_form"),
    [
        (
            "the Global Commission on the Stability of Cyberspace (GCSC) met",
            "GCSC",
            "Global Commission on the Stability of Cyberspace",
        ),
        ("The EastWest Institute (EWI) has closed.", "EWI", "EastWest Institute"),
        (
            "It met. Information and communications technology (ICT) is bought.",
            "ICT",
            "Information and communications technology",
        ),
        ("the IoT (Internet of Things) grows", "IOT", "Internet of Things"),
        ("of the Internet of Things (IoT) and more", "IOT", "Internet of Things"),
        ("the U.N. Group of Governmental Experts (“GGE”)", "GGE", "Group of Governmental Experts"),
        ("the General Services Administration (G.S.A.)", "GSA", "General Services Administration"),
        ("the Department of Defense (DoD; see below)", "DOD", "Department of Defense"),
        ("of Technology Transformation Services (TTS)", "TTS", "Technology Transformation Services"),
        ("the Office of Management and Budget (OMB)", "OMB", "Office of Management and Budget"),
        ("application programming interfaces (APIs)", "API", "application programming interfaces"),
        ("das Bundesamt für Sicherheit (BfS)", "BFS", "Bundesamt für Sicherheit"),
    ],
)
def test_a_short_form_in_parentheses_is_read_with_its_long_form(text: str, letters: str, long_form: str) -> None:
    assert read_acronyms(text) == (Acronym(letters, long_form),)


@pytest.mark.parametrize(
    "text",
    [
        "the report (2013)",
        "the commission (see below)",
        "the commission (chaired by A)",
        "a paper (PDF)",
        "words that do not fit (XYZ)",
        "NATO (NATO)",
        "()",
        "Meeting. (ABC)",
    ],
)
def test_other_parentheses_define_nothing(text: str) -> None:
    assert read_acronyms(text) == ()


def test_a_long_form_never_runs_over_the_end_of_a_sentence() -> None:
    assert read_acronyms("The Global group met. Cyber Security (GCS)") == ()


@pytest.mark.parametrize(
    ("letters", "long_form", "expected"),
    [
        ("GCSC", "Global Commission on the Stability of Cyberspace", True),
        ("IOT", "Internet of Things", True),
        ("EWI", "EastWest Institute", False),
    ],
)
def test_letters_may_be_the_initials_of_the_long_form(letters: str, long_form: str, expected: bool) -> None:
    assert is_initials(Acronym(letters, long_form)) is expected


@given(st.text(alphabet="ABCabc ().;-é“”\n", max_size=300))
def test_every_long_form_is_found_in_the_text_and_begins_with_the_first_letter(text: str) -> None:
    for acronym in read_acronyms(text):
        assert acronym.long_form in " ".join(text.split())
        assert acronym.long_form[0].casefold() == acronym.letters[0].casefold()


@pytest.mark.parametrize(
    ("title", "initials"),
    [
        ("Priority International Communications", ["PIC"]),
        ("Records of the Australian Labor Party, 1901-1950", ["ROTALP", "RALP", "ALP"]),
        ("Global Cyber Deterrence: Views from China", ["GCD"]),
        ("A report to the Women’s Electoral Lobby", []),  # in a title that is no whole part
        ("Turning learning up to 11", []),
        ("The Long March of Getting Things Done", ["LMOGTD", "LMGTD", "GTD"]),  # without its article
        ("Smart Cities", []),
        ("", []),
    ],
)
def test_a_title_and_its_parts_are_known_by_their_initials(title: str, initials: list[str]) -> None:
    assert [acronym.letters for acronym in read_title_initials(title)] == initials


def test_a_title_as_long_as_a_text_is_not_taken_apart():
    assert read_title_initials("Records of the Labor Party")
    assert read_title_initials("Records of the Labor Party " * 20) == ()
