"""What is one list is one list: fields of documents, and formats of source files. Adding to one is an entry and its test."""

from __future__ import annotations

from importlib import import_module
from typing import get_args

import pytest

from indexer.formats import FORMATS
from indexer.records.converters import CONVERTERS
from indexer.records.text_values import Context
from search.config.settings import Source
from search.model.document import Document
from search.model.document_fields import DOCUMENT_FIELDS, LIST_FIELDS, fields_by_facts, list_searched_texts
from webui.formats.csv import _COLUMNS

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


PLAIN = [field for field in DOCUMENT_FIELDS if field.value in ("line", "prose") and field.name != "text"]


@pytest.mark.parametrize("field", PLAIN, ids=lambda field: field.name)
def test_a_plain_field_is_read_by_its_entry_alone(field):
    value = CONVERTERS[field.name](" stated ", Context())
    document = Document("a", **{field.name: value})
    assert getattr(document, field.name) == "stated"
    assert [text for _, text in list_searched_texts(document) if text] == (["stated"] if list(field.texts(document)) else [])


def test_every_exported_field_is_a_column():
    exported = {field.name for field in DOCUMENT_FIELDS if field.is_exported}
    assert exported - set(_COLUMNS) == {"rights_url"}, "its address is in the column `rights`"


def test_a_row_of_the_page_has_a_label():
    assert [field.name for field in DOCUMENT_FIELDS if field.is_row and not field.label] == []


def test_the_configuration_knows_every_format_and_no_other():
    assert set(get_args(Source.model_fields["reader"].annotation)) == {"", *FORMATS}


@pytest.mark.parametrize("form", [form for form in FORMATS.values() if form.module], ids=lambda form: form.module)
def test_every_format_has_a_reader(form):
    assert callable(import_module(f"indexer.readers.{form.module}").read)
