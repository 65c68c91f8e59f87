"""A Word file (DOCX): one document, read as the HTML it means. It is parsed in a child process."""

from __future__ import annotations

import html
from collections.abc import Iterator

from indexer.readers.contained.process import run_contained
from indexer.readers.file_records import FROM_METADATA, FROM_NAME, file_record, usable_authors, usable_title
from indexer.readers.html.reader import page_record
from indexer.readers.record import Record
from indexer.sources import SourceFile

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(file: SourceFile) -> Iterator[Record]:
    """Yield the record of a Word file. Raises Unreadable."""
    found = run_contained("indexer.readers.docx_html:read_docx", str(file.path))
    metadata = found["metadata"]
    stated = usable_title(metadata.get("Title", ""), file)
    page = page_record(file, f"<html><title>{html.escape(stated)}</title><body>{found['html']}</body></html>")
    title = page.values["title"]
    titles = ((title, FROM_METADATA if title == stated else "a heading in it"), (file.path.stem, FROM_NAME))
    values = {"sections": page.values["sections"], "people": usable_authors(metadata.get("Author", ""))}
    yield file_record(file, values, {"media_type": _TYPE}, tuple(one for one in titles if one[0]))
