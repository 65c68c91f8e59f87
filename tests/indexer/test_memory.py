"""Remembered readings make the same corpus as reading all files again, whatever is edited in between (invariant 6)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from archive_files import write_files
from counting import calls_made_by
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.commands.cli import main
from indexer.corpus import Corpus, read_corpus
from indexer.memory import ReadingMemory
from indexer.spooled_documents import _Store
from search.config.loading import load_config
from search.engines.open_engine import open_engine
from search.model.document import encode_document

SETTINGS = "sources: [{path: p}]\nindex: {path: index}\nfields: {maker: {label: Maker}}\n"


def read(config: Path, **options: object) -> Corpus:
    """Read with the memory."""
    loaded = load_config(config)
    return read_corpus(loaded, ReadingMemory(loaded, least_bytes=0, **options))


def content_of(corpus: Corpus) -> tuple[list[bytes], list[str], int, int]:
    return [encode_document(one) for one in corpus.documents], list(map(str, corpus.problems)), corpus.records, corpus.drafts


NAMES = ["a.md", "b.md", "c/d.md", "e.jsonl", "f.csv", "g.json"]
CONTENTS = {
    "md": ["---\ntitle: One\n---\nwords", "# Two\n\nother words", "---\ntitle: [\n---\n", "---\ndraft: true\n---\nx", "---\nid: same\n---\ny"],
    "jsonl": ['{"id": "j", "title": "J", "text": "x"}\n', '{"id": "same", "title": "J", "text": "x", "type": "report"}\n', "{\n", ""],
    "csv": ["id,title,text\nk,K,x\n", "id,title,text,type\nk,K,x,Report\n", 'id,title,text\nk,"K" x,x\n'],
    "json": ['{"id": "l", "title": "L", "text": "x"}', "[]", '{"id": "same", "title": "L", "text": "y"}'],
}  # fmt: skip
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 4), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_random_edits_read_with_a_memory_are_read_as_anew(tmp_path, rounds):
    config = write_files(tmp_path, SETTINGS, {"p/z.md": "# Always here\n\nwords\n"})
    for edits in rounds:
        for name, number, is_removed in edits:
            path = tmp_path / "p" / name
            if is_removed:
                path.unlink(missing_ok=True)
            else:
                choices = CONTENTS[path.suffix[1:]]
                path.parent.mkdir(exist_ok=True)
                path.write_text(choices[number % len(choices)])
        assert content_of(read(config)) == content_of(read_corpus(load_config(config)))
    for name in NAMES:
        (tmp_path / "p" / name).unlink(missing_ok=True)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    files = {f"p/{name}.md": f"# Title {name}\n\nwords\n" for name in "abc"}
    return write_files(tmp_path, SETTINGS, files)


def age(folder: Path) -> None:
    """Make the files an hour older, so that they are trusted by their time."""
    for path in (folder / "p").glob("*.md"):
        found = path.stat()
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns - 3600 * 10**9))


@pytest.fixture
def readings(monkeypatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []
    import indexer.file_readings as module

    original = module.read_file
    monkeypatch.setattr(module, "read_file", lambda file, *rest: names.append(file.name) or original(file, *rest))
    return names


def test_only_files_that_changed_are_read_again(config, tmp_path, readings):
    age(tmp_path)
    read(config)
    readings.clear()
    read(config)
    assert readings == []
    (tmp_path / "p" / "b.md").write_text("# Other\n\nwords\n")
    assert [document.title for document in read(config).documents] == ["Title a", "Other", "Title c"]
    assert readings == ["p/b.md"]


def test_an_unchanged_file_costs_a_few_calls_and_is_not_opened(tmp_path, monkeypatch):
    def calls_for(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        text = "words of a paragraph\n\n" * 100
        config = write_files(folder, SETTINGS, {f"p/{number}.md": f"# Title {number}\n\n{text}" for number in range(count)})
        age(folder)
        read(config)
        with monkeypatch.context() as patched:
            patched.setattr("indexer.memory._digest_of", lambda file: pytest.fail(f"{file.name} was opened"))
            return calls_made_by(lambda: read(config))

    each = (calls_for(60) - calls_for(20)) / 40
    assert each < 100, f"{each} calls; reading one of these files again takes thousands of calls"


def test_lines_that_remembered_pages_share_are_dropped_when_a_text_is_read(tmp_path, monkeypatch):
    page = "<html><body><p>Write to the archive.</p><p>Words of page {0}.</p></body></html>"
    config = write_files(tmp_path, SETTINGS, {f"p/{number}.html": page.format(number) for number in range(20)})
    expected = content_of(read(config))
    opened: list[int] = []
    original = _Store.read
    monkeypatch.setattr(_Store, "read", lambda store, place: opened.append(place) or original(store, place))
    corpus = read(config)
    assert len(opened) == 1, "one page is read to see what the shared line says"
    assert corpus.omissions == read_corpus(load_config(config)).omissions != ()
    assert content_of(corpus) == expected
    assert corpus.documents[0].sections[0].text == "Words of page 0."


def test_a_file_of_the_same_size_and_time_is_found_by_its_content_on_request(config, tmp_path, readings):
    age(tmp_path)
    read(config)
    path = tmp_path / "p" / "b.md"
    before = path.stat()
    path.write_text("# Title X\n\nwords\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    readings.clear()
    assert [document.title for document in read(config, distrust=True).documents] == ["Title a", "Title X", "Title c"]
    assert readings == ["p/b.md"]


def test_a_file_as_new_as_the_memory_is_compared_by_content(config, tmp_path):
    read(config)
    path = tmp_path / "p" / "b.md"
    before = path.stat()
    path.write_text("# Title X\n\nwords\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [document.title for document in read(config).documents] == ["Title a", "Title X", "Title c"]


@pytest.mark.parametrize("setting", ["language: de", "topics: {t: {label: T, phrases: [words]}}", "types: [{value: X}]"])
def test_another_configuration_is_read_with_its_own_settings(config, setting):
    read(config)
    config.write_text(f"{SETTINGS}{setting}\n")
    assert content_of(read(config)) == content_of(read_corpus(load_config(config)))


@pytest.mark.parametrize("damage", [b"", b"x", b"finding-aid readings\n\xff\xff\xff\x7f", b"finding-aid readings\n" + b"\0" * 90])
def test_a_damaged_memory_is_no_memory(config, tmp_path, damage):
    expected = content_of(read(config))
    (tmp_path / "index" / "readings").write_bytes(damage)
    assert content_of(read(config)) == expected


def test_a_memory_cut_short_is_no_memory(config, tmp_path):
    expected = content_of(read(config))
    path = tmp_path / "index" / "readings"
    path.write_bytes(path.read_bytes()[:-7])
    assert content_of(read(config)) == expected


@pytest.mark.parametrize("damage", [b"other words", bytes(20_000), b""], ids=["other bytes", "zeros", "an empty file"])
def test_damaged_documents_are_reported_once_and_read_again(config, tmp_path, capsys, damage):
    lines = "".join(json.dumps({"id": f"j{number}", "title": "J", "text": "x" * 999}) + "\n" for number in range(300))
    (tmp_path / "p" / "j.jsonl").write_text(lines)
    expected = content_of(read(config))
    age(tmp_path)
    (remembered,) = (tmp_path / "index").glob("readings.documents.*")
    content = remembered.read_bytes()
    remembered.write_bytes(content[: -len(damage)] + damage if damage else b"")
    assert main(["build", "--config", str(config)]) == 2
    assert "run the command again" in capsys.readouterr().err
    assert main(["build", "--config", str(config)]) == 0
    assert content_of(read(config)) == expected


def test_documents_of_changed_files_are_added_to_those_remembered_until_most_are_of_no_use(config, tmp_path):
    def sizes() -> list[int]:
        return [path.stat().st_size for path in (tmp_path / "index").glob("readings.documents.*")]

    age(tmp_path)
    read(config)
    (first,) = sizes()
    found = []
    for number in range(12):
        (tmp_path / "p" / "b.md").write_text(f"# Title {number:02}\n\nwords\n")
        assert content_of(read(config)) == content_of(read_corpus(load_config(config)))
        found += sizes()
    assert first < found[0], "a document was added"
    assert max(found) < 3 * first
    assert len(found) == 12, "there is one file at any time"


def test_a_full_disk_leaves_what_is_remembered_as_it_was(config, tmp_path, monkeypatch):
    age(tmp_path)
    read(config)
    before = {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()}
    (tmp_path / "p" / "b.md").write_text("# Other\n\nwords\n")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert content_of(read(config)) == content_of(read_corpus(load_config(config)))
    assert {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()} == before
    assert content_of(read(config)) == content_of(read_corpus(load_config(config)))


def test_texts_of_own_fields_that_are_no_facets_are_not_kept_as_values(tmp_path):
    fields = "fields: {note: {label: Note, facet: false}, maker: {label: Maker}}\n"
    text = json.dumps({"id": "a", "title": "A", "text": "x", "maker": ["Ann"], "note": ["a long note"]})
    config = load_config(write_files(tmp_path, "sources: [{path: p}]\nindex: {path: index}\n" + fields, {"p/a.jsonl": text}))
    read_corpus(config, memory := ReadingMemory(config, least_bytes=0))
    (entry,) = memory._new.values()
    assert entry.reading.documents.values == {"maker": {"Ann": 1}}


def test_another_command_that_remembers_meanwhile_loses_nothing(config, tmp_path):
    age(tmp_path)
    read(config)
    loaded = load_config(config)
    (tmp_path / "p" / "b.md").write_text("# Other\n\nwords\n")
    memory = ReadingMemory(loaded, least_bytes=0)
    (tmp_path / "p" / "c.md").write_text("# Different\n\nwords\n")
    expected = content_of(read(config))
    assert content_of(read_corpus(loaded, memory)) == content_of(read(config)) == expected


def test_many_files_are_read_by_two_processes_in_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.file_readings._WORTH_A_SECOND_PROCESS", 0)
    files = {f"p/{number:03}.md": f"# Title {number}\n\nwords\n" for number in range(90)} | {"p/m.md": "---\nx: [\n---\n"}
    config = write_files(tmp_path, SETTINGS, files)
    assert content_of(read(config)) == content_of(read_corpus(load_config(config)))


def test_update_equals_build_after_edits(tmp_path):
    lines = [json.dumps({"id": f"j{n}", "title": "J", "text": "x"}) for n in range(3)]
    config = write_files(tmp_path, SETTINGS, {"p/a.md": "# A\n\nwords\n", "p/j.jsonl": "\n".join(lines)})
    assert main(["build", "--config", str(config)]) == 0
    (tmp_path / "p" / "a.md").write_text("# B\n\nmore words\n")
    (tmp_path / "p" / "j.jsonl").write_text("\n".join(lines[1:]))
    assert main(["update", "--config", str(config)]) == 0
    updated = open_engine(load_config(config)).list_published()
    assert main(["build", "--config", str(config)]) == 0
    assert open_engine(load_config(config)).list_published() == updated
