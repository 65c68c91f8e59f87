"""A record that states the id of another by mistake replaces nothing."""

from __future__ import annotations

from lettered_archive import line, note, published_places, title


def test_a_document_that_takes_the_id_of_another_by_mistake_costs_neither(run, notes, capsys):
    run("build")
    note(notes, "m5", "m6")
    assert run("update") == 1
    assert "2 documents with a mistake above keep their published version (m5, m6)" in capsys.readouterr().err
    assert [title(notes, name) for name in ("m5", "m6")] == ["Of m5", "Of m6"]
    assert run("update", "--allow-loss", "2") == 1
    assert [title(notes, name) for name in ("m5", "m6")] == ["", "Of m5"]


def test_a_new_file_with_a_used_id_does_not_replace_what_is_published(run, notes, capsys):
    run("build")
    note(notes, "a-new", "m7")
    assert run("update") == 1
    assert "1 document with a mistake above keeps its published version (m7)" in capsys.readouterr().err
    assert title(notes, "m7") == "Of m7"


def test_a_new_file_with_a_used_id_waits_where_it_replaces_nothing(run, notes):
    run("build")
    note(notes, "z-new", "m7")
    note(notes, "z-other", "m13")
    assert run("update") == 1
    assert [title(notes, name) for name in ("m7", "m13")] == ["Of m7", "Of z-other"]


def test_an_id_taken_from_a_record_with_a_mistake_replaces_nothing(run, notes):
    run("build")
    note(notes, "m5", "m6")
    (notes / "corpus" / "m6.md").write_text("---\nid: m6\nurl: soon\n---\n# Of m6\n\nwords\n")
    assert run("update") == 1
    assert title(notes, "m6") == "Of m6"


def test_the_only_record_of_a_file_is_not_lost_to_a_mistake_under_another_id(run, folder):
    run("build")
    (folder / "corpus" / "c.jsonl").write_text(line("c-renamed", url="soon"))
    assert run("update") == 1
    assert "c" in published_places(folder)
