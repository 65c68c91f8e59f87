"""The records of each reader, and every mistake as file:line: field: found, expected, fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.corpus import Corpus, read_corpus
from search.config.loading import load_config

Read = Callable[..., Corpus]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads one file as a whole corpus; more settings as YAML."""

    def read_file(name: str, content: str | bytes, settings: str = "") -> Corpus:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / "config.yaml").write_text(f"sources: [{{path: {name}}}]\n{settings}")
        return read_corpus(load_config(tmp_path / "config.yaml"))

    return read_file


GOOD = '{"id": "a", "title": "A", "text": "words"}\n'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "docs.jsonl:2: is not JSON"),
        ("[1]", "docs.jsonl:2: is not an object"),
        ('{"title": "B", "text": "x"}', "docs.jsonl:2: id: is missing"),
        ('{"id": "", "title": "B", "text": "x"}', "docs.jsonl:2: id: is empty"),
        ('{"id": "b", "text": "x"}', "docs.jsonl:2: title: is missing"),
        ('{"id": "b", "title": "B"}', "docs.jsonl:2: warning: text: is missing"),
        ('{"id": "b", "title": "", "text": "x"}', "docs.jsonl:2: warning: title: is empty"),
        ('{"id": "b", "title": "B", "text": ""}', "docs.jsonl:2: warning: text: is empty"),
        ('{"id": "b", "title": "B", "text": {}, "date": "x"}', "docs.jsonl:2: text: found a mapping, expected text"),
        ('{"id": "b", "title": "B", "text": "x", "date": "2019-13-01"}', 'docs.jsonl:2: warning: date: found "2019-13-01"'),
        ('{"id": "b", "title": "B", "text": "x", "date": "2020/2019"}', "ends before it begins"),
        ('{"id": "b", "title": true, "text": "x"}', "docs.jsonl:2: title: found true, expected text"),
        ('{"id": "a/../b", "title": "B", "text": "x"}', 'expected no part "." or ".."'),
        ('{"id": "b", "title": "B", "text": "x", "titel": "y"}', 'did you mean "title"?'),
        ('{"id": "b", "title": "B", "text": "x", "people": [{"role": "author"}]}', "found one without name"),
        ('{"id": "a", "title": "B", "text": "x"}', 'docs.jsonl:2: id: "a" is already used on line 1; every id must be unique'),
    ],
)
def test_json_lines_reports_each_mistake_with_its_line(read, line, message):
    corpus = read("docs.jsonl", GOOD + line + "\n")
    assert message in "\n".join(map(str, corpus.problems))
    assert corpus.documents[0].id == "a"
    assert corpus.records == 2


def test_all_mistakes_are_reported_at_once(read):
    corpus = read("docs.jsonl", '{\n{"id": "x"}\n' + GOOD + GOOD)
    assert len(corpus.errors) == 3
    assert [document.id for document in corpus.documents] == ["a"]


def test_a_day_with_a_time_is_that_day(read):
    corpus = read("docs.jsonl", '{"id": "a", "title": "A", "text": "x", "date": "2019-02-14T09:00:00Z"}')
    assert corpus.documents[0].date.edtf == "2019-02-14"


def test_foreign_keys_are_mapped_and_defaults_filled(tmp_path):
    (tmp_path / "d.jsonl").write_text('{"key": "a", "headline": "A", "body": "x"}')
    (tmp_path / "config.yaml").write_text(
        "sources:\n- {path: d.jsonl, mapping: {id: key, title: headline, text: body}, defaults: {type: Report}}\n"
    )
    (document,) = read_corpus(load_config(tmp_path / "config.yaml")).documents
    assert (document.id, document.title, document.type) == ("a", "A", "Report")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"ok\n\x00", ":2: contains NUL characters"),
        (b"id: [", "is not YAML that can be read"),
        (b"- id: a\n  id: b\n", ':2: is not YAML that can be read: the key "id" is written twice'),
        (b"- just words\n", ":1: is not a document"),
        (b"- &x {id: a}\n- *x\n", "aliases"),
    ],
)
def test_yaml_that_cannot_be_read_is_reported(read, content, message):
    corpus = read("docs.yaml", content)
    assert message in str(corpus.problems[0])
    assert not corpus.documents


