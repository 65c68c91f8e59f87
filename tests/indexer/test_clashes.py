"""Claims of several documents to one id or address, and settings that name no document, are reported with their place."""

from __future__ import annotations

import json

import pytest
from archive_files import problems_of, read_files

SETTINGS = "sources: [{path: d.jsonl}]\nindex: {path: index}\n"


def lines(*aliases: object) -> str:
    return "".join(
        json.dumps({"id": f"d{number}", "title": "T", "text": "x", "aliases": found}) + "\n" for number, found in enumerate(aliases)
    )


@pytest.mark.parametrize(
    ("aliases", "problems"),
    [
        (([], "old", ["older", "d2"]), ""),
        (("d1", []), 'd.jsonl:1: warning: aliases: found "d1", which is the id of another document and leads to that; remove it'),
        (
            ("old", [], ["new", "old"]),
            'd.jsonl:3: warning: aliases: found "old", which "d0" states too; an earlier address leads to one document; '
            "remove it from the other",
        ),
    ],
)
def test_an_alias_that_leads_elsewhere_is_a_warning(tmp_path, aliases, problems):
    corpus = read_files(tmp_path, SETTINGS, {"d.jsonl": lines(*aliases)})
    assert problems_of(corpus) == problems
    assert len(corpus.documents) == len(aliases)


@pytest.mark.parametrize(
    ("withdrawn", "message"),
    [
        ("[d0]", ""),
        ("[d0, 'd 1']", ':3: warning: withdrawn: found "d 1", which is the id of no document now; did you mean "d1"?'),
        ("[else]", ':3: warning: withdrawn: found "else", which is the id of no document now; correct it if a document is meant'),
    ],
)
def test_an_id_withdrawn_that_no_document_has_is_a_warning(tmp_path, withdrawn, message):
    corpus = read_files(tmp_path, f"{SETTINGS}withdrawn: {withdrawn}\n", {"d.jsonl": lines([], [])})
    assert problems_of(corpus).removeprefix(str(tmp_path / "config.yaml")) == message


def test_files_of_one_name_in_two_sources_report_how_to_get_ids_of_their_own(tmp_path):
    settings = "sources: [{path: en}, {path: fr}]\nindex: {path: index}\n"
    corpus = read_files(tmp_path, settings, {"en/a.md": "# A\n\nx\n", "fr/a.md": "# B\n\nx\n"})
    assert problems_of(corpus) == (
        'fr/a.md:1: id: "a" is already used in en/a.md, line 1; every id must be unique; write an `id` in one of them, '
        'or id: "a-{stem}" beside the `path` of one source'
    )
