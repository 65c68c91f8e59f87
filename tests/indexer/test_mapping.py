"""A source's own keys as ours: dotted paths, templates, split, ignore, defaults, two dates."""

from __future__ import annotations

import json

import pytest
from archive_files import by_id, problems_of, read_files

from search.errors import ConfigError

RECORD = {
    "acno": "N 00309",
    "title": {"en": "A Title", "de": "Ein Titel"},
    "title.short": "Literal",
    "authors": [{"name": "Ann"}, {"name": "Bo"}, {}],
    "tags": "one | two|",
    "when": {"from": "1801", "to": "1810"},
    "layout": "post",
    "image_alt": "x",
    "body": "Words.",
}


def read(tmp_path, settings: str, *records: object):
    text = "".join(json.dumps(record) + "\n" for record in records or [RECORD])
    return read_files(tmp_path, f"sources:\n- path: d.jsonl\n{settings}", {"d.jsonl": text})


MAPPED = """  mapping: {title: title.en, subtitle: title.de, people: authors.*.name, topics: tags, text: body, date: when.from,
    date_end: when.to}
  split: {topics: "|"}
  id: "{acno}"
  url: "https://example.org/{acno}/{path}"
  ignore: [layout, "image*", title.short]
"""


def test_dots_reach_into_objects_and_a_star_goes_over_lists(tmp_path):
    corpus = read(tmp_path, MAPPED)
    (document,) = corpus.documents
    assert problems_of(corpus) == ""
    assert (document.id, document.title, document.subtitle) == ("N 00309", "A Title", "Ein Titel")
    assert [person.name for person in document.people] == ["Ann", "Bo"]
    assert document.topics == ("one", "two")
    assert document.date.edtf == "1801/1810"
    assert document.url == "https://example.org/N%2000309/d.jsonl"


def test_a_key_literally_so_named_wins(tmp_path):
    (document,) = read(tmp_path, MAPPED.replace("title: title.en", "title: title.short")).documents
    assert document.title == "Literal"


def test_several_of_ours_may_be_read_from_one_of_theirs(tmp_path):
    settings = "  mapping: {title: name, other_titles: name, place: name}\n  defaults: {text: ''}\n"
    (document,) = read(tmp_path, settings, {"id": "a", "name": "Bonn"}).documents
    assert (document.title, document.other_titles, document.place) == ("Bonn", ("Bonn",), "Bonn")


def test_a_mapping_that_no_record_has_a_key_for_is_a_mistake_at_its_line(tmp_path):
    corpus = read(tmp_path, "  mapping:\n    people: autors\n", {"id": "a", "title": "A", "text": "x", "authors": "Ann"})
    (mistake,) = corpus.errors
    assert (mistake.path, mistake.line) == (str(tmp_path / "config.yaml"), 4)
    assert 'found "autors", which no record of d.jsonl has; did you mean "authors"?' in mistake.message
    assert len(corpus.documents) == 1


def test_a_mapping_that_one_record_has_a_key_for_is_none(tmp_path):
    records = {"id": "a", "title": "A", "text": "x"}, {"id": "b", "title": "B", "text": "x", "by": "Ann"}
    assert read(tmp_path, "  mapping: {people: by}\n", *records).errors == ()


@pytest.mark.parametrize("value", ["", None, [], {"a": 1}])
def test_an_id_that_comes_out_empty_is_a_mistake_of_its_record(tmp_path, value):
    records = {"nr": value, "title": "A", "text": "x"}, {"nr": "b", "title": "B", "text": "x"}
    corpus = read(tmp_path, '  id: "ms-{nr}"\n', *records)
    assert [document.id for document in corpus.documents] == ["ms-b"]
    assert "d.jsonl:1: id: is empty" in problems_of(corpus)


def test_an_id_that_comes_out_twice_is_a_mistake_of_the_second_record(tmp_path):
    records = {"nr": "1", "title": "A", "text": "x"}, {"nr": "1", "title": "B", "text": "x"}
    corpus = read(tmp_path, '  id: "{nr}"\n', *records)
    assert [document.title for document in corpus.documents] == ["A"]
    assert 'd.jsonl:2: id: "1" is already used on line 1' in problems_of(corpus)


@pytest.mark.parametrize(("template", "url"), [("https://e.org/{k}", "https://e.org/a/b%3F%25%C3%A9%7Bx%7D"), ("{k}", "")])
def test_values_in_addresses_are_percent_encoded_and_the_result_is_an_address(tmp_path, template, url):
    corpus = read(tmp_path, f'  url: "{template}"\n', {"id": "a", "title": "A", "text": "x", "k": "a/b?%é{x}"})
    assert [document.url for document in corpus.documents] == ([url] if url else [])
    assert ("url: found" in problems_of(corpus)) is (not url)


