"""What commands print: mistakes first, warnings grouped over files; quiet, verbose, for GitHub and as JSON; plans field by field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.commands.cli import main
from search.config.loading import load_config
from search.engines.open_engine import open_engine
from search.history import load_history


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(
        "sources: [{path: p}]\nindex: {path: index}\nsite: {examples: [words]}\nfields: {maker: {label: Maker}}\n"
    )
    (tmp_path / "p").mkdir()
    for name in "abc":
        page(tmp_path, name, "layout: post\n")
    return tmp_path


def page(folder: Path, name: str, front: str = "", body: str = "words") -> None:
    (folder / "p" / f"{name}.md").write_text(f"---\ntitle: T {name}\n{front}---\n{body}\n")


def run(archive: Path, *words: str) -> int:
    return main([words[0], "--config", str(archive / "config.yaml"), *words[1:]])


def test_warnings_are_grouped_over_files_and_follow_the_mistakes(archive, capsys):
    page(archive, "d", "url: nowhere\ncolour: red\n")
    assert run(archive, "check") == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("p/d.md:3: url: found")
    assert lines[1].startswith("warning: layout: is not a field of this archive and was left out: in 3 files, first p/a.md:3; ")
    assert "`ignore`" in lines[1]
    assert lines[2].startswith("p/d.md:4: warning: colour: is not a field")
    assert len(lines) == 3


def test_verbose_says_every_warning_and_quiet_none(archive, capsys):
    run(archive, "check", "--verbose")
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["p/a.md", "p/b.md", "p/c.md"]
    page(archive, "d", "url: nowhere\n")
    assert run(archive, "check", "--quiet") == 1
    captured = capsys.readouterr()
    assert (captured.out, len(captured.err.splitlines())) == ("", 1)


def test_problems_are_printed_as_workflow_commands_for_github(archive, capsys):
    page(archive, "d", 'url: "no%where"\n')
    run(archive, "check", "--format", "github")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::error file=p/d.md,line=3::url: found")
    assert "no%25where" in lines[0]
    assert [line[:11] for line in lines[1:4]] == ["::warning f"] * 3


def test_problems_are_printed_as_json(archive, capsys):
    run(archive, "check", "--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["records"], found["drafts"]) == (3, 3, 0)
    assert found["problems"][0] == {
        "path": "p/a.md", "line": 3, "field": "layout", "severity": "warning",
        "message": found["problems"][0]["message"],
    }  # fmt: skip


def test_a_plan_as_json_is_what_it_is_agreed_to_be(archive, capsys):
    run(archive, "build")
    page(archive, "a", "layout: post\nmaker: [Ann]\ndate: c. 1925\n", "other words")
    page(archive, "d")
    (archive / "p" / "c.md").unlink()
    capsys.readouterr()
    assert run(archive, "plan", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {
        "added": ["d"],
        "changed": {"a": {"text": ["words", "other words"], "date": ["", "1925~ (c. 1925)"], "maker": [[], ["Ann"]]}},
        "removed": ["c"],
    }


def test_a_plan_says_field_by_field_what_changes_new_values_and_how_searches_move(archive, capsys):
    run(archive, "build")
    page(archive, "a", "layout: post\nmaker: [Ann]\n", "other things")
    capsys.readouterr()
    assert run(archive, "plan") == 0
    assert capsys.readouterr().out.splitlines()[:5] == [
        "~ a", "    text: 1 words, now 2", "    maker: with “Ann”", "new values of maker: Ann",
        "search words: 3 found, would be 2; a leaves 1, b moves from 2 to 1, c moves from 3 to 2",
    ]  # fmt: skip


def test_a_plan_says_that_other_settings_build_the_index_again(archive, capsys):
    run(archive, "build")
    assert run(archive, "plan") == 0
    assert "build it again" not in capsys.readouterr().err
    config = archive / "config.yaml"
    before = config.read_text()
    for setting in ("language: de", "topics: {words: {label: Words}}"):
        config.write_text(f"{before}{setting}\n")
        assert run(archive, "plan") == 0
        assert "build it again" in capsys.readouterr().err


def test_the_cause_is_said_when_ids_change_because_a_pattern_did(archive, capsys):
    for number in range(30):
        page(archive, f"n{number}")
    run(archive, "build")
    (archive / "config.yaml").write_text("sources: [{path: '*/*.md'}]\nindex: {path: index}\nfields: {maker: {label: Maker}}\n")
    assert run(archive, "update") == 1
    err = capsys.readouterr().err
    assert "33 documents of 33 published would be removed at once" in err
    assert "33 of them only get another id, as in a to p-a" in err
    assert "`path` or `id` of the source has changed" in err


def test_history_is_carried_over_by_update_and_build(archive):
    config = load_config(archive / "config.yaml")

    def history():
        return load_history(config, open_engine(config).current().id)

    run(archive, "build")
    first = history()
    assert set(first.changes) == {"a", "b", "c"}
    (archive / "p" / "c.md").unlink()
    page(archive, "a", body="new")
    run(archive, "update")
    second = history()
    assert (set(second.changes), set(second.gone)) == ({"a", "b"}, {"c"})
    assert (second.first("a"), second.changes["b"]) == (first.first("a"), first.changes["b"])
    run(archive, "build")
    assert history() == second
    page(archive, "c")
    run(archive, "build")
    assert (set(history().changes), history().gone) == ({"a", "b", "c"}, {})
    run(archive, "rollback")
    assert history() == second


def test_without_a_terminal_nothing_is_drawn(archive, capsys):
    run(archive, "build")
    assert "\r" not in capsys.readouterr().err
