"""`build`, `update`, `plan` and `check`: what is published, and what is refused."""

from __future__ import annotations

import pytest
from numbered_archive import published_ids, write

from indexer.commands.cli import main
from search.archive import Archive
from search.config.loading import load_config
from search.model.query import Query


def test_build_publishes_everything(run, folder, capsys):
    assert run("build") == 0
    assert len(published_ids(folder)) == 35
    assert "published 35 documents" in capsys.readouterr().out


def test_update_publishes_only_what_changed_and_says_so(run, folder, capsys):
    run("build")
    write(folder / "more.jsonl", 6, prefix="m")
    assert run("update") == 0
    assert "1 added, 35 unchanged" in capsys.readouterr().out
    assert run("update") == 0
    assert "nothing to publish: 36 documents unchanged" in capsys.readouterr().out


def test_a_record_that_was_never_published_waits_and_the_others_are_published(run, folder, capsys):
    with (folder / "more.jsonl").open("a") as file:
        file.write('{"id": "bad"}\n')
    assert run("build") == 1
    assert len(published_ids(folder)) == 35
    assert "more.jsonl:6: title: is missing" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "update"])
def test_a_published_document_with_a_mistake_keeps_its_version_while_all_else_is_published(run, folder, capsys, command):
    run("build")
    lines = (folder / "more.jsonl").read_text().splitlines()
    (folder / "more.jsonl").write_text("\n".join(["{broken", *lines[1:]]))
    write(folder / "docs.jsonl", 31)
    assert run(command) == 1
    err = capsys.readouterr().err
    assert "more.jsonl:1: is not JSON" in err
    assert "1 document with a mistake above keeps its published version (m0)" in err
    assert {"m0", "d30"} <= published_ids(folder)
    assert run(command, "--allow-loss", "1") == 1
    assert "m0" not in published_ids(folder)


def test_removing_a_document_publishes(run, folder):
    run("build")
    write(folder / "docs.jsonl", 29)
    assert run("update") == 0
    assert "d29" not in published_ids(folder)


def test_removing_more_than_a_tenth_at_once_needs_a_word(run, folder, capsys):
    run("build")
    write(folder / "docs.jsonl", 20)
    assert run("update") == 1
    assert "write --allow-loss 10" in capsys.readouterr().err
    assert len(published_ids(folder)) == 35
    assert run("update", "--allow-loss", "10") == 0
    assert len(published_ids(folder)) == 25


def test_a_source_that_vanished_is_a_mistake_not_a_removal(run, folder, capsys):
    run("build")
    (folder / "more.jsonl").unlink()
    assert run("build") == 1
    assert len(published_ids(folder)) == 35


def test_plan_writes_nothing_and_says_what_would_change(run, folder, capsys):
    run("build")
    write(folder / "more.jsonl", 4, prefix="m", text="other words")
    (folder / "docs.jsonl").write_text((folder / "docs.jsonl").read_text() + '{"id": "new", "title": "N", "text": "x"}\n')
    before = published_ids(folder)
    capsys.readouterr()
    assert run("plan") == 0
    changes = [f"~ m{number}\n    text: 1 words, now 2" for number in range(4)]
    assert capsys.readouterr().out.splitlines() == [
        "+ new", *"\n".join(changes).splitlines(), "- m4", "1 added, 4 changed, 1 removed, 30 unchanged",
    ]  # fmt: skip
    assert published_ids(folder) == before


def test_build_if_needed_builds_once_then_updates(run, folder, capsys):
    assert run("build", "--if-needed") == 0
    assert run("build", "--if-needed") == 0
    assert "nothing to publish" in capsys.readouterr().out
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text() + "language: de\n")
    assert run("build", "--if-needed") == 0
    assert "published 35 documents" in capsys.readouterr().out


def test_a_changed_configuration_does_not_open_a_way_to_lose_documents(run, folder, capsys):
    run("build")
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text() + "language: de\n")
    (folder / "more.jsonl").write_text("{broken\n")
    assert run("build") == 1
    assert "5 documents cannot be read as published" in capsys.readouterr().err
    assert len(published_ids(folder)) == 35


@pytest.mark.parametrize(
    "setting", ["topics: {water: {label: Water}}", "ranking: {weights: {title: 7}}", "fields: {maker: {label: Maker}}"]
)
def test_a_build_with_another_configuration_keeps_what_has_a_mistake_now(run, folder, setting):
    run("build")
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text() + setting + "\n")
    (folder / "more.jsonl").write_text("{broken\n")
    assert run("build", "--if-needed") == 1
    assert Archive(load_config(folder / "config.yaml")).search(Query("words")).total == 35


def test_a_refused_build_says_that_the_generation_before_stays(run, folder, capsys):
    run("build")
    write(folder / "docs.jsonl", 10)
    assert run("build") == 1
    assert "The generation published before stays." in capsys.readouterr().err


def test_check_lists_mistakes_and_publishes_nothing(run, folder, capsys):
    (folder / "more.jsonl").write_text("{broken\n")
    assert run("check") == 1
    assert not (folder / "index").exists()


def test_a_configuration_that_cannot_be_used_is_reported_without_a_traceback(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("sources: [{path: a.jsonl}]\nlanguag: en\n")
    assert main(["check", "--config", str(tmp_path / "config.yaml")]) == 2
    assert 'languag: is not a setting; did you mean "language"?' in capsys.readouterr().err
    assert main(["check", "--config", str(tmp_path / "nowhere.yaml")]) == 2


@pytest.mark.parametrize(("command", "code"), [("check", 2), ("build", 2), ("update", 2), ("watch", 0)])
def test_only_watch_is_done_when_it_is_interrupted(run, monkeypatch, command, code):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.commands.reading.read_corpus", interrupt)
    assert run(command) == code


def test_every_command_has_help_with_an_example(capsys):
    for command in ("check", "plan", "build", "update", "status", "rollback", "watch"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"python -m indexer {command}" in capsys.readouterr().out
