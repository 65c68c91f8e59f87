"""Make a `Document` of a record, or report every mistake in it."""

from __future__ import annotations

from typing import Any

from indexer.formats import FORMATS
from indexer.readers.dates_in_text import day_in_name
from indexer.readers.file_names import id_by_name
from indexer.readers.record import Record
from indexer.records.converters import CONVERTERS, read_keywords
from indexer.records.dates import read_date
from indexer.records.mapping import SourceMapping
from indexer.records.metadata import Metadata
from indexer.records.text_values import Context, is_markup, sections_of_markup
from indexer.sources import SourceFile
from search.config.settings import Config
from search.model.document import Document, Section, TopicEvidence

_NO_ID = (
    "every document needs an id of its own that never changes; name its key under `mapping`, or make it of keys, as in "
    'id: "{number}" beside `path`'
)
_NO_TITLE = 'name its key under `mapping`; where it is not known write title: "", for all records of a source under `defaults`'


class DocumentMaker:
    """Makes documents of records, for one configuration.

    `drafts` is the number of drafts. `unpublished` are the ids of drafts and of records with a mistake, `mistaken` those of
    records with a mistake ("" if the id is unknown).
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.drafts = 0
        self.unpublished: set[str] = set()
        self.mistaken: set[str] = set()
        self.own = tuple(sorted(config.fields))
        self.metadata = Metadata({**CONVERTERS, **dict.fromkeys(self.own, read_keywords)}, self.own)

    def mapping(self, file: SourceFile) -> SourceMapping:
        """Return the mapping of the file's source."""
        return SourceMapping(file.source, self.metadata.known, self.metadata.several)

    def make(self, record: Record, file: SourceFile) -> Document | None:
        """Return the document of a record; None for a draft or a record with a mistake."""
        form = FORMATS[file.reader]
        if not form.has_plain_values:
            record = self._with_sections(record)
        values, is_whole = self.metadata.read_values(record, is_plain=form.has_plain_values)
        if form.may_be_untitled and "title" not in record.values:
            record.values["title"] = values["title"] = ""
        if record.is_whole_file and not record.values.get("id"):
            values["id"] = id_by_name(file.stem)
        if values.pop("draft", False) and is_whole:
            self.drafts += 1
            self.unpublished.add(values.get("id", ""))
            return None
        if not (self._is_complete(record, values) and is_whole):
            self.unpublished.add(values.get("id", ""))
            self.mistaken.add(values.get("id", ""))
            return None
        self._set_date(record, file, values)
        return self._document(record, values)

    def _with_sections(self, record: Record) -> Record:
        """Return the record with a text written in HTML as sections, which keep its blocks and links."""
        text = record.values.get("text")
        if not isinstance(text, str) or not is_markup(text) or record.values.get("sections"):
            return record
        context = Context()
        sections = sections_of_markup(text, context)
        for warning in context.warnings:
            self.metadata.report(record, "text", warning, warning=True)
        record.values.update(text="", sections=sections)
        return record

    def _document(self, record: Record, values: dict[str, Any]) -> Document:
        text = values.pop("text", "")
        sections = tuple(section for section in values.get("sections", ()) if section.text or section.heading)
        values["sections"] = (Section(text), *sections) if text else sections
        words, address = values.pop("rights", ("", ""))
        values |= {"rights": words, "rights_url": values.get("rights_url") or address}
        extra = tuple((name, stated) for name in self.own if (stated := values.pop(name, ())))
        evidence = tuple(TopicEvidence(topic, source=record.file) for topic in values.get("topics", ()))
        return Document(**values, topic_evidence=evidence, extra=extra, source_path=record.file)

    def _set_date(self, record: Record, file: SourceFile, values: dict[str, Any]) -> None:
        """Replace `date`, `date_end` and `date_words` by one date; without them take the day in the file's name."""
        first, last, words = (values.pop(name, "") for name in ("date", "date_end", "date_words"))
        formats = file.source.date_format
        if record.is_whole_file and not (first or last or words or "date" in file.source.ignore):
            first, formats = day_in_name(file.path.stem), ()
        date, unread = read_date(first, last, words, self.config.language, formats)
        if date.warning:
            self.metadata.report(record, "date" if first else "date_end", date.warning, warning=True)
        values |= {"date": date.span, "date_words": unread}

    def _is_complete(self, record: Record, values: dict[str, Any]) -> bool:
        given, status, missing = record.values, values.get("title_status"), []
        if "id" not in given and "id" not in values:
            missing.append(("id", _NO_ID))
        if "title" not in given:
            missing.append(("title", _NO_TITLE))
        for name, fix in missing:
            self.metadata.report(record, name, f"is missing; {fix}")
        if missing:
            return False
        if values.get("title") and status == "not_preserved":
            self.metadata.report(record, "title_status", "found not_preserved beside a title; remove one of the two")
            return False
        if values.get("title") == "" and status != "not_preserved":
            values["title_status"] = "not_preserved"
            self._warn(record, "title", "is empty; the document is published as untitled")
        has_other_text = status or given.get("sections") or given.get("summary")
        if not {"text", "sections", "summary"} & given.keys():
            fix = 'name its key under `mapping`, or write text: "" under `defaults` if there is none'
            self._warn(record, "text", f"is missing, so the document is found by its other fields only; {fix}")
        elif values.get("text") == "" and not has_other_text:
            self._warn(record, "text", "is empty; the document is found by its other fields only")
        return True

    def _warn(self, record: Record, name: str, message: str) -> None:
        if name not in record.filled:  # a value left empty by `defaults` is meant to be empty
            self.metadata.report(record, name, message, warning=True)
