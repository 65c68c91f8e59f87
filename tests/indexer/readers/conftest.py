"""Read one page or file by the readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.readers.html.reader import page_record
from indexer.readers.record import Record
from indexer.sources import SourceFile
from search.config.settings import HtmlSelectors, Source


@pytest.fixture
def read_page() -> Callable[..., Record]:
    """Reads a page given as text; selectors by name."""

    def read(page: str, name: str = "page.html", /, **selectors: Any) -> Record:
        chosen = HtmlSelectors(**{key: (value,) if isinstance(value, str) else tuple(value) for key, value in selectors.items()})
        source = Source(path=name, html=chosen if selectors else None)
        return page_record(SourceFile(Path(name), name, source, "html", Path(name).stem), page)

    return read


@pytest.fixture
def text_of() -> Callable[[Record], str]:
    """The headings and the text of a record."""

    def join_texts(record: Record) -> str:
        return "\n".join(f"{part.get('heading', '')}\n{part['text']}".strip() for part in record.values["sections"])

    return join_texts
