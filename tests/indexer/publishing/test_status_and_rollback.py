"""`status` says what is published and what is damaged; `rollback` goes back to what can be searched."""

from __future__ import annotations

from numbered_archive import published_ids, write

from search.archive import Archive
from search.config.loading import load_config
from search.engines.contract import index_stamp
from search.engines.open_engine import open_engine
from search.errors import explain_error
from search.model.query import Query


def test_status_shows_the_generation_and_whether_the_corpus_moved_on(run, folder, capsys):
    for options in ((), ("--verify",)):
        assert run("status", *options) == 2
        said = capsys.readouterr()
        assert "run `python -m indexer build`" in said.err
        assert not said.out, "nothing is verified where nothing is published"
    run("build")
    capsys.readouterr()
    assert run("status", "--verify") == 0
    assert "35 documents" in capsys.readouterr().out
    write(folder / "docs.jsonl", 31)
    run("status")
    assert "1 added" in capsys.readouterr().out


def test_a_full_disk_is_explained_without_the_name_of_a_file():
    assert explain_error(OSError(28, "No space left on device")) == (
        "no space left on device; check the disk that is written to"
    )


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
    assert len(published_ids(folder)) == 35
    assert run("update") == 0
    assert len(published_ids(folder)) == 36


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


def test_status_shows_what_came_before_and_what_was_rolled_back(run, folder, capsys):
    for _ in range(3):
        run("build")
    run("rollback")
    capsys.readouterr()
    run("status")
    assert [row.split()[0] for row in capsys.readouterr().out.splitlines()] == ["generation", "after", "before", "corpus:"]
