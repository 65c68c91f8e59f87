"""A mistake in a file of facts takes no fact away from a published document."""

from __future__ import annotations

import pytest
from lettered_archive import line, published_places


@pytest.mark.parametrize(
    "facts",
    [
        "- {document: a, place: {city: Bonn}}\n- {document: b, place: Ulm}\n",
        "- {documnet: a, place: Bonn}\n- {document: b, place: Ulm}\n",
        '- {document: "", place: Bonn}\n- {document: b, place: Ulm}\n',
        "- {document: a",
        None,
    ],
)
def test_a_document_does_not_lose_its_facts_to_a_mistake_in_them(run, folder, capsys, facts):
    run("build")
    path = folder / "facts.yaml"
    path.unlink() if facts is None else path.write_text(facts)
    assert run("update") == 1
    assert "published version" in capsys.readouterr().err
    assert published_places(folder) == {"a": "Bonn", "b": "Ulm", "c": ""}
    assert run("update", "--allow-loss", "2") == 1
    assert published_places(folder)["a"] == ""


def test_a_document_does_not_lose_its_facts_to_a_misspelt_id(run, folder, capsys):
    days = [f"entry-2014-01-{day}" for day in ("10", "11", "12", "13", "31")]
    (folder / "corpus" / "days.jsonl").write_text("".join(map(line, days)))
    (folder / "facts.yaml").write_text("- {document: entry-2014-01-31, place: Bonn}\n")
    assert run("build") == 0
    (folder / "facts.yaml").write_text("- {document: entry-2014-01-32, place: Bonn}\n")
    assert run("update") == 1
    assert "entry-2014-01-31" in capsys.readouterr().err
    assert published_places(folder)["entry-2014-01-31"] == "Bonn"


def test_new_facts_with_a_mistake_stop_nothing(run, folder):
    run("build")
    with (folder / "facts.yaml").open("a") as file:
        file.write("- {document: c, plaze: Rom}\n- {document: d, place: Rom}\n- {document: c, url: nowhere}\n")
    (folder / "corpus" / "e.jsonl").write_text(line("e"))
    assert run("update") == 1
    assert published_places(folder) == {"a": "Bonn", "b": "Ulm", "c": "", "e": ""}


def test_facts_wait_with_their_document_and_report_only_one_mistake(run, folder, capsys):
    (folder / "corpus" / "a.jsonl").write_text(line("a", url="soon"))
    assert run("check") == 1
    mistakes = capsys.readouterr().err.splitlines()
    assert [sentence.split(" ")[0] for sentence in mistakes] == ["corpus/a.jsonl:1:"]


def test_an_empty_file_of_facts_is_no_mistake(run, folder):
    (folder / "facts.yaml").write_text("# none yet\n")
    assert run("build") == 0
