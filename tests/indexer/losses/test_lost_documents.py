"""No published document is removed because its source is now bad or missing, unless that is allowed (invariant 7)."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lettered_archive import line, published_places

from indexer.corpus import read_corpus
from indexer.patterns import contains_path
from indexer.plans import make_plan
from indexer.publishing import Publication, refuse_if_lossy
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from search.errors import PublishRefused


def test_a_folder_that_vanished_is_no_removal(run, folder, capsys):
    run("build")
    shutil.rmtree(folder / "corpus")
    assert run("build") == 1
    assert "3 documents with a mistake above keep their published version" in capsys.readouterr().err
    assert len(published_places(folder)) == 3


def test_a_small_archive_can_lose_one_document_but_not_two(run, folder):
    run("build")
    (folder / "corpus" / "c.jsonl").unlink()
    assert run("update") == 0
    assert set(published_places(folder)) == {"a", "b"}
    (folder / "facts.yaml").write_text("")
    for name in "ab":
        (folder / "corpus" / f"{name}.jsonl").rename(folder / "corpus" / f"{name}{name}.jsonl")
        (folder / "corpus" / f"{name}{name}.jsonl").write_text(line(f"{name}-renamed"))
    assert run("update") == 1
    assert set(published_places(folder)) == {"a", "b"}
    assert run("update", "--allow-loss", "2") == 0
    assert set(published_places(folder)) == {"a-renamed", "b-renamed"}


def test_a_document_that_moves_to_another_file_is_not_lost(run, folder):
    run("build")
    (folder / "corpus" / "c.jsonl").rename(folder / "corpus" / "z.jsonl")
    (folder / "corpus" / "c.jsonl").write_text("{broken\n")
    assert run("update") == 1
    assert set(published_places(folder)) == {"a", "b", "c"}


def test_an_archive_in_which_nothing_can_be_read_is_not_published(run, folder, capsys):
    for name in "abc":
        (folder / "corpus" / f"{name}.jsonl").write_text("{\n")
    assert run("build") == 1
    assert "there is no document to publish" in capsys.readouterr().err
    assert published_places(folder) == {}


def test_documents_found_are_documents_indexed_reported_and_kept_back(run, folder, capsys):
    with (folder / "corpus" / "a.jsonl").open("a") as file:
        file.write("{\n" + line("a") + line("d", draft=True) + line("e", url="x"))
    assert run("build") == 1
    assert "of 7 found: 3 documents, 3 with a mistake, 1 kept back as drafts" in capsys.readouterr().out


def test_a_removal_publishes_beside_a_mistake_in_a_record_never_published(run, folder):
    path = folder / "corpus" / "many.jsonl"
    path.write_text("".join(line(f"m{number}") for number in range(12)))
    run("build")
    path.write_text("".join(line(f"m{number}") for number in range(11)) + line("new", url="soon"))
    assert run("update") == 1
    assert "m11" not in published_places(folder)


@pytest.mark.parametrize("bad", [line("new", url="soon").replace('"id"', '"ID"'), "{broken\n"])
def test_a_removal_beside_a_mistake_that_names_no_document_may_be_one(run, folder, bad):
    path = folder / "corpus" / "many.jsonl"
    path.write_text("".join(line(f"m{number}") for number in range(12)))
    run("build")
    path.write_text("".join(line(f"m{number}") for number in range(11)) + bad)
    assert run("update") == 1
    assert "m11" in published_places(folder)


@pytest.mark.parametrize(("name", "kept"), [("c.jsonl", ""), ("c.yaml", "# nothing\n"), ("c.csv", "id,title,text\n")])
def test_an_emptied_file_is_a_mistake_not_a_removal(run, folder, capsys, name, kept):
    (folder / "corpus" / "c.jsonl").unlink()
    written = {"c.jsonl": line("c"), "c.yaml": "- {id: c, title: T, text: words}\n", "c.csv": "id,title,text\nc,T,words\n"}
    (folder / "corpus" / name).write_text(written[name])
    run("build")
    assert "c" in published_places(folder)
    (folder / "corpus" / name).write_text(kept)
    assert run("update") == 1
    assert f"corpus/{name}: " in capsys.readouterr().err
    assert "c" in published_places(folder)


def test_a_number_of_losses_is_a_number(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("build", "--allow-loss", "all")
    assert ended.value.code == 2
    assert 'found "all", expected a whole number from 0' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("named", "path", "covered"),
    [
        ("docs.jsonl", "docs.jsonl", True),
        ("docs", "docs/a.md", True),
        ("docs/", "docs/deep/a.md", True),
        ("doc", "docs/a.md", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/deep/a.md", False),
        ("docs/**/*.md", "docs/deep/a.md", True),
        ("docs/a.md", "docs/b.md", False),
    ],
)
def test_what_a_mistake_in_a_path_may_have_taken_away(named, path, covered):
    assert contains_path(named, path) is covered


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example(["good"] * 10 + ["bad", "gone"], 1)
@given(st.lists(st.sampled_from(["good", "bad", "gone"]), min_size=12, max_size=12), st.integers(0, 12))
def test_no_publication_loses_more_than_it_was_allowed(folder, states, allowed):
    """Twelve published documents, each left alone, broken or removed by an editor."""
    path = folder / "corpus" / "many.jsonl"
    path.write_text("".join(line(f"m{number}") for number in range(12)))
    config = load_config(folder / "config.yaml")
    engine = OracleEngine(config)

    def publish(allow_loss: int) -> None:
        corpus, published = read_corpus(config), engine.list_published()
        plan = make_plan(corpus, published, allow_loss)
        refuse_if_lossy(plan, allow_loss)
        Publication(config, engine, corpus, plan, published).build()

    publish(0)
    kinds = {
        "good": lambda number: line(f"m{number}"),
        "bad": lambda number: line(f"m{number}", url="?"),
        "gone": lambda number: "",
    }
    path.write_text("".join(kinds[state](number) for number, state in enumerate(states)))
    bad, gone = states.count("bad"), states.count("gone")
    missing = gone + bad if gone + bad <= allowed else gone
    try:
        publish(allowed)
    except PublishRefused:
        assert gone > 1
        assert len(engine.list_published()) == 15
    else:
        assert len(engine.list_published()) >= 15 - max(missing, 1)
        assert len(engine.list_published()) >= 15 - max(allowed, 1)
        assert gone + bad <= allowed or all(
            f"m{number}" in engine.list_published() for number, state in enumerate(states) if state == "bad"
        )
