"""The editor's commands: nothing is lost in silence, and every exit code means what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.commands.cli import main
from search.archive import Archive
from search.config.loading import load_config
from search.engines.contract import index_stamp
from search.engines.open_engine import open_engine
from search.errors import IndexDamaged
from search.model.query import Query

Run = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}, {path: more.jsonl}]\nindex: {path: index}\n")
    write(tmp_path / "docs.jsonl", 30)
    write(tmp_path / "more.jsonl", 5, prefix="m")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *words: main([words[0], "--config", str(folder / "config.yaml"), *words[1:]])


def write(path: Path, count: int, prefix: str = "d", text: str = "words") -> None:
    path.write_text("".join(json.dumps({"id": f"{prefix}{n}", "title": f"Title {n}", "text": text}) + "\n" for n in range(count)))


def published(folder: Path) -> set[str]:
    return set(open_engine(load_config(folder / "config.yaml")).published())


def test_build_publishes_everything(run, folder, capsys):
    assert run("build") == 0
    assert len(published(folder)) == 35
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
    assert len(published(folder)) == 35
    assert "more.jsonl:6: title: is missing" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "update"])
def test_losing_a_published_document_to_a_mistake_is_refused(run, folder, capsys, command):
    run("build")
    lines = (folder / "more.jsonl").read_text().splitlines()
    (folder / "more.jsonl").write_text("\n".join(["{broken", *lines[1:]]))
    assert run(command) == 1
    err = capsys.readouterr().err
    assert "more.jsonl:1: is not JSON" in err
    assert "1 document published before would be lost because of the mistakes above (m0)" in err
    assert "m0" in published(folder)
    assert run(command, "--allow-loss", "1") == 1
    assert "m0" not in published(folder)


def test_removing_a_document_publishes(run, folder):
    run("build")
    write(folder / "docs.jsonl", 29)
    assert run("update") == 0
    assert "d29" not in published(folder)


def test_removing_more_than_a_tenth_at_once_needs_a_word(run, folder, capsys):
    run("build")
    write(folder / "docs.jsonl", 20)
    assert run("update") == 1
    assert "say --allow-loss 10" in capsys.readouterr().err
    assert len(published(folder)) == 35
    assert run("update", "--allow-loss", "10") == 0
    assert len(published(folder)) == 25


def test_a_source_that_vanished_is_a_mistake_not_a_removal(run, folder, capsys):
    run("build")
    (folder / "more.jsonl").unlink()
    assert run("build") == 1
    assert len(published(folder)) == 35


def test_plan_writes_nothing_and_says_what_would_change(run, folder, capsys):
    run("build")
    write(folder / "more.jsonl", 4, prefix="m", text="other words")
    (folder / "docs.jsonl").write_text((folder / "docs.jsonl").read_text() + '{"id": "new", "title": "N", "text": "x"}\n')
    before = published(folder)
    capsys.readouterr()
    assert run("plan") == 0
    assert capsys.readouterr().out.split() == [
        "+", "new", "~", "m0", "~", "m1", "~", "m2", "~", "m3", "-", "m4", "1", "added,", "4", "changed,", "1", "removed,", "30", "unchanged",
    ]  # fmt: skip
    assert published(folder) == before


def test_status_tells_the_generation_and_whether_the_corpus_moved_on(run, folder, capsys):
    assert run("status") == 2
    assert "run `python -m indexer build`" in capsys.readouterr().err
    run("build")
    capsys.readouterr()
    assert run("status", "--verify") == 0
    assert "35 documents" in capsys.readouterr().out
    write(folder / "docs.jsonl", 31)
    run("status")
    assert "1 added" in capsys.readouterr().out


def test_status_verify_finds_damage(run, folder, capsys):
    run("build")
    generation = open_engine(load_config(folder / "config.yaml")).current().id
    arrays = next((folder / "index" / generation).glob("*.arrays"))
    data = bytearray(arrays.read_bytes())
    data[-1] ^= 1
    arrays.write_bytes(data)
    assert run("status", "--verify") == 1
    assert arrays.name in capsys.readouterr().out


def test_rollback_goes_back_and_update_comes_forward_again(run, folder):
    run("build")
    write(folder / "docs.jsonl", 31)
    run("update")
    assert run("rollback") == 0
    assert len(published(folder)) == 35
    assert run("update") == 0
    assert len(published(folder)) == 36


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
    assert "would be lost" in capsys.readouterr().err


@pytest.mark.parametrize(
    "setting", ["topics: {water: {label: Water}}", "ranking: {weights: {title: 7}}", "fields: {maker: {label: Maker}}"]
)
def test_the_generation_before_serves_on_when_a_build_with_another_configuration_is_refused(run, folder, capsys, caplog, setting):
    run("build")
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text() + setting + "\n")
    (folder / "more.jsonl").write_text("{broken\n")
    assert run("build", "--if-needed") == 1
    assert "The generation published before serves on." in capsys.readouterr().err
    assert Archive(load_config(folder / "config.yaml")).search(Query("words")).total == 35
    assert "was built with another configuration and answers as it was built" in caplog.text


def test_a_rollback_to_another_configuration_can_be_searched_and_is_built_anew_next(run, folder):
    run("build")
    before = (folder / "config.yaml").read_text()
    (folder / "config.yaml").write_text(before + "ranking: {weights: {title: 7}}\n")
    run("build")
    assert run("rollback") == 0
    config = load_config(folder / "config.yaml")
    assert Archive(config).search(Query("words")).total == 35
    assert run("update") == 0
    assert open_engine(config).current().stamp == index_stamp(config)


def test_rollback_does_not_go_back_to_what_cannot_be_searched(run, folder, capsys):
    run("build")
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text() + "language: de\n")
    run("build")
    assert run("rollback") == 2
    assert "was built with another language" in capsys.readouterr().err
    assert run("status") == 0


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


def test_a_document_that_cannot_be_read_is_told_as_damage(run, folder):
    run("build")
    flip(folder)
    with pytest.raises(IndexDamaged, match=r"documents: document 0 cannot be read .* run `python -m indexer rollback`"):
        Archive(load_config(folder / "config.yaml")).search(Query("words", per_page=100))


@pytest.mark.parametrize("command", [["update"], ["build"], ["build", "--if-needed"]])
def test_what_a_damaged_generation_held_is_guarded_by_the_one_before(run, folder, capsys, harm, command):
    write(folder / "docs.jsonl", 10)
    assert run(*command) == 1
    assert "20 documents of 35 published would be removed at once" in capsys.readouterr().err
    assert run(*command, "--allow-loss", "20") == 0
    assert len(published(folder)) == 15


def test_a_damaged_generation_is_built_again_where_nothing_is_lost(run, folder, harm):
    assert run("update") == 0
    assert run("status", "--verify") == (1 if harm is damage_current else 0)  # the damaged one is kept beside
    assert len(published(folder)) == 35


def test_nothing_is_published_over_what_cannot_be_read_without_a_word(run, folder, capsys):
    run("build")
    damage_current(folder)
    assert run("plan") == 1
    assert run("update") == 1
    assert "what would be lost cannot be told" in capsys.readouterr().err
    assert run("update", "--allow-loss", "1") == 0
    assert len(published(folder)) == 35


def test_rollback_works_whatever_became_of_the_current_generation(run, folder, harm):
    assert run("rollback") == 0
    assert len(published(folder)) == 35


def test_check_lists_mistakes_and_publishes_nothing(run, folder, capsys):
    (folder / "more.jsonl").write_text("{broken\n")
    assert run("check") == 1
    assert not (folder / "index").exists()


def test_a_configuration_that_cannot_be_used_is_told_without_a_traceback(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("sources: [{path: a.jsonl}]\nlanguag: en\n")
    assert main(["check", "--config", str(tmp_path / "config.yaml")]) == 2
    assert 'languag: is not a setting; did you mean "language"?' in capsys.readouterr().err
    assert main(["check", "--config", str(tmp_path / "nowhere.yaml")]) == 2


def test_a_folder_that_is_not_ours_is_never_removed(run, folder):
    for name in ("building-plans", "building-", "photos"):
        (folder / "index" / name).mkdir(parents=True)
        (folder / "index" / name / "manifest.json").write_text("{}")
    for _ in range(5):
        assert run("build") == 0
    assert {"building-plans", "building-", "photos"} <= {path.name for path in (folder / "index").iterdir()}


@pytest.mark.parametrize(
    ("index", "held"),
    [(".", "config.yaml"), ('""', "config.yaml"), ("..", "config.yaml"), ("corpus", "corpus/*.md"), ("facts", "facts/a.yaml")],
)
def test_an_index_path_that_holds_what_is_read_is_refused(tmp_path, capsys, index, held):
    sources = "sources: [{path: corpus/*.md}, {path: docs.jsonl}]\nfacts: [facts/a.yaml]\n"
    (tmp_path / "config.yaml").write_text(f"{sources}index: {{path: {index}}}\n")
    assert main(["check", "--config", str(tmp_path / "config.yaml")]) == 2
    index = index.strip('"')
    assert f'config.yaml:3: index.path: found "{index}", which holds {held}' in capsys.readouterr().err


def test_the_index_is_no_source_of_its_own(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("sources: [{path: .}]\n")
    write(tmp_path / "docs.jsonl", 3)
    assert main(["build", "--config", str(tmp_path / "config.yaml")]) == 0
    assert main(["build", "--config", str(tmp_path / "config.yaml")]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("command", "code"), [("check", 2), ("build", 2), ("update", 2), ("watch", 0)])
def test_only_watch_is_done_when_it_is_interrupted(run, monkeypatch, command, code):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.commands.cli.read_corpus", interrupted)
    assert run(command) == code


@pytest.mark.parametrize("path", ["docs.jsonl/index", "file"])
@pytest.mark.parametrize("command", ["build", "update", "status", "rollback"])
def test_an_index_path_that_is_no_folder_is_told_with_the_fix(tmp_path, capsys, path, command):
    (tmp_path / "config.yaml").write_text(f"sources: [{{path: docs.jsonl}}]\nindex: {{path: {path}}}\n")
    write(tmp_path / "docs.jsonl", 3)
    (tmp_path / "file").touch()
    assert main([command, "--config", str(tmp_path / "config.yaml")]) == 2
    assert capsys.readouterr().err.endswith(
        f"{path}: index.path: is not a folder, or lies in what is none; name another in config.yaml\n"
    )


def test_an_index_that_may_not_be_written_is_told_with_the_fix(run, folder, capsys, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "index/publish.lock")

    monkeypatch.setattr("search.engines.whoosh.generations.fcntl.flock", refused)
    assert run("build") == 2
    assert "index/publish.lock: permission denied; check the path, its permissions" in capsys.readouterr().err


def test_status_tells_what_came_before_and_what_was_rolled_back(run, folder, capsys):
    for _ in range(3):
        run("build")
    run("rollback")
    capsys.readouterr()
    run("status")
    assert [row.split()[0] for row in capsys.readouterr().out.splitlines()] == ["generation", "after", "before", "corpus:"]


def test_every_command_has_help_with_an_example(capsys):
    for command in ("check", "plan", "build", "update", "status", "rollback", "watch"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"python -m indexer {command}" in capsys.readouterr().out
