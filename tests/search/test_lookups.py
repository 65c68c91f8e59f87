"""Documents are found by ids and call numbers, names of people, and acronyms."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from search.config.settings import Config, Source
from search.fields import ACRONYM, IDENTIFIER, PERSON, Fields
from search.lookups import acronym_keys, identifier_key, identifier_keys, name_keys
from search.model.document import Document, Person, Section
from search.text.analysis import fold_value


@pytest.mark.parametrize("typed", ["MS 6938", "ms6938", "MS-6938", "ms – 6938", " Ms_6938 "])
def test_an_id_is_found_however_case_spaces_and_dashes_are_typed(typed):
    assert identifier_key(typed) == "ms6938"


@given(strategies.text())
def test_an_id_s_key_is_found_by_itself(text):
    key = identifier_key(text)
    assert fold_value(key) == key or not key


def test_aliases_and_call_numbers_are_identifiers_but_years_and_long_texts_are_not():
    document = Document(
        "a-1",
        aliases=("old/7",),
        extra=(("call", ("MS Acc03.167", "N00309")), ("period", ("1900", "none")), ("note", ("1 " * 50,))),
    )
    assert identifier_keys(document) == ("a1", "old-7", "msacc03.167", "n00309")


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("http://nla.example/nla.obj-243253818/findingaid", ("nla-obj243253818",)),
        ("https://example.org/records/243253818", ("243253818",)),
        ("https://example.org/2014/05/06/a-post", ()),
        ("https://example.org/2014-05-06/a-post-2", ()),
        ("https://archive1000.example.org/about", ()),
    ],
)
def test_the_parts_of_an_address_that_look_like_ids_are_identifiers(address, keys):
    assert identifier_keys(Document("a", url=address)) == ("a", *keys)


@pytest.mark.parametrize(
    ("person", "typed"),
    [
        (
            Person("Karl Frederick Rauscher"),
            ["Karl Frederick Rauscher", "Karl Rauscher", "K. Rauscher", "K. F. Rauscher", "Rauscher"],
        ),
        (Person("Rauscher, Karl"), ["Karl Rauscher", "K. Rauscher", "Rauscher, Karl", "rauscher"]),
        (Person("A. A. Milne"), ["A. A. Milne", "AA Milne", "A Milne", "Milne"]),
        (Person("James B. Godwin III"), ["James Godwin", "J. B. Godwin", "Godwin"]),
        (Person("Barnes, Jr."), ["Barnes Jr"]),
        (Person("Ludwig van Beethoven"), ["L. van Beethoven", "van Beethoven", "Beethoven"]),
        (Person("Gauß", family="Gauß", given="Carl Friedrich"), ["C. Gauss", "Carl Friedrich Gauss", "Gauss"]),
    ],
)
def test_a_person_is_found_by_the_ways_the_name_is_typed(person, typed):
    assert {fold_value(name) for name in typed} - set(name_keys(person)) == set()


@pytest.mark.parametrize(
    "person", [Person("Ministry of Culture and Sport"), Person("EastWest Institute", is_body=True), Person("elaine"), Person("")]
)
def test_a_body_has_no_family_name(person):
    assert name_keys(person) == ((fold_value(person.name),) if person.name else ())


def test_acronyms_that_the_texts_define_are_kept_with_the_document():
    text = "The Global Commission on the Stability of Cyberspace (GCSC) met. The GCSC (again) met."
    keys = acronym_keys(Document("a", sections=(Section(text),)))
    assert "gcsc-global-commission-on-the-stability-of-cyberspace" in keys


def test_the_initials_of_a_title_are_kept_but_not_those_of_a_name_in_it():
    assert "initials-alp-australian-labor-party" in acronym_keys(Document("a", "Records of the Australian Labor Party"))
    menzies = Document("b", "Papers of Sir Robert Gordon Menzies", people=(Person("Menzies, Robert"),))
    assert acronym_keys(menzies) == ()


def test_hidden_fields_are_no_facets_and_their_values_are_stored_as_they_are_looked_up():
    fields = Fields(Config(sources=(Source(path="x"),)))
    document = Document("A 1", people=(Person("Ann Lee"),), sections=(Section("The World Health Organization (WHO)."),))
    assert {IDENTIFIER, PERSON, ACRONYM}.isdisjoint(field.name for field in fields.facets)
    for name in (IDENTIFIER, PERSON, ACRONYM):
        values = fields.keyword[name].counted_values(document)
        assert values
        assert tuple(map(fold_value, values)) == values
