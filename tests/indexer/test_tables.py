"""CSV and spreadsheets as people write them: one bad row is one mistake, and every other row is read."""

from __future__ import annotations

import io
import zipfile

import pytest
from archive_files import by_id, problems_of, read_files, text_of

SETTINGS = "sources: [{path: a.csv}]\n"
ROWS = [f"r{number},T {number},text" for number in range(1, 8)]


def read(tmp_path, content: str | bytes, settings: str = SETTINGS):
    return read_files(tmp_path, settings, {"a.csv": content})


@pytest.mark.parametrize(
    "bad",
    ['r4,"A" list,text', 'r4,"A list,text', "r4,A,text,more,cells", 'r4,"A"x,"text"', 'r4,A,"text'],
)
def test_one_bad_row_is_one_mistake(tmp_path, bad):
    rows = [*ROWS[:3], bad, *ROWS[4:]]
    corpus = read(tmp_path, "\n".join(["id,title,text", *rows]) + "\n")
    assert [document.id for document in corpus.documents] == ["r1", "r2", "r3", "r5", "r6", "r7"]
    assert [(problem.path, problem.line) for problem in corpus.errors] == [("a.csv", 5)]
    assert (corpus.records, corpus.reported) == (7, 1)


def test_a_cell_over_several_lines_is_one_cell(tmp_path):
    corpus = read(tmp_path, 'id,title,text\na,A,"One.\n\nTwo, ""three""."\nb,B,x\n')
    assert problems_of(corpus) == ""
    assert text_of(by_id(corpus)["a"]) == 'One.\n\nTwo, "three".'


@pytest.mark.parametrize(
    "content",
    [
        "id,title,text,,\na,A,x,,\n",
        "sep=;\nid;title;text\na;A;x\n",
        '"sep=|"\nid|title|text\na|A|x\n',
        "ID,Title,TEXT\na,A,x\n",
        "id\ttitle\ttext\na\tA\tx\n",
        "\n\nid,title,text\na,A,x\n",
        "id;title;text\r\na;A;x\r\n",
        '"id","title, or name","title","text"\na,,A,x\n',
        "id,title,text\na,A,x,,,\n",
        "Inventory of the archive,,\n\nAs of 2019,,\nid,title,text\na,A,x\n",
        "Inventory\nid;title;text\na;A;x\n",
        '"Inventory, 2019"\n\nid\ttitle\ttext\na\tA\tx\n',
    ],
)
def test_tables_are_read_as_spreadsheets_write_them(tmp_path, content):
    corpus = read(tmp_path, content)
    assert corpus.errors == ()
    assert (corpus.documents[0].id, corpus.documents[0].title, text_of(corpus.documents[0])) == ("a", "A", "x")


def test_a_title_above_the_names_of_columns_is_a_warning_with_its_lines(tmp_path):
    corpus = read(tmp_path, "Inventory,,\n\nAs of 2019,,\nid,title,text\na,A,x\nb,B,x\n")
    assert [document.id for document in corpus.documents] == ["a", "b"]
    assert problems_of(corpus) == "a.csv:1: warning: lines 1 to 3 are above the names of the columns and not read"


def test_a_table_of_one_column_has_no_title(tmp_path):
    corpus = read(tmp_path, "title\nA\nB\n", "sources: [{path: a.csv, id: '{title}', defaults: {text: ''}}]\n")
    assert (list(by_id(corpus)), problems_of(corpus)) == (["A", "B"], "")


def test_columns_with_capitals_and_spaces_are_ours(tmp_path):
    (document,) = read(tmp_path, "Id,Title,Text,Other Titles,Date\na,A,x,B; C,2019\n").documents
    assert (document.other_titles, document.date.edtf) == (("B", "C"), "2019")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
def test_common_encodings_are_read(tmp_path, encoding):
    corpus = read(
        tmp_path,
        "id,title,text\na,Café au lait — naïve,“quoted” words of a longer text, élève\n".replace("text, é", "text é").encode(
            encoding
        ),
    )
    assert corpus.documents[0].title == "Café au lait — naïve"
    assert corpus.errors == ()


CELL = '<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(*rows: list[str], extra: str = "") -> bytes:
    """The smallest xlsx file with these cells."""
    lines = [
        f'<row r="{number}">'
        + "".join(CELL.format(at=f"{'ABCDEFG'[column]}{number}", text=text) for column, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    ]
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}{extra}</sheetData></worksheet>',
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_spreadsheet_is_read_as_a_table(tmp_path):
    data = workbook(["Id", "Title", "Text", "Topics"], ["a", "A", "x", "one; two"], ["b", "B", "y"])
    corpus = read_files(tmp_path, "sources: [{path: a.xlsx}]\n", {"a.xlsx": data})
    assert corpus.errors == ()
    assert [(document.id, document.topics) for document in corpus.documents] == [("a", ("one", "two")), ("b", ())]


def test_a_sheet_with_a_cell_far_away_is_one_mistake_and_takes_no_memory(tmp_path):
    data = workbook(["id", "title", "text"], extra='<row r="200000000"><c r="XFD200000000"><v>1</v></c></row>')
    corpus = read_files(
        tmp_path, "sources: [{path: '*.xlsx'}, {path: a.csv}]\n", {"a.xlsx": data, "a.csv": "id,title,text\na,A,x\n"}
    )
    assert [document.id for document in corpus.documents] == ["a"]
    assert "a.xlsx: has a sheet of 200,000,000 rows and 16,384 columns" in problems_of(corpus)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
@pytest.mark.parametrize(
    "content", [b"", b"not a spreadsheet", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_a_broken_spreadsheet_is_one_mistake(tmp_path, name, content):
    corpus = read_files(tmp_path, f"sources: [{{path: {name}}}]\n", {name: content})
    assert [problem.path for problem in corpus.errors] == [name]
