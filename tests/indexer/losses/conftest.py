"""The archive of lettered records, and the commands run on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lettered_archive import Run, line, note

from indexer.commands.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("sources: [{path: corpus}]\nindex: {path: index}\nfacts: [facts.yaml]\n")
    (tmp_path / "facts.yaml").write_text("- {document: a, place: Bonn}\n- {document: b, place: Ulm}\n")
    (tmp_path / "corpus").mkdir()
    for name in "abc":
        (tmp_path / "corpus" / f"{name}.jsonl").write_text(line(name))
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *words: main([words[0], "--config", str(folder / "config.yaml"), *words[1:]])


@pytest.fixture
def notes(folder: Path) -> Path:
    """Twelve Markdown files beside the rest, each of which states its id."""
    for number in range(1, 13):
        note(folder, f"m{number}", f"m{number}")
    return folder
