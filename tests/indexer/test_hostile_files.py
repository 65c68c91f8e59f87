"""Broken, hostile and foreign files: each is reported by name, none stops the others, none leads out of the archive."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.corpus import Corpus, read_corpus
from indexer.readers import json_lines
from search.config.loading import load_config

Read = Callable[..., Corpus]
GOOD = '{"id": "good", "title": "Good", "text": "words"}\n'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes files into a corpus folder and reads it; `settings` are more lines of the configuration."""

    def read_files(settings: str = "", **files: str | bytes) -> Corpus:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name.replace("__", ".")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "config.yaml").write_text(f"sources: [{{path: corpus}}]\n{settings}")
        return read_corpus(load_config(tmp_path / "config.yaml"))

    return read_files


def problems_of(corpus: Corpus) -> str:
    return "\n".join(map(str, corpus.problems))


def ids(corpus: Corpus) -> list[str]:
    return [document.id for document in corpus.documents]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"id": "b", "title": "\xe9", "text": "x"}', "is not UTF-8 text"),
        (b'{"id": "b", "title": "B", "title": "C", "text": "x"}', 'is not JSON: "title" occurs twice'),
        (b'{"id": "b", "title": "B", "text": "x", "size": NaN}', "is not JSON: NaN is not a JSON number"),
        (b'{"id": "b", "title": "B", "text": "x", "size": ' + b"9" * 5000 + b"}", "is not JSON: "),
        (b"[" * 100_000, "is not JSON: it is nested too deeply"),
        (b'{"id": "b", "title": "B", "text": "x", "url": "javascript:alert(1)"}', 'url: found "javascript:alert(1)"'),
        (b'{"id": "..", "title": "B", "text": "x"}', 'id: found ".."'),
        (b'{"id": "b", "title": true, "text": "x"}', "title: found true, expected text"),
        (
            b'{"id": "b", "title": "B", "title_status": "not_preserved", "text": "x"}',
            "title_status: found not_preserved beside a title",
        ),
        (b'{"id": "b\\u0000", "title": "B", "text": "x"}', "id: contains the control character U+0000"),
    ],
)
def test_a_bad_line_is_reported_and_the_lines_around_it_are_read(read, line, message):
    corpus = read(d__jsonl=GOOD.encode() + line + b"\n" + GOOD.replace("good", "after").encode())
    assert ids(corpus) == ["good", "after"]
    assert f"corpus/d.jsonl:2: {message}" in problems_of(corpus)
    assert (corpus.records, corpus.reported) == (3, 1)


def test_a_line_without_end_is_reported_and_not_kept_in_memory(read, monkeypatch):
    monkeypatch.setattr(json_lines, "MAX_LINE", 100)
    corpus = read(d__jsonl=GOOD + "x" * 1000 + "\n" + GOOD.replace("good", "after"))
    assert ids(corpus) == ["good", "after"]
    assert "corpus/d.jsonl:2: has more than 100 characters" in problems_of(corpus)


def test_byte_order_marks_and_windows_line_ends_are_no_mistake(read):
    crlf = "---\r\ntitle: M\r\n---\r\nOne.\r\n\r\nTwo.\r\n"
    corpus = read(
        d__jsonl="\ufeff" + GOOD.replace("\n", "\r\n"), m__md="\ufeff" + crlf, c__csv="\ufeffid;title;text\r\nc;C;x\r\n"
    )
    assert corpus.problems == ()
    assert ids(corpus) == ["c", "good", "m"]
    assert corpus.documents[2].sections[0].text == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"\xff\xfeA", "a.md:1: is not UTF-8 text"),
        ("a.md", b"fine\n\nA\x00", "a.md:3: contains NUL characters"),
        ("a.md", b"---\n- x\n---\n", "a.md:2: its front matter is not a list of fields"),
        ("a.yaml", b"- {id: a", "a.yaml:1: is not YAML"),
        ("a.csv", b'id,title,text\na,"A,x\n', "is not CSV"),
        ("a.csv", b"id,id,text\n", 'a.csv:1: its first line must name each column once, as in id,title,text,type,date; two columns are named "id"'),
        ("a.csv", b"id,,text\n", "a.csv:1: its first line must name each column once, as in id,title,text,type,date; column 2 has no name"),
        ("a.json", b'{"id": "a"}\n{"id": "b"}\n', "a.json:2: is not JSON: extra data (character 1); write reader: jsonl beside `path`"),
        ("a.json", b'{"id": "a"}\n}\n', "a.json:2: is not JSON: extra data (character 1); correct it there"),
        ("a.yaml", b"id: a\n---\nid: b\n", "a.yaml:2: is not YAML that can be read: but found another document; write several documents as a list, each after a dash"),
        ("a.xyz", b"?", 'a.xyz: warning: is not read: no reader for ".xyz"'),
    ],
)
def test_a_bad_file_is_reported_and_the_others_are_read(read, name, content, message):
    corpus = read(**{name.replace(".", "__"): content, "z__jsonl": GOOD})
    assert ids(corpus) == ["good"]
    assert f"corpus/{message}" in problems_of(corpus) or (message == "is not CSV" and message in problems_of(corpus))


