"""The digest of an archive is that of its documents: not of its history, its files or the way it was published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_archive import write

from indexer.commands.cli import main
from search import digest as digests
from search.config.loading import load_config
from search.digest import digest, digest_of, published_digest, sum_hashes
from search.engines.open_engine import open_engine
from search.history import load_history
from search.model.document import Document


def digest_shown(run, capsys) -> str:
    """The digest that `status` prints."""
    capsys.readouterr()
    run("status")
    return re.search(r"^generation .* digest ([0-9a-f]{64})$", capsys.readouterr().out, re.M)[1]


def test_status_shows_the_digest_of_what_is_published(run, folder, capsys):
    run("build")
    engine = open_engine(load_config(folder / "config.yaml"))
    assert digest_shown(run, capsys) == digest(engine.every())


def test_an_update_and_a_build_give_the_same_digest_and_a_change_another(run, folder, capsys):
    run("build")
    before = digest_shown(run, capsys)
    write(folder / "docs.jsonl", 31)
    run("update")
    after = digest_shown(run, capsys)
    run("build")
    assert digest_shown(run, capsys) == after != before
    run("rollback")
    run("rollback")
    assert digest_shown(run, capsys) == before


def test_a_document_from_another_file_is_the_same_document(run, folder, capsys, tmp_path_factory):
    run("build")
    other = tmp_path_factory.mktemp("other")
    (other / "config.yaml").write_text("sources: [{path: all.jsonl}]\nindex: {path: index}\n")
    (other / "all.jsonl").write_text("".join((folder / name).read_text() for name in ("more.jsonl", "docs.jsonl")))
    assert main(["build", "--config", str(other / "config.yaml")]) == 0
    assert digest_shown(run, capsys) == digest_shown(lambda word: main([word, "--config", str(other / "config.yaml")]), capsys)


DOCUMENTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(("", "words", "other words")))
"""Titles by id."""


def made_of(titles):
    return [Document(document_id, title) for document_id, title in titles.items()]


@given(DOCUMENTS, DOCUMENTS)
def test_the_hashes_of_what_changed_lead_from_one_archive_to_the_other(before, after):
    gone = made_of(dict(before.items() - after.items()))
    came = made_of(dict(after.items() - before.items()))
    hashes = sum_hashes(came, before=sum_hashes(made_of(before)), without=gone)
    assert hashes == sum_hashes(reversed(made_of(after)))
    assert (digest_of(hashes) == digest(made_of(before))) == (before == after)


def test_an_update_hashes_only_what_changed(run, folder, capsys, monkeypatch):
    run("build")
    hashed = []
    count = lambda document: hashed.append(document.id) or plain(document)  # noqa: E731
    plain = digests._hash
    monkeypatch.setattr(digests, "_hash", count)
    write(folder / "docs.jsonl", 31)  # one more
    run("update")
    write(folder / "docs.jsonl", 30)  # and one less
    run("update")
    assert hashed == ["d30", "d30"]


def test_a_generation_that_was_merged_has_the_history_of_the_one_it_replaces(run, folder, capsys):
    config = load_config(folder / "config.yaml")
    run("build")
    first = open_engine(config).current().id
    before = dict(load_history(config, first).changes)
    write(folder / "docs.jsonl", 33)
    run("update")
    engine = open_engine(config)
    assert len(engine.snapshot().segments) == 1, "the update has been merged"
    history = load_history(config, engine.current().id)
    assert {name: times for name, times in history.changes.items() if name in before} == before
    assert [one.id for one in engine.generations()] == [engine.current().id, first]
    assert sorted(path.stem for path in (config.index_path / "history").iterdir()) == [first, engine.current().id]


def test_a_merge_that_fails_is_a_warning_because_the_change_is_published(run, folder, capsys, monkeypatch):
    run("build")
    write(folder / "docs.jsonl", 33)
    monkeypatch.setattr("search.engines.whoosh.publishing.read_back", fail_for_lack_of_room)
    assert run("update") == 0
    assert "small segments were not merged: [Errno 28] No space left on device" in capsys.readouterr().err
    engine = open_engine(load_config(folder / "config.yaml"))
    assert (engine.current().documents, len(engine.snapshot().segments)) == (38, 2)


def fail_for_lack_of_room(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_history_goes_on_when_a_publisher_died_before_it_wrote_it(run, folder, capsys):
    config = load_config(folder / "config.yaml")
    run("build")
    before = dict(load_history(config, open_engine(config).current().id).changes)
    open_engine(config).update([Document("d30", "New")], [])  # without a history
    write(folder / "docs.jsonl", 32)
    run("update")
    after = digest_shown(run, capsys)
    assert after == (run("build"), digest_shown(run, capsys))[1]
    history = load_history(config, open_engine(config).current().id)
    assert {name: times for name, times in history.changes.items() if name in before} == before


def test_an_update_after_a_rollback_has_the_digest_of_a_build(run, folder, capsys):
    run("build")
    write(folder / "docs.jsonl", 31)
    run("update")
    run("rollback")
    write(folder / "docs.jsonl", 29)
    run("update")
    after = digest_shown(run, capsys)
    run("build")
    assert digest_shown(run, capsys) == after


@pytest.mark.parametrize("history", ["no file", "a file of an earlier program"])
def test_where_it_was_not_noted_it_is_computed(run, folder: Path, capsys, history):
    run("build")
    noted = digest_shown(run, capsys)
    for path in (folder / "index" / "history").iterdir():
        if history == "no file":
            path.unlink()
        else:
            path.write_bytes(b"\x82\xa7changes\x80\xa4gone\x80")
    config = load_config(folder / "config.yaml")
    assert published_digest(config, open_engine(config)) == noted
