"""A PDF file: one document, its text by page. It is parsed in a child process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.readers.blocks import SectionsBuilder
from indexer.readers.contained.process import run_contained
from indexer.readers.file_records import FROM_METADATA, FROM_NAME, Titles, file_record, usable_authors, usable_title
from indexer.readers.page_lines import collect_words, join_paragraphs, remove_running_heads
from indexer.readers.record import Record, Unreadable
from indexer.sources import SourceFile
from search.errors import Problem

SCANNED = "scanned: not searchable"
PROTECTED = "protected"
_TYPE = "application/pdf"
_NEEDS_PASSWORD = "is protected by a password"
_MOST_RUNS_SHOWN = 10


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield the record of a PDF file, and a warning where pages have no text. Raises Unreadable."""
    found = run_contained("indexer.readers.pdf_pages:read_pdf", str(file.path))
    if found["is_protected"]:
        yield _record_of_protected(file)
        return
    entry = {"media_type": _TYPE, "pages": len(found["pages"]), "picture": found["picture"]}
    sections, words_left_out = _sections(found["pages"])
    values: dict[str, Any] = {
        "sections": sections,
        "people": usable_authors(found["metadata"]["Author"]),
    }
    scanned = found["unreadable"]
    if scanned:
        pages = f"page {scanned[0]} has" if len(scanned) == 1 else f"pages {_format_pages(scanned)} have"
        yield Problem(file.name, 0, "", f"{pages} no text that can be read (scanned?); nothing on it is found", "warning")
        values["text_note"] = f"{SCANNED} (page {_format_pages(scanned)})" if sections else SCANNED
        entry["note"] = values["text_note"]
    yield file_record(file, values, entry, _titles(found, file), words_left_out)


def _record_of_protected(file: SourceFile) -> Record:
    """Return an empty record of a protected file, which its sidecar fills. Raises Unreadable if it has no sidecar."""
    if file.sidecar is None:
        advice = f"write {file.path.stem}.yaml beside it with `title: ...`, or save it without the password"
        raise Unreadable(f"{_NEEDS_PASSWORD}; {advice}")
    return file_record(file, {"sections": [], "text_note": PROTECTED}, {"media_type": _TYPE, "note": PROTECTED})


def _titles(found: dict[str, Any], file: SourceFile) -> Titles:
    candidates = (
        (usable_title(found["metadata"]["Title"], file), FROM_METADATA),
        (found["largest"], "the largest words on page 1"),
        (file.path.stem, FROM_NAME),
    )
    return tuple((title, source) for title, source in candidates if title)


def _sections(pages: list[str]) -> tuple[list[dict[str, Any]], int]:
    """Return one section for each page with text, and the words of the running heads."""
    lines, words_left_out = remove_running_heads(pages)
    known = collect_words(lines)
    sections: list[dict[str, Any]] = []
    for number, page in enumerate(lines, 1):
        builder = SectionsBuilder()
        for paragraph in join_paragraphs(page, known):
            builder.begin_block()
            builder.add(paragraph)
        sections += ({**section, "anchor": f"page-{number}", "page": number} for section in builder.list_sections())
    return sections, words_left_out


def _format_pages(numbers: list[int]) -> str:
    """Return page numbers in words, runs of them as 3–7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ["–".join(map(str, run)) for run in runs[:_MOST_RUNS_SHOWN]]
    return ", ".join(shown) + (" and more" if len(runs) > _MOST_RUNS_SHOWN else "")
