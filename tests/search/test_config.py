"""config.yaml: every mistake at once, each with its line and a way out."""

from __future__ import annotations

import pytest

from search.config.loading import load_config
from search.errors import ConfigError


def write_config(tmp_path, text):
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_smallest_archive_needs_its_sources_only(tmp_path):
    config = load_config(write_config(tmp_path, "sources: [{path: docs.jsonl}]\nindex: {path: index}\n"))
    assert config.index_path == tmp_path / "index"
    assert config.engine == "whoosh"
    assert config.facet_fields == ("type", "topic", "year")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "at least one"),
        ("site: {name: X}\n", 0, "sources"),
        ("sources: [{path: a}]\nlangauge: de\n", 2, 'did you mean "language"'),
        ("sources: [{path: a}]\nper_page: 7\n", 2, 'found "7"'),
        ("sources: [{path: a}]\nranking:\n  b: 3\n", 3, "ranking.b"),
        ("sources: [{path: a}]\nfacets: [type, color]\n", 2, "color"),
        ("sources: [{path: a}]\nfields: {year: {label: Y}}\n", 2, "name that this program uses itself"),
        ("sources: [{path: a}\n", 2, "YAML"),
        ("sources: [{path: a}]\nfields:\n  sections: {label: Parts}\n", 3, "name that this program uses itself"),
        ("sources: [{path: a}]\nlanguage: xx\n", 2, 'found "xx", which is not a language'),
        ("sources: [{path: a}]\nsite:\n  address: nonsense\n", 3, "https://archive.example.org"),
        ("sources: [{path: a}]\nranking:\n  weights: {colour: 2}\n", 3, "not a searched field"),
        ("sources:\n  - path: a\n    mapping: {titel: headline}\n", 3, 'did you mean "title"'),
        ("sources: [{path: a}]\npath: x\n", 2, "is not a setting"),
        ("sources: [{path: a}]\ntypes:\n  - {value: A}\n  - {value: A}\n", 4, "a second time"),
        ("sources: [{path: a}]\ntypes:\n  - {value: A, children: [B]}\n  - {value: B, children: [A]}\n", 3, "a group itself"),
        ("sources: [{path: a}]\ntypes:\n  - {value: A, children: [C]}\n  - {value: B, children: [C]}\n", 4, 'in "A" already'),
        ("sources: [{path: a}]\ntypes:\n  - {value: Policy Report}\n  - {value: policy-report}\n", 4, "a second time"),
        ("sources: [{path: a}]\ntypes:\n  - {value: A, children: [None]}\n", 3, "documents without a type"),
        ("sources: [{path: a}]\ntopics:\n  none: {label: N}\n", 3, "documents without a topic"),
        ("sources: [{path: a}]\nopensearch:\n  hosts: ['http://']\n", 3, "as in http://127.0.0.1:9200"),
        ("sources: [{path: a}]\nopensearch:\n  hosts: ['http://127.0.0.1:92000']\n", 3, "as in http://127.0.0.1:9200"),
        ("sources: [{path: a}]\ntypes:\n  - {value: A, children: [a, B]}\n", 3, "a group itself"),
        ("sources: [{path: a}]\ntypes:\n  - {value: A, children: [C]}\n  - {value: B, children: [c]}\n", 4, 'in "A" already'),
        ("sources: [{path: a}]\nsite:\n  address: 'http://[::1'\n", 3, "https://archive.example.org"),
        ('sources: [{path: a}]\nsite:\n  name: "A\\x01B"\n', 3, "that no page can show"),
        ("sources: {path: a}\n", 1, "expected a list"),
        ("sources: [a]\n", 1, "expected a mapping"),
        ("sources: [{path: a}]\nfields: {Big Name: {label: B}}\n", 2, "expected small letters"),
        ("sources:\n  - path: a\n    defaults: {typ: Report}\n", 3, 'did you mean "type"'),
        ("sources: [{path: a}]\nfacets: [type, type]\n", 2, "a second time"),
        ("sources: []\n", 1, "sources: found nothing, expected at least 1"),
        ("sources: [{path: a, mapping: [x]}]\n", 1, "found a list, expected a mapping, as in {key: value}"),
        ("sources: [{path: a}]\ntopics: {Big Name: {label: B}}\n", 2, 'found "Big Name", expected small letters'),
        ("sources: [{path: a}]\nindex: {keep: 0}\n", 2, 'found "0", expected 1 or more'),
        ("sources: [{path: a}]\nranking:\n  weights: {title: 2.5}\n", 3, 'found "2.5", expected a whole number'),
        ("sources: [{path: a}]\nfields: {maker: {label: M, searched: 1}}\n", 2, 'found "1", expected true or false'),
        ("sources: [{path: a}]\nsources: [{path: b}]\n", 2, "sources"),
    ],
)
def test_a_mistake_is_reported_with_its_line(tmp_path, text, line, says):
    with pytest.raises(ConfigError) as told:
        load_config(write_config(tmp_path, text))
    message = str(told.value)
    assert says in message
    assert f"config.yaml:{line}" in message or not line