def test_yaml_values_are_what_was_written(read):
    corpus = read("docs.yaml", "- id: no\n  title: 010\n  text: yes\n  date: 2019-02-14\n  language: no\n")
    (document,) = corpus.documents
    assert (document.id, document.title, document.date.edtf, document.language) == ("no", "010", "2019-02-14", "no")


def test_a_mistake_in_yaml_has_the_line_of_its_key(read):
    corpus = read("docs.yaml", "- id: a\n  title: A\n  text: x\n\n  url: soon\n")
    assert str(corpus.problems[0]).startswith('docs.yaml:5: url: found "soon", expected an address')


def test_markdown_is_parted_at_its_headings(read):
    corpus = read(
        "Some Page.md", "---\ntitle: A *title*\ndate: 2019\n---\nFirst words.\n\n## A part\n\nMore `code` words\nhere.\n"
    )
    (document,) = corpus.documents
    assert document.id == "some-page"
    assert [(s.heading, s.anchor, s.text) for s in document.sections] == [
        ("", "", "First words."),
        ("A part", "a-part", "More code words here."),
    ]


def test_front_matter_that_does_not_end_is_reported(read):
    assert "does not end" in str(read("a.md", "---\ntitle: x\n").problems[0])


def test_html_is_read_as_its_words_without_navigation_and_scripts(read):
    page = "<html lang=de><title>T</title><nav>Menu</nav><main><h1>Head</h1><p>Some <b>bold</b> words</p><script>x()</script><h2 id=z>Part</h2><ul><li>one</ul></main>"
    (document,) = read("a.html", page).documents
    assert (document.title, document.language) == ("Head", "de")
    assert [(s.heading, s.anchor, s.text) for s in document.sections] == [("", "", "Some bold words"), ("Part", "z", "one")]


def test_csv_cells_become_fields_and_wrong_rows_are_reported(read):
    corpus = read("d.csv", "\ufeffid,title,text,topics\na,A,x,one; two\nb,B,x,one,two\n")
    assert corpus.documents[0].topics == ("one", "two")
    assert "d.csv:3: has 5 cells for 4 columns" in str(corpus.problems[0])


def test_a_listing_whose_selector_finds_nothing_is_reported(read, tmp_path):
    (tmp_path / "p.html").write_text("<p>x")
    (tmp_path / "config.yaml").write_text('sources: [{path: p.html, reader: listing, listing: {entries: [{select: "ul li"}]}}]')
    assert '"ul li" finds nothing' in str(read_corpus(load_config(tmp_path / "config.yaml")).problems[0])