def test_a_template_is_replaced_and_never_formatted(tmp_path):
    (document,) = read(tmp_path, '  id: "{a.__class__}-{b}"\n', {"a": "x", "b": "{a}", "title": "T", "text": "x"}).documents
    assert document.id == "-{a}"


def test_our_own_keys_can_be_ignored(tmp_path):
    record = {"id": "a", "title": "A", "text": "x", "date": "1999", "type": "t", "layout": "x"}
    corpus = read(tmp_path, "  ignore: [date, type, layout]\n", record)
    assert problems_of(corpus) == ""
    assert (corpus.documents[0].date, corpus.documents[0].type) == (None, "")


def test_a_pattern_ignores_what_is_not_ours(tmp_path):
    corpus = read(tmp_path, '  ignore: ["*"]\n', {"id": "a", "title": "A", "text": "x", "layout": "x", "hero": "y"})
    assert problems_of(corpus) == ""
    assert corpus.documents[0].title == "A"


def test_defaults_may_be_lists(tmp_path):
    (document,) = read(tmp_path, "  defaults: {topics: [a, b], type: T}\n", {"id": "a", "title": "A", "text": "x"}).documents
    assert (document.topics, document.type) == (("a", "b"), "T")


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("1801", "1810", "1801/1810"),
        ("1801", "0000", "1801"),
        ("1801", "1799", "1801"),
        ("1801", "", "1801"),
        ("1801", None, "1801"),
    ],
)
def test_an_end_that_cannot_be_one_leaves_the_beginning(tmp_path, first, last, edtf):
    corpus = read(tmp_path, "", {"id": "a", "title": "A", "text": "x", "date": first, "date_end": last})
    assert corpus.errors == ()
    assert corpus.documents[0].date.edtf == edtf


def test_what_cannot_be_read_as_a_date_is_published_with_its_words(tmp_path):
    corpus = read(tmp_path, "", {"id": "a", "title": "A", "text": "x", "date": "26 March - 25 April"})
    assert (corpus.documents[0].date, corpus.documents[0].date_words) == (None, "26 March - 25 April")
    assert corpus.errors == ()


def test_unknown_keys_inside_people_and_files_are_warnings(tmp_path):
    record = {
        "id": "a",
        "title": "A",
        "text": "x",
        "people": [{"name": "Ann", "orcid": "0"}],
        "files": [{"url": "https://e.org/a", "x": 1}],
    }
    corpus = read(tmp_path, "", record)
    assert corpus.errors == ()
    assert by_id(corpus)["a"].people[0].name == "Ann"
    assert 'people: "orcid" in it is not known and was left out' in problems_of(corpus)
    assert 'files: "x" in it is not known and was left out' in problems_of(corpus)


def test_long_values_are_published(tmp_path):
    corpus = read_files(
        tmp_path, "sources: [{path: d.jsonl}]\nfields: {sponsor: {label: S}}\n",
        {"d.jsonl": json.dumps({"id": "a", "title": "A", "text": "x", "sponsor": "s " * 2000, "type": "t" * 900})},
    )  # fmt: skip
    assert len(corpus.documents[0].values("sponsor")[0]) == 3999


@pytest.mark.parametrize("identity", ["MS 6938", "a/b", "M2985 - M2990", "http://e.org//a", "é", "../x", "..", "a/./b"])
def test_an_id_is_any_printable_text_without_parts_of_dots(tmp_path, identity):
    corpus = read(tmp_path, "", {"id": identity, "title": "A", "text": "x"})
    refused = {"..", "."} & set(identity.split("/"))
    assert [document.id for document in corpus.documents] == ([] if refused else [identity])


@pytest.mark.parametrize(("form", "edtf"), [('"%d/%m/%Y"', "2013-06-05"), ('["%m/%d/%Y"]', "2013-05-06")])
def test_the_order_of_a_numeric_date_is_said_by_the_source(tmp_path, form, edtf):
    record = {"id": "a", "title": "A", "text": "x", "date": "05/06/2013"}
    assert read(tmp_path, f"  date_format: {form}\n", record).documents[0].date.edtf == edtf
    corpus = read(tmp_path, "", record)
    assert (corpus.documents[0].date, corpus.documents[0].date_words) == (None, "05/06/2013")
    assert "date_format" in problems_of(corpus)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('  date_format: "%d"\n', 'date_format.0: found "%d", which reads no date'),
        ("  id: same\n", 'id: found "same", which is the same for every record'),
        ("  split: {titel: x}\n", 'split.titel: is not a field of a document; did you mean "title"?'),
        ('  split: {topics: ""}\n', "split.topics: found nothing, expected what separates the values"),
        ("  mapping: {autor: x}\n", "mapping.autor: is not a field of a document"),
    ],
)
def test_a_mistake_in_the_settings_of_a_source_is_reported_at_its_line(tmp_path, settings, message):
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, settings)
    assert message in str(raised.value)
    assert "config.yaml:3: " in str(raised.value)