def test_all_mistakes_are_reported_at_once(tmp_path):
    with pytest.raises(ConfigError) as told:
        load_config(write_config(tmp_path, "sources: []\nper_page: 7\nengine: solr\n"))
    assert len(told.value.problems) == 3


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("sources: [{path: 3}]\nlanguage: xx\npath: x\n", ["sources.0.path", "path", "language"]),
        ("sources: [{path: a}]\nfields: {from: {label: F}, maker: {}}\nfacets: [maker]\n", ["fields.maker.label", "fields.from"]),
        ("sources: [{path: a}]\nfields: {Big Name: {label: B}}\nlanguage: xx\n", ["fields.Big Name", "language"]),
        ("sources: [{path: a}]\nfields: [maker]\nfacets: [maker]\n", ["fields"]),
    ],
)
def test_contradictions_are_reported_beside_other_mistakes_and_none_is_made_up(tmp_path, text, places):
    with pytest.raises(ConfigError) as told:
        load_config(write_config(tmp_path, text))
    assert [problem.field for problem in told.value.problems] == places


def test_a_bad_source_is_one_mistake(tmp_path):
    with pytest.raises(ConfigError) as told:
        load_config(write_config(tmp_path, "sources: [{path: 3}]\n"))
    assert len(told.value.problems) == 1


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.yaml: .*--config"):
        load_config(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people: {ewi: {label: EWI}, east: {label: East, also: [ewi]}}", "a name belongs to one person"),
        ("fields: {note: {label: Note, facet: false}}\nfacets: [note]", 'found "note", which is not a facet'),
        ("types: [{value: Report, csl: raport}]", "types.0.csl"),
        ("languages: [en, xx]", "languages.1"),
        ("labels: {xx: {Bild: Picture}}", "labels.xx"),
        ("site: {about: missing.md}", "there is no such file"),
        ("site: {about: latin.md}", 'site.about: found "latin.md", which is not UTF-8 text; save it as UTF-8'),
        ('site: {about: "a\\0b"}', "site.about: contains characters that no page can show"),
        ('sources: [{path: "a\\0b"}]', "sources.0.path: contains the character NUL, which no path can have; remove it"),
        ('index: {path: "a\\0b"}', "index.path: contains the character NUL"),
        ("opensearch: {ca: missing.pem}", 'opensearch.ca: found "missing.pem", but there is no such file; correct the path'),
        ("opensearch: {hosts: []}", "opensearch.hosts: found nothing, expected at least 1"),
        ('sources: [{path: a, date_format: ["%d/%m"]}]', "it has no year"),
        ("fields: {decade: {label: Decade}}", "uses itself"),
    ],
)
def test_a_setting_that_contradicts_another_is_reported(tmp_path, text, message):
    path = tmp_path / "config.yaml"
    (tmp_path / "latin.md").write_bytes("Café".encode("latin-1"))
    path.write_text(text if "sources" in text else f"sources: [{{path: a}}]\n{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(path)
    assert message in str(raised.value)
