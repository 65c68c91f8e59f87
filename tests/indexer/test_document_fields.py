"""The table of document fields, the members of `Document` and the converters of records name the same fields."""

from __future__ import annotations

from indexer.records.converters import CONVERTERS
from search.model.document import Document
from search.model.document_fields import DOCUMENT_FIELDS, LIST_FIELDS, fields_by_facts, list_searched_texts

NAMES = {field.name for field in DOCUMENT_FIELDS}
ABOUT_A_RECORD = {"draft", "date_end", "date_words"}
WORKED_OUT = {"topic_evidence", "extra", "source_path", "date_words"}


def test_every_field_has_a_converter_and_every_converter_a_field():
    assert set(CONVERTERS) - ABOUT_A_RECORD == NAMES


def test_every_member_of_a_document_is_declared():
    assert set(Document.__struct_fields__) - WORKED_OUT == NAMES - {"text"}


def test_facts_add_to_lists_and_fill_single_values():
    assert set(fields_by_facts("add")) - {"proposals"} <= set(LIST_FIELDS)
    assert not set(fields_by_facts("fill")) & set(LIST_FIELDS)


def test_the_title_is_searched_first():
    document = Document("a", "Title", summary="Summary", venue="Venue")
    assert [name for name, text in list_searched_texts(document) if text] == ["title", "summary", "venue"]
