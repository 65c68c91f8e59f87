"""What each format says is read back by programs that others wrote: same number, people, dates, titles and types."""

from __future__ import annotations

import csv
import io

import bibtexparser
import feedparser
import pytest
import rispy
from hypothesis import HealthCheck, Phase, given, settings
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from search.citations.names import Name
from search.citations.pieces import one_line
from search.engines.oracle import OracleEngine
from webui import create_app
from webui.formats.bibtex import key_of
from webui.formats.items import item_of

from .conftest import config_of
from .hostile import collections

QUICK = settings(
    max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
RIS_TYPES = {"report": "RPRT", "article-newspaper": "NEWS", "webpage": "ELEC", "document": "GEN", "broadcast": "SOUND", "graphic": "ART", "personal_communication": "PCOMM", "book": "BOOK", "thesis": "THES", "post-weblog": "BLOG"}  # fmt: skip
BIB_TYPES = {"report": "techreport", "article-newspaper": "article", "book": "book", "thesis": "phdthesis"}
DECODER = LatexNodes2Text(strict_latex_spaces=True)


def answers(documents, ending: str):
    """What is said of the documents in a format, and their descriptions."""
    config = config_of()
    app = create_app(config, OracleEngine(config, documents))
    body = app.test_client().get(f"/search.{ending}").data.decode()
    with app.test_request_context("/"):
        return body, {document.id: item_of(document) for document in documents}


@QUICK
@given(collections)
def test_ris_says_the_same(documents):
    body, items = answers(documents, "ris")
    records = {record["accession_number"]: record for record in rispy.loads(body)}
    assert set(records) == {one_line(key) for key in items}
    for item in items.values():
        record = records[one_line(item.id)]
        assert record["type_of_reference"] == RIS_TYPES[item.kind]
        assert record.get("title", "") == one_line(item.full_title)
        assert record.get("authors", []) == [one_line(name.inverted) for name in item.authors]
        assert record.get("secondary_title", "") == one_line(item.container)
        assert record.get("publisher", "") == one_line(item.publisher)
        if item.date and item.date.point and item.date.point.year > 0:
            assert int(record["year"]) == item.date.point.year


@QUICK
@given(collections)
def test_bibtex_says_the_same(documents):
    body, items = answers(documents, "bib")
    entries = parse_string(body, "bibtex").entries
    assert set(entries) == {key_of(document_id) for document_id in items}
    assert len(bibtexparser.parse_string(body).entries) == len(items)
    for item in items.values():
        entry = entries[key_of(item.id)]
        assert entry.type == BIB_TYPES.get(item.kind, "misc")
        assert decode(entry.fields.get("title", "")) == plain(item.full_title)
        for role, expected in (("author", item.authors), ("editor", item.editors)):
            read = [parts(person) for person in entry.persons.get(role, [])]
            assert [one for one in read if one[0]] == [one for one in map(whole, expected) if one[0]]
        if item.date and item.date.point:
            assert int(entry.fields["year"]) == item.date.point.year
            assert bool(entry.fields.get("day")) == bool(item.date.point.day and not item.date.is_range)


def decode(text: str) -> str:
    return plain(DECODER.latex_to_text(text.replace(r"\textasciicircum{}", "^")))


def plain(text: str) -> str:
    """Letters and signs without what the decoder takes for accents, spaces or braces of groups."""
    return "".join(char for char in one_line(text) if not char.isspace() and char not in "{}")


def parts(person) -> tuple[str, str, str]:
    last = (*person.prelast_names, *person.last_names)
    return tuple(decode(" ".join(names)) for names in (last, (*person.first_names, *person.middle_names), person.lineage_names))


def whole(name: Name) -> tuple[str, str, str]:
    return plain(name.surname), plain(name.given), plain(name.suffix)


@QUICK
@given(collections)
def test_a_spreadsheet_says_the_same_and_runs_nothing(documents):
    body, items = answers(documents, "csv")
    assert body.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(body[1:], newline="")))
    assert {row["id"] for row in rows} == set(items)
    by_id = {document.id: document for document in documents}
    for row in rows:
        document = by_id[row["id"]]
        assert row["summary"].removeprefix("'") == document.summary.removeprefix("'")
        assert row["people"].removeprefix("'") == "; ".join(person.name for person in document.people).removeprefix("'")
        assert row["date"].removeprefix("'") == (document.date.edtf if document.date else "")
        assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for name, cell in row.items() if name != "id")


@QUICK
@given(collections)
def test_a_feed_is_read_and_holds_every_document(documents):
    body, items = answers(documents, "atom")
    feed = feedparser.parse(body.encode())
    assert not feed.bozo, feed.get("bozo_exception")
    assert {entry.id for entry in feed.entries} == {item.page_url for item in items.values()}


@pytest.mark.parametrize("one", ["e.1", "e-1", "日本", "中国", "Case", "case", "a b", "a_b", "a,b", "{", "}"])
def test_keys_are_plain_and_stable(one):
    assert key_of(one) == key_of(one)
    assert key_of(one).isascii()
    assert key_of(one) == key_of(one).lower()
    assert not set(key_of(one)) & set(' ,{}"#%~\\')


def test_ids_that_differ_in_signs_alone_have_keys_of_their_own():
    ids = ["e.1", "e-1", "日本", "中国", "Case", "case", "a b", "a-b", "a_b", "-", "--", "A-B"]
    assert len({key_of(one) for one in ids}) == len(ids)
