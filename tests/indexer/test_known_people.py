"""People that documents spell in several ways are published under the name the configuration shows."""

from __future__ import annotations

from indexer.corpus import read_corpus
from search.config.loading import load_config


def test_every_spelling_of_a_known_person_is_published_as_one(tmp_path):
    (tmp_path / "config.yaml").write_text(
        "sources: [{path: docs.jsonl}]\n"
        "people: {elaine: {label: Elaine Kamlley}, ewi: {label: EastWest Institute, also: [EWI], body: true}}\n"
    )
    records = [("a", "elaine"), ("b", "EWI"), ("c", "Ann Lee")]
    lines = (f'{{"id": "{name}", "title": "T", "text": "x", "people": ["{person}"]}}' for name, person in records)
    (tmp_path / "docs.jsonl").write_text("\n".join(lines))
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert corpus.problems == ()
    people = [(document.people[0].name, document.people[0].is_body) for document in corpus.documents]
    assert people == [("Elaine Kamlley", None), ("EastWest Institute", True), ("Ann Lee", None)]
