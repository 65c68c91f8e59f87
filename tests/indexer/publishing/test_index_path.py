"""Where the index is kept: folders that are refused, left alone or cannot be written."""

from __future__ import annotations

import pytest
from numbered_archive import write

from indexer.commands.cli import main


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
def test_an_index_path_that_contains_sources_is_refused(tmp_path, capsys, index, held):
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


@pytest.mark.parametrize("path", ["docs.jsonl/index", "file"])
@pytest.mark.parametrize("command", ["build", "update", "status", "rollback"])
def test_an_index_path_that_is_no_folder_is_reported_with_the_fix(tmp_path, capsys, path, command):
    (tmp_path / "config.yaml").write_text(f"sources: [{{path: docs.jsonl}}]\nindex: {{path: {path}}}\n")
    write(tmp_path / "docs.jsonl", 3)
    (tmp_path / "file").touch()
    assert main([command, "--config", str(tmp_path / "config.yaml")]) == 2
    assert capsys.readouterr().err.endswith(
        f"{path}: index.path: is not a folder, or lies in what is none; name another in config.yaml\n"
    )


def test_an_index_that_may_not_be_written_is_reported_with_the_fix(run, folder, capsys, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "index/publish.lock")

    monkeypatch.setattr("search.engines.whoosh.generations.fcntl.flock", refuse)
    assert run("build") == 2
    assert "index/publish.lock: permission denied; check the path, its permissions" in capsys.readouterr().err
