"""The archive of numbered records, and the commands run on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from numbered_archive import Run, write

from indexer.commands.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}, {path: more.jsonl}]\nindex: {path: index}\n")
    write(tmp_path / "docs.jsonl", 30)
    write(tmp_path / "more.jsonl", 5, prefix="m")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *words: main([words[0], "--config", str(folder / "config.yaml"), *words[1:]])
