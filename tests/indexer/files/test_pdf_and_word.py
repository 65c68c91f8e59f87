"""A folder of PDF and Word files: each a document with its text by page, or one mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.corpus import Corpus, read_corpus
from search.config.loading import load_config
from search.model.document import Document
from tests.indexer.files.documents import docx, paragraph, pdf, scanned_pdf

ROOT = Path(__file__).parents[3]
BAD_FILES = ROOT.parent / "shared" / "reliability-data" / "pdf_bad"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Corpus]:
    """Writes files into a folder and reads it as a corpus."""

    def read_files(files: dict[str, bytes | str]) -> Corpus:
        folder = tmp_path / "reports"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "config.yaml").write_text("sources: [{path: reports}]\nindex: {path: index}\n")
        return read_corpus(load_config(tmp_path / "config.yaml"))

    return read_files


def by_id(corpus: Corpus) -> dict[str, Document]:
    return {document.id: document for document in corpus.documents}


def test_the_text_of_a_pdf_is_read_by_page(read):
    pages = [["Insurance is an inter-", "national matter that many countries have to deal with."], ["zebra"], [], ["end"]]
    (document,) = read({"report.pdf": pdf(pages, title="Insurance", author="Jane Doe", head="Institute")}).documents
    assert (document.id, document.title, [person.name for person in document.people]) == ("report", "Insurance", ["Jane Doe"])
    assert [(section.page, section.anchor, section.text) for section in document.sections] == [
        (1, "page-1", "Insurance is an international matter that many countries have to deal with."),
        (2, "page-2", "zebra"),
        (4, "page-4", "end"),
    ]
    (file,) = document.files
    assert (file.name, file.media_type, file.pages, len(file.sha256)) == ("report.pdf", "application/pdf", 4, 64)
    assert file.size > 0


def test_running_heads_are_left_out_and_counted(read):
    corpus = read({"report.pdf": pdf([[f"page {word}"] for word in "abcd"], head="The Institute")})
    assert [section.text for section in corpus.documents[0].sections] == ["page a", "page b", "page c", "page d"]
    assert [(one.words_left_out, one.words) for one in corpus.omissions] == [(12, 20)]


@pytest.mark.parametrize(
    ("made", "title", "source"),
    [
        ({"title": "Cyber Insurance"}, "Cyber Insurance", "the file’s metadata"),
        ({"title": "Microsoft Word - x.doc", "large": ["Cyber", "Insurance"]}, "Cyber Insurance", "the largest words on page 1"),
        ({"title": "a.pdf", "large": ["Cyber Insurance"]}, "Cyber Insurance", "the largest words on page 1"),
        ({"title": "untitled"}, "a", "the name of the file"),
    ],
)
def test_the_title_of_a_pdf_and_where_it_is_from(read, made, title, source):
    (document,) = read({"a.pdf": pdf([["Some words of the text"]], **made)}).documents
    assert (document.title, document.notes) == (title, (f"The title is from {source}.",))


def test_a_title_that_several_files_share_is_a_template(read):
    files = {
        f"{name}.pdf": pdf([["words"]], title="Report template", author="Office", large=[f"Report on {name}"])
        for name in ("fish", "birds", "trees")
    }
    documents = by_id(read(files))
    assert {document.title for document in documents.values()} == {"Report on fish", "Report on birds", "Report on trees"}
    assert {document.people for document in documents.values()} == {()}


def test_a_page_without_text_is_named(read):
    corpus = read({"scan.pdf": scanned_pdf()})
    (document,) = corpus.documents
    assert (document.text_note, document.files[0].note, document.sections) == (
        "scanned: not searchable",
        "scanned: not searchable",
        (),
    )
    assert "reports/scan.pdf: warning: page 1 has no text that can be read" in "\n".join(map(str, corpus.problems))


def test_a_protected_file_is_published_by_its_sidecar(read):
    locked = pdf([["secret"]], password="word")
    corpus = read(
        {
            "open.pdf": pdf([["words"]], title="Open"),
            "a.pdf": locked,
            "a.yaml": "title: A report\ndate: 2010-05\n",
            "b.pdf": locked,
        }
    )
    document = by_id(corpus)["a"]
    assert (document.title, document.date.edtf, document.text_note, document.files[0].note) == (
        "A report",
        "2010-05",
        "protected",
        "protected",
    )
    assert [str(problem) for problem in corpus.errors] == [
        "reports/b.pdf: is protected by a password; write b.yaml beside it with `title: ...`, or save it without the password"
    ]


def test_what_a_sidecar_states_wins(read):
    (document,) = read({"a.pdf": pdf([["words"]], title="Theirs"), "a.yaml": "title: Ours\npeople: [Ann]\n"}).documents
    assert (document.title, document.notes, [person.name for person in document.people]) == ("Ours", (), ["Ann"])
    assert document.files[0].name == "a.pdf"


def test_a_broken_file_is_one_mistake_and_the_others_are_read(read):
    corpus = read({"a.pdf": b"%PDF-1.4\njunk", "b.pdf": b"", "c.docx": b"PK no archive", "d.pdf": pdf([["words"]], title="D")})
    assert list(by_id(corpus)) == ["d"]
    assert sorted({problem.path for problem in corpus.errors}) == ["reports/a.pdf", "reports/b.pdf", "reports/c.docx"]


def test_word_files_are_read_as_pages_are(read):
    body = (
        paragraph("Cyber Insurance", "Title") + paragraph("First words.") + paragraph("Part two", "Heading1") + paragraph("More.")
    )
    styles = read({"a.docx": docx(body, title="Document1", author="Jane Doe")}).documents[0]
    assert [person.name for person in styles.people] == ["Jane Doe"]
    assert "First words." in "".join(section.text for section in styles.sections)
    assert (styles.files[0].name, styles.files[0].media_type.rpartition(".")[2]) == ("a.docx", "document")


def test_the_picture_of_the_first_page_is_small_and_the_same_every_time(read):
    files = {"a.pdf": pdf([["words " * 20] * 40], large=["Title"])}
    first, second = read(files), read(files)
    picture = first.documents[0].files[0].picture
    assert first.contents[picture] == second.contents[picture]
    content = first.contents[picture]
    assert isinstance(content, bytes)
    assert content[8:12] == b"WEBP"
    assert 0 < len(content) <= 10_240


@pytest.mark.skipif(not BAD_FILES.is_dir(), reason="the damaged files of ../shared are not here")
def test_no_damaged_file_hangs_or_stops_the_reading(tmp_path):
    (tmp_path / "bad").symlink_to(BAD_FILES, target_is_directory=True)
    for path in BAD_FILES.glob("*.pdf"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "config.yaml").write_text("sources: [{path: '*.pdf'}]\n")
    corpus = read_corpus(load_config(tmp_path / "config.yaml"))
    assert len(corpus.documents) + len({problem.path for problem in corpus.errors}) == len(list(BAD_FILES.glob("*.pdf")))
    assert len(corpus.documents) > 90
