"""Makes an archive of everything at once: PDF of every kind, Word, spreadsheets, saved pages, JSON and a sidecar."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.indexer.files.documents import docx, paragraph, pdf, scanned_pdf

CONFIG = """
site: {name: Everything, address: "https://everything.example"}
sources:
  - {path: reports, defaults: {type: Report}}
  - {path: letters, defaults: {type: Letter}}
  - path: register
    mapping: {id: Number, title: Title, date: Date, medium: Medium, topics: Topics, note: Remarks}
    defaults: {text: "", type: Painting}
  - path: site
    html: {title: "#main h1", text: "#main", remove: ["#share"], date: time, people: .byline}
    id: "{path}"
    url: "https://old.example/{path}"
    defaults: {type: Page}
  - path: guessed
  - {path: records.json, records: found.list}
fields:
  medium: {label: Medium}
  call_number: {label: Call number}
  note: {label: Note, facet: false}
withdrawn: [withdrawn]
index: {path: index}
"""
_PAGE = """<html><head><title>{title} | The Site</title><meta name=author content="Zoe Hall"><meta name=author content="Max Low"></head>
<body><div id=header><h1>Logoword</h1></div><div id=nav><a href="/">Home</a> <a href="/x">Menuword</a></div>
<div id=main><h1>{title}</h1><p class=byline>Ann Lee</p><p>Pages about the {word}.<br>Next line.</p><p id=share>Shareword</p>
<time datetime="2008-04-21">yesterday</time></div><div id=footer>Copyright Footerword</div></body></html>"""
_SIDECAR = """title: A locked report
date: 2010-05
people: [Ann Smith]
medium: tempera
call_number: MS 6938
aliases: [old-locked, /papers/locked.html]
id: http://example.org/a//b
"""
_RECORDS = [
    {
        "id": "note",
        "title": "A note",
        "text": "linetext",
        "note": "A walrus in it",
        "files": ["held/notes.txt", "held/page.html"],
    },
    {"id": "withdrawn", "title": "Withdrawn", "text": "withdrawnword", "files": ["held/hidden.txt"]},
    {"id": "draft", "title": "Draft", "text": "draftword", "draft": True},
]


def write_archive(folder: Path) -> Path:
    """Write the files of the archive and return its configuration."""
    files: dict[str, bytes | str] = {
        "config.yaml": CONFIG,
        "reports/2014-03-12-insurance.pdf": pdf(
            [
                ["Insurance is an inter-", "national matter of quokkas."],
                ["the second page tells of zebras"],
                ["wombats"],
                ["end"],
            ],
            title="Cyber Insurance",
            author="Jane Doe",
            head="The Institute",
        ),
        "reports/scan.pdf": scanned_pdf(),
        "reports/locked.pdf": pdf([["lockedword"]], password="word"),
        "reports/locked.yaml": _SIDECAR,
        "reports/broken.pdf": b"%PDF-1.4\njunk",
        "letters/letter.docx": docx(
            paragraph("A letter home", "Title") + paragraph("First words of a kangaroo.") + paragraph("More."), author="Bob Ray"
        ),
        "register/paintings.xlsx": _workbook(
            ["Number", "Title", "Date", "Medium", "Topics", "Remarks"],
            ["N00309", "A painting of a lake", 1923, "oil", "lakes; water", "hung in the hall"],
            [42, "Number forty-two", "c. 1925", "chalk", "", ""],
        ),
        "register/maps.ods": _open_sheet(
            ["Number", "Title", "Date", "Medium"], ["map-1", "Map of the coast", "1801/1810", "ink"]
        ),
        "site/a.html": _PAGE.format(title="Alpha page", word="pelican"),
        "site/press/b.html": _PAGE.format(title="Beta page", word="pelican"),
        "guessed/2005-11-3-news.html": _PAGE.format(title="Plain page", word="heron"),
        "records.json": json.dumps({"found": {"list": _RECORDS}}),
        "held/notes.txt": "plain words",
        "held/hidden.txt": "hidden words",
        "held/page.html": "<script>alert(1)</script>",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "config.yaml"


def _zipped(parts: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _workbook(*rows: Sequence[str | int]) -> bytes:
    main, office = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006",
    )
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"

    def cell(value: str | int) -> str:
        return f"<c><v>{value}</v></c>" if isinstance(value, int) else f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    def relation(kind: str, target: str) -> str:
        return f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/relationships/{kind}" Target="{target}"/></Relationships>'

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    return _zipped(
        {
            "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
        }
    )


def _open_sheet(*rows: Sequence[str]) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{names}:{name}:1.0"' for name in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>',
            "content.xml": f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{lines}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )
