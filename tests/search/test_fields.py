"""Values of keyword fields by the names they are shown with."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from search.archive import Archive
from search.config.settings import Config, KnownPerson, OwnField, Source, Topic, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Person
from search.model.query import Query
from search.text.analysis import fold_value

CONFIG = Config(
    sources=(Source(path="x"),),
    types=(TypeValue(value="Ideas", label="Opinion", children=("News",)), TypeValue(value="Opinion piece")),
    topics={"china-us": Topic(label="China and the United States"), "us": Topic(label="America"), "america": Topic(label="Both")},
)
DOCUMENTS = [
    Document("a", "A", type="News", topics=("china-us",)),
    Document("b", "B", type="Opinion piece", topics=("us", "china-us")),
    Document("c", "C", topics=("america",)),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive(CONFIG, OracleEngine(CONFIG, DOCUMENTS))


@pytest.mark.parametrize(
    ("typed", "ids", "meaning"),
    [
        ("topic:china-us", ["a", "b"], "topic China and the United States"),
        ('topic:"China and the United States"', ["a", "b"], "topic China and the United States"),
        ("topic:china-and-the-united-STATES", ["a", "b"], "topic China and the United States"),
        ('-topic:"China and the United States"', ["c"], "without topic China and the United States"),
        ("topic:us OR topic:both", ["b", "c"], "topic America or topic Both"),
        ("topic:america", ["c"], "topic Both"),
        ("type:opinion", ["a"], "type Opinion"),
        ("type:none", ["c"], "no type stated"),
        ("type:bogus", [], "type bogus"),
    ],
)
def test_a_value_is_understood_by_itself_and_by_the_label_it_is_shown_with(archive, typed, ids, meaning):
    page = archive.search(Query(typed))
    assert sorted(hit.document.id for hit in page.hits) == ids
    assert [part.meaning for part in page.reading.parts] == [meaning]


@pytest.mark.parametrize(
    ("typed", "ids", "meaning"),
    [
        ("topic:Kunst", ["a", "d"], "topic Art"),  # the label of one topic in another language
        ("-topic:Kunst", ["b", "c"], "without topic Art"),
        ("topic:Malerei", ["c"], "topic Malerei"),  # a value that a document states
        ("topic:Art", ["a", "d"], "topic Art"),  # a label of this archive and that of a medium in another language
        ("medium:Kunst", ["a", "b"], "medium: Kunst"),
        ("-medium:Kunst", ["c", "d"], "without medium: Kunst"),
        ("medium:Art", ["c"], "medium: Art"),
        ("medium:Öl", ["d"], "medium: Oil"),
        ("people:Kunst", ["c"], "people Kunst"),
    ],
)
def test_labels_in_other_languages_never_take_the_place_of_a_value_or_name(typed, ids, meaning):
    config = Config(
        sources=(Source(path="x"),),
        topics={"art": Topic(label="Art"), "painting": Topic(label="Painting")},
        fields={"medium": OwnField(label="Medium")},
        labels={"de": {"Art": "Kunst", "Painting": "Malerei"}, "fr": {"Panel": "Art", "Medium": "Kunst", "Oil": "Öl"}},
    )
    documents = [
        Document("a", "A", topics=("art",), extra=(("medium", ("Kunst",)),)),
        Document("b", "B", topics=("painting",), extra=(("medium", ("Kunst",)),)),
        Document("c", "C", topics=("Malerei",), extra=(("medium", ("Art",)),), people=(Person("Kunst"),)),
        Document("d", "D", topics=("art",), extra=(("medium", ("Oil",)),)),
    ]
    page = Archive(config, OracleEngine(config, documents)).search(Query(typed))
    assert sorted(hit.document.id for hit in page.hits) == ids
    assert [part.meaning for part in page.reading.parts] == [meaning]


@pytest.mark.parametrize(
    "values",
    [
        ("C", "C++", "C#"), ("RH", "RH+", "RH-"), ("1900", "<1900", ">1900"), ("A", "A+", "A-", "A*"), ("5", "-5", "±5"),
        ("NET", ".NET"), ("1.5", "15", "1-5"), ("50", "50 %", "50 °"), ("Smith", "Smith?"), ("rh- blood", "rh blood"),
    ],
)  # fmt: skip
def test_values_that_differ_by_a_meaningful_sign_stay_apart(values):
    assert len({fold_value(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    "values",
    [
        ("Policy Report", "policy-report", "POLICY REPORT", "policy_report", "Policy  report."),
        ("RH-", "rh\N{MINUS SIGN}", "Rh\N{EN DASH}"), ("Arts & Crafts", "arts crafts"), ("Mayor's office", "mayor’s office"),
    ],
)  # fmt: skip
def test_values_that_differ_in_case_spaces_and_punctuation_are_one(values):
    assert len({fold_value(value) for value in values}) == 1


@given(strategies.text())
def test_folding_a_value_twice_is_folding_it_once(text):
    assert fold_value(fold_value(text)) == fold_value(text)


def test_years_before_1000_and_before_christ_are_counted_sorted_and_found():
    dates = {"oldest": "-0043", "old": "0985", "new": "2012", "since": "1950/..", "until": "/0990"}
    documents = [Document(name, name, date=parse_edtf(date)) for name, date in dates.items()] + [Document("none", "none")]
    archive = Archive(CONFIG, OracleEngine(CONFIG, documents))

    def found(**query):
        return [hit.document.id for hit in archive.search(Query(**query)).hits]

    assert found(sort="oldest") == ["oldest", "old", "until", "since", "new", "none"]
    assert found(since="900", until="1000", sort="oldest") == ["old", "until"]
    assert found(until="-40", sort="oldest") == ["oldest", "until"]
    assert found(text="year:985", sort="oldest") == found(text="year:0985", sort="oldest") == ["old", "until"]
    assert found(text="year:-43..900", sort="oldest") == ["oldest", "until"]
    assert found(since="2000", sort="oldest") == ["since", "new"]
    years = archive.search(Query()).facet("year").values
    assert [(value.value, value.label) for value in years] == [
        ("2012", "2012"), ("1950", "1950"), ("990", "990"), ("985", "985"), ("-43", "44 BC"), ("none", "Undated"),
    ]  # fmt: skip


def test_people_are_one_value_however_the_configuration_says_they_are_spelled():
    config = CONFIG.model_copy(update={"people": {"ewi": KnownPerson(label="EastWest Institute", also=("EWI",), body=True)}})
    documents = [Document(name, name, people=(Person(name),)) for name in ("EWI", "EastWest Institute", "Ann Lee")]
    archive = Archive(config, OracleEngine(config, documents))
    assert archive.counts("people") == {"EastWest Institute": 2, "Ann Lee": 1}
    assert {hit.document.id for hit in archive.search(Query("people:ewi")).hits} == {"EWI", "EastWest Institute"}


def test_a_field_that_is_no_facet_is_searched_and_not_counted():
    config = CONFIG.model_copy(update={"fields": {"note": OwnField(label="Note", facet=False)}})
    archive = Archive(config, OracleEngine(config, [Document("a", "A", extra=(("note", ("Bound in calf " * 40,)),))]))
    assert archive.search(Query("calf")).total == 1
    assert "note" not in archive.fields.keyword


def test_a_value_of_any_length_is_counted_cut():
    documents = [Document("a", "A", topics=("x" * 5000,))]
    archive = Archive(CONFIG, OracleEngine(CONFIG, documents))
    (value,) = archive.counts("topic")
    assert len(value) == 200
    assert archive.search(Query().with_selection("topic", [value])).total == 1


def test_decades_and_centuries_are_counted_and_sorted_by_time():
    dates = {"a": "1914/1921", "b": "0985", "c": "-0043", "d": "18XX"}
    config = CONFIG.model_copy(update={"facets": ("decade", "century")})
    documents = [Document(name, name, date=parse_edtf(date)) for name, date in dates.items()] + [Document("e", "e")]
    page = Archive(config, OracleEngine(config, documents)).search(Query())
    assert [value.value for value in page.facet("century").values] == [
        "20th century", "19th century", "10th century", "1st century BC", "none",
    ]  # fmt: skip
    decades = [value.value for value in page.facet("decade").values]
    assert decades[:3] + decades[-3:] == ["1920s", "1910s", "1890s", "980s", "40s BC", "none"]
