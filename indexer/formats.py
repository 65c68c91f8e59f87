"""The formats of source files: the reader of each, its endings, and how its values are treated."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """How files of one format are read.

    `module`, below `indexer.readers`, has a function `read`: it takes a SourceFile and yields records and problems, and raises
    Unreadable for a file that cannot be read at all. `has_plain_values` is true if markup in a value is meant as text,
    `may_be_untitled` if a file is one text, published as untitled if it states no title, `has_sidecar` if a YAML file of the
    same name may state what the file does not.
    """

    module: str
    endings: tuple[str, ...] = ()
    max_bytes: int = 4 << 20
    has_plain_values: bool = False
    may_be_untitled: bool = False
    has_sidecar: bool = False


FORMATS = {
    "html": Format("html.reader", (".html", ".htm"), has_plain_values=True, may_be_untitled=True),
    "listing": Format("listing", has_plain_values=True),
    "markdown": Format("markdown", (".md", ".markdown"), may_be_untitled=True),
    "yaml": Format("yaml", (".yaml", ".yml")),
    "csv": Format("table", (".csv", ".tsv"), 256 << 20),
    "json": Format("json_file", (".json",), 256 << 20),
    "jsonl": Format("json_lines", (".jsonl", ".ndjson"), 4 << 30),
    "xlsx": Format("spreadsheet", (".xlsx", ".xls", ".ods"), 64 << 20),
    "pdf": Format("pdf", (".pdf",), 512 << 20, has_plain_values=True, may_be_untitled=True, has_sidecar=True),
    "docx": Format("docx", (".docx",), 64 << 20, has_plain_values=True, may_be_untitled=True, has_sidecar=True),
    "dump": Format("", max_bytes=4 << 30),  # read by `indexer.dump_reading`
}
"""The formats by name, as `reader` of a source states it.

HTML, Markdown and YAML are parsed at half a megabyte a second, so a file of the default limit takes ten seconds. Other formats
are held in memory as a whole, except JSON Lines and dumps, which are read line by line.
"""
READER_BY_ENDING = {ending: name for name, one in FORMATS.items() for ending in one.endings}
