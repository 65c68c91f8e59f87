"""Commands on an index with a damaged current generation lose nothing without a message."""

from __future__ import annotations

from pathlib import Path

import pytest
from numbered_archive import published_ids, write

from search.archive import Archive
from search.config.loading import load_config
from search.engines.open_engine import open_engine
from search.errors import IndexDamaged
from search.model.query import Query


def damage_current(folder: Path) -> None:
    generation = (folder / "index" / "CURRENT").read_text().strip()
    next((folder / "index" / generation).glob("*.documents")).write_bytes(b"")


def forget_current(folder: Path) -> None:
    (folder / "index" / "CURRENT").unlink()


def spoil_current(folder: Path) -> None:
    (folder / "index" / "CURRENT").write_bytes(b"\xff garbage")


@pytest.fixture(params=[damage_current, forget_current, spoil_current])
def harm(request, run, folder):
    """What has been done to the current of two generations."""
    run("build")
    run("build")
    request.param(folder)
    return request.param


def flip(folder: Path) -> None:
    """One byte of the stored documents is another, the size the same."""
    generation = (folder / "index" / "CURRENT").read_text().strip()
    path = next((folder / "index" / generation).glob("*.documents"))
    with path.open("r+b") as file:
        file.seek(10)
        file.write(b"\xfe")


def test_an_update_shares_nothing_whose_sum_is_wrong(run, folder, capsys):
    run("build")
    flip(folder)
    write(folder / "docs.jsonl", 31)
    assert run("update") == 0
    assert "the content is not what was published" in capsys.readouterr().err
    assert open_engine(load_config(folder / "config.yaml")).find_damage() == []
    assert Archive(load_config(folder / "config.yaml")).search(Query("words", per_page=100)).total == 36


def test_a_document_that_cannot_be_read_is_reported_as_damage(run, folder):
    run("build")
    flip(folder)
    with pytest.raises(IndexDamaged, match=r"documents: document 0 cannot be read .* run `python -m indexer rollback`"):
        Archive(load_config(folder / "config.yaml")).search(Query("words", per_page=100))


@pytest.mark.parametrize("command", [["update"], ["build"], ["build", "--if-needed"]])
def test_documents_of_a_damaged_generation_are_protected_by_the_previous_one(run, folder, capsys, harm, command):
    write(folder / "docs.jsonl", 10)
    assert run(*command) == 1
    assert "20 documents of 35 published would be removed at once" in capsys.readouterr().err
    assert run(*command, "--allow-loss", "20") == 0
    assert len(published_ids(folder)) == 15


def test_a_damaged_generation_is_built_again_where_nothing_is_lost(run, folder, harm):
    assert run("update") == 0
    assert run("status", "--verify") == (1 if harm is damage_current else 0)  # the damaged one is kept beside
    assert len(published_ids(folder)) == 35


def test_nothing_is_published_over_what_cannot_be_read_without_a_word(run, folder, capsys):
    run("build")
    damage_current(folder)
    assert run("plan") == 1
    assert run("update") == 1
    assert "it is not known what would be lost" in capsys.readouterr().err
    assert run("update", "--allow-loss", "1") == 0
    assert len(published_ids(folder)) == 35


def test_rollback_works_whatever_became_of_the_current_generation(run, folder, harm):
    assert run("rollback") == 0
    assert len(published_ids(folder)) == 35