def test_a_link_out_of_the_archive_is_not_followed(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.jsonl").write_text(GOOD)
    (inside / "d.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (inside / "config.yaml").write_text("sources: [{path: d.jsonl}]")
    corpus = read_corpus(load_config(inside / "config.yaml"))
    assert "link out of the archive" in str(corpus.problems[0])
    assert not corpus.documents


def test_a_source_that_is_not_there_is_reported(tmp_path):
    (tmp_path / "config.yaml").write_text("sources: [{path: nowhere.jsonl}]")
    assert "there is no such file" in str(read_corpus(load_config(tmp_path / "config.yaml")).problems[0])


def test_an_empty_folder_is_reported_as_empty(tmp_path):
    (tmp_path / "config.yaml").write_text("sources: [{path: corpus}]\n")
    (tmp_path / "corpus").mkdir()
    assert [str(problem) for problem in read_corpus(load_config(tmp_path / "config.yaml")).problems] == [
        f'{tmp_path / "config.yaml"}:1: sources.0.path: found "corpus", but there is no file in this folder that is read; '
        "put one there, or correct the path"
    ]


def test_a_folder_that_cannot_be_read_is_reported_once(tmp_path, monkeypatch):
    (tmp_path / "config.yaml").write_text("sources: [{path: corpus}]\n")
    (tmp_path / "corpus").mkdir()

    def refuse(path: str) -> list[object]:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("indexer.sources.os.scandir", refuse)
    assert [str(problem) for problem in read_corpus(load_config(tmp_path / "config.yaml")).problems] == [
        "corpus: cannot be read: Permission denied; check its permissions"
    ]


def test_spellings_of_one_value_become_one(read):
    lines = "".join(
        f'{{"id": "{n}", "title": "A", "text": "x", "type": "{kind}"}}\n' for n, kind in enumerate(("report", "Report", "REPORT"))
    )
    corpus = read("docs.jsonl", lines)
    assert {document.type for document in corpus.documents} == {"REPORT"}
    assert all(problem.severity == "warning" for problem in corpus.problems)
    corpus = read("docs.jsonl", lines, "types: [{value: Report}]")
    assert {document.type for document in corpus.documents} == {"Report"}


def test_a_fact_about_no_document_is_reported(read, tmp_path):
    (tmp_path / "facts.yaml").write_text("- document: z\n  title: Z\n- document: a\n  colour: red\n")
    corpus = read("docs.jsonl", GOOD, "facts: [facts.yaml]")
    assert [str(problem).split(":")[1] for problem in corpus.problems] == ["1", "4"]


def test_mistakes_in_facts_are_reported_with_their_lines(read, tmp_path):
    (tmp_path / "facts.yaml").write_text("""
- document: a
  topics: [smart-citys]
  not_topics: [chinaus, Smart Cities, dogs]
  place: Bonn
  sources: [{source: S, fields: [dat, place, artist, title]}]
  proposals: [{field: zzz, value: v}]
- document: a
  place: Ulm
  language: fr
""")
    settings = "facts: [facts.yaml]\nfields: {artist: {label: A}}\ntopics: {smart-cities: {label: S}, china-us: {label: C}}\n"
    corpus = read("docs.jsonl", GOOD.replace('"title"', '"language": "de", "title"'), settings)
    assert [str(problem).removeprefix("facts.yaml:") for problem in corpus.problems] == [
        '3: warning: topics: found "smart-citys", which the configuration does not list; did you mean "smart-cities"?',
        '4: warning: not_topics: found "chinaus", which is no topic of the configuration; did you mean "china-us"?',
        '4: warning: not_topics: found "dogs", which is no topic of the configuration; no phrase finds it',
        '6: warning: sources: found "dat", which is no part of a document; did you mean "date"?',
        '7: warning: proposals: found "zzz", which is no part of a document; write the name of a field',
        "9: warning: place: is stated in facts.yaml, line 5, which is kept; correct it there",
        "10: warning: language: is stated by the document itself, which is kept; correct it there",
    ]


def test_a_denied_topic_may_be_spelled_another_way(read, tmp_path):
    (tmp_path / "facts.yaml").write_text("- {document: a, not_topics: [Some Words]}\n")
    corpus = read("docs.jsonl", GOOD, "facts: [facts.yaml]\ntopics: {some-words: {label: W, phrases: [words]}}\n")
    assert (corpus.problems, corpus.documents[0].topics) == ((), ())


@pytest.mark.parametrize(
    "time", ["T09:00:00Z", "T09:00", " 23:59:59.123456", "T00:00:00+01:00", " 16:16:01 -0600", " 09:00:00 UTC", "T09:00:00,5Z"]
)
def test_a_day_with_a_time_is_a_day(read, time):
    corpus = read("docs.jsonl", GOOD.replace('"title"', f'"date": "2019-02-14{time}", "title"'))
    assert (corpus.problems, corpus.documents[0].date.edtf) == ((), "2019-02-14")


@pytest.mark.parametrize("rest", ["Tfoo", "T", " 2019", "T09:00 to 10:00"])
def test_text_after_a_day_is_not_cut_in_silence(read, rest):
    corpus = read("docs.jsonl", GOOD.replace('"title"', f'"date": "2019-02-14{rest}", "title"'))
    (document,) = corpus.documents
    assert (document.date, document.date_words) == (None, f"2019-02-14{rest}".strip())
    assert str(corpus.problems[0]).startswith(f'docs.jsonl:1: warning: date: found "2019-02-14{rest}"')