def test_a_folder_is_read_by_name_without_hidden_files_and_without_the_files_of_facts(read, tmp_path):
    (tmp_path / "corpus" / "deep").mkdir(parents=True)
    (tmp_path / "corpus" / "deep" / "page.md").write_text("# Deep\n\nWords.")
    corpus = read(
        "facts: [corpus/facts.yaml]",
        page__md="# Page\n\nWords.",
        facts__yaml="- {document: page, place: Bonn}",
        **{"__hidden__md": "x"},
    )
    assert corpus.problems == ()
    assert ids(corpus) == ["page", "deep-page"]
    assert corpus.documents[0].place == "Bonn"


def test_links_out_of_the_archive_and_links_to_nothing_are_reported(read, tmp_path):
    (tmp_path.parent / "outside.jsonl").write_text(GOOD)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.jsonl").symlink_to(tmp_path.parent / "outside.jsonl")
    (tmp_path / "corpus" / "b.jsonl").symlink_to(tmp_path / "nothing")
    (tmp_path / "corpus" / "c.jsonl").symlink_to(tmp_path / "corpus" / "c.jsonl")
    (tmp_path / "corpus" / "loop").symlink_to(tmp_path / "corpus")
    os.mkfifo(tmp_path / "corpus" / "pipe.jsonl")
    corpus = read(z__jsonl=GOOD)
    assert ids(corpus) == ["good"]
    assert [str(problem).split(":")[0] for problem in corpus.problems] == [
        "corpus/a.jsonl", "corpus/b.jsonl", "corpus/c.jsonl", "corpus/loop", "corpus/pipe.jsonl",
    ]  # fmt: skip
    assert "is a link out of the archive" in problems_of(corpus)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission_are_reported(read, tmp_path):
    (tmp_path / "corpus" / "shut").mkdir(parents=True)
    read(a__jsonl=GOOD)
    (tmp_path / "corpus" / "a.jsonl").chmod(0)
    (tmp_path / "corpus" / "shut").chmod(0)
    corpus = read()
    assert "corpus/a.jsonl: cannot be read: Permission denied" in problems_of(corpus)
    assert "corpus/shut: cannot be read: Permission denied" in problems_of(corpus)


def test_a_file_name_that_is_not_utf_8_is_reported(tmp_path):
    (tmp_path / "config.yaml").write_text("sources: [{path: '*.md'}]\n")
    (tmp_path / "good.md").write_text("# T\n\nx\n")
    Path(os.fsdecode(bytes(tmp_path / "bad") + b"\xff.md")).write_text("# T\n\nx\n")
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert [document.id for document in corpus.documents] == ["good"]
    assert [str(problem) for problem in corpus.problems] == [
        "bad\\udcff.md: has a name that is not UTF-8, so no page can show it; rename the file"
    ]


def test_an_archive_may_lie_in_a_folder_whose_name_is_not_utf_8(tmp_path):
    folder = Path(os.fsdecode(bytes(tmp_path / "bad") + b"\xff"))
    folder.mkdir()
    (folder / "config.yaml").write_text("sources: [{path: good.md}]\n")
    (folder / "good.md").write_text("# T\n\nx\n")
    corpus = read_corpus(load_config(folder / "config.yaml"))
    assert (ids(corpus), corpus.problems) == (["good"], ())


@pytest.mark.parametrize(
    ("pattern", "found"), [("*.md", ["a"]), ("**/*.md", ["a", "x-b"]), ("x/?.md", ["b"]), ("[!y]/*.md", ["x-b"])]
)
def test_patterns_choose_files(tmp_path, pattern, found):
    for name in ("a.md", "x/b.md", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# T\n\nwords")
    (tmp_path / "config.yaml").write_text(f"sources: [{{path: '{pattern}'}}]")
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert ids(corpus) == found
    assert corpus.problems == ()


def test_a_source_may_lie_beside_the_archive_when_the_configuration_says_so(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "d.jsonl").write_text(GOOD)
    (tmp_path / "site" / "config.yaml").write_text("sources: [{path: ../d.jsonl}]")
    corpus = read_corpus(load_config(tmp_path / "site" / "config.yaml"))
    assert [(document.id, document.source_path) for document in corpus.documents] == [("good", "../d.jsonl")]


def test_an_unknown_key_is_reported_once_for_a_file_however_often_it_occurs(read):
    lines = "".join(json.dumps({"id": f"d{n}", "title": "T", "text": "x", "autor": "A"}) + "\n" for n in range(50))
    corpus = read(d__jsonl=lines)
    (problem,) = corpus.problems
    assert str(problem).startswith(
        "corpus/d.jsonl:1: warning: autor: is not a field of this archive and was left out here and in 49 more"
    )


def test_values_that_look_like_slips_are_reported(read):
    settings = "types: [{value: Commentary}]\ntopics: {norms: {label: Norms}}\n"
    lines = [
        {"type": "Comentary", "topics": ["norm"]},
        {"type": "None", "topics": ["Norms"]},
        {"type": "Poster", "topics": ["dogs"]},
    ]
    text = "".join(json.dumps({"id": f"d{n}", "title": "T", "text": "x", **more}) + "\n" for n, more in enumerate(lines))
    corpus = read(settings, d__jsonl=text)
    assert [str(problem).removeprefix("corpus/d.jsonl:") for problem in corpus.problems] == [
        '1: warning: type: found "Comentary", which the configuration does not list; did you mean "Commentary"?',
        '1: warning: topics: found "norm", which the configuration does not list; did you mean "norms"?',
        '2: warning: type: found "None", which searches use for documents without a value, so it is left out',
        '2: warning: topics: found "Norms", elsewhere written "norms"; shown as "norms"',
        '3: warning: topics: found "dogs", which is no topic of the configuration; it is shown as written',
    ]
    assert [(document.type, document.topics) for document in corpus.documents] == [
        ("Comentary", ("norm",)), ("", ("norms",)), ("Poster", ("dogs",)),
    ]  # fmt: skip


def test_a_draft_waits_and_is_counted(read):
    corpus = read(
        d__jsonl=GOOD + '{"id": "later", "title": "L", "text": "x", "draft": true}\n', e__md="---\ndraft: true\n---\nNotes."
    )
    assert ids(corpus) == ["good"]
    assert corpus.problems == ()
    assert (corpus.records, corpus.reported, corpus.drafts) == (3, 0, 2)


def test_what_a_default_leaves_empty_is_meant_to_be_empty(tmp_path):
    (tmp_path / "d.csv").write_text("nr,name\n1,A\n2,B\n")
    (tmp_path / "config.yaml").write_text('sources: [{path: d.csv, mapping: {id: nr, title: name}, defaults: {text: ""}}]')
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert corpus.problems == ()
    assert ids(corpus) == ["1", "2"]


def test_a_mistake_is_reported_by_the_name_the_file_uses(tmp_path):
    (tmp_path / "d.jsonl").write_text('{"nr": "1", "titel": {"de": "x"}, "text": "x"}\n{"nr": "2", "text": "x"}\n')
    (tmp_path / "config.yaml").write_text("sources: [{path: d.jsonl, mapping: {id: nr, title: titel}}]")
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert "d.jsonl:1: titel: found a mapping" in problems_of(corpus)
    assert "d.jsonl:2: titel: is missing" in problems_of(corpus)


def test_text_and_sections_are_both_kept(read):
    (document,) = read(d__yaml="- {id: a, title: A, text: First., sections: [{heading: H, text: Second., anchor: h}]}").documents
    assert [(section.heading, section.text) for section in document.sections] == [("", "First."), ("H", "Second.")]


def test_no_words_of_a_page_are_lost_and_headings_have_anchors_of_their_own(read):
    page = "<title>T</title><body>Loose <div>words<p>here</p>and there</div><h2>Part</h2><li>outer<p>inner</p><h2>Part</h2>last<!-- no -->"
    (document,) = read(a__html=page).documents
    assert [(s.anchor, s.text) for s in document.sections] == [
        ("", "Loose\n\nwords\n\nhere\n\nand there"), ("part", "outer\n\ninner"), ("part-2", "last"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "listing", ['{entries: [{select: b}]}', '{entries: [{select: li, id: "{nothing}"}]}', "{sections: [{select: li}]}"]
)
def test_a_listing_that_cannot_be_used_is_reported(tmp_path, listing):
    (tmp_path / "p.html").write_text("<li>words <time>2019-01-01</time>")
    (tmp_path / "config.yaml").write_text(f"sources: [{{path: p.html, listing: {listing}}}]")
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert len(corpus.errors) == 1
    assert len(corpus.documents) == 0


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_pages_of_a_browsers_test_suite_are_read_or_reported(read, shared, step):
    with (shared / "reliability-data" / "html5lib_tree.jsonl").open(encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines][::step]
    corpus = read(**{f"p{number}__html": page["html"].encode("utf-8", "replace") for number, page in enumerate(pages)})
    assert corpus.records == len(pages)
    assert len(corpus.documents) + len({problem.path for problem in corpus.errors}) == len(pages)


def test_invalid_yaml_of_a_test_suite_is_read_or_reported(read, shared):
    with (shared / "reliability-data" / "yaml_errors.jsonl").open(encoding="utf-8") as lines:
        files = {f"y{n}__yaml": json.loads(line)["yaml"] for n, line in enumerate(lines)}
    corpus = read(**files)
    assert len(corpus.documents) == 0
    told_of = {problem.path for problem in corpus.errors}
    assert len(told_of) > 80
