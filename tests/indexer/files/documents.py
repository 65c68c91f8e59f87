"""Makes the files that the tests read: PDF of every kind, and Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    title: str = "",
    author: str = "",
    large: Sequence[str] = (),
    head: str = "",
    password: str = "",
) -> bytes:
    """A PDF file with these lines on its pages; `large` is in large letters on the first, `head` on top of each."""
    written = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(written, encrypt=encryption, invariant=True)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for number, lines in enumerate(pages, 1):
        height = 780
        if head:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(50, 820, f"{head} {number}")
        if number == 1:
            canvas.setFont("Helvetica-Bold", 24)
            for line in large:
                canvas.drawString(50, height, line)
                height -= 30
        canvas.setFont("Helvetica", 11)
        for line in lines:
            canvas.drawString(50, height, line)
            height -= 14
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def scanned_pdf() -> bytes:
    """A PDF file of one page that is a picture."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=True)
    canvas.drawImage(ImageReader(Image.new("RGB", (200, 200), (120, 20, 20))), 0, 0, 500, 500)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def docx(body: str, *, title: str = "", author: str = "") -> bytes:
    """A Word file; `body` is the XML inside <w:body>."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    document = (
        f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></cp:coreProperties>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
        archive.writestr("docProps/core.xml", core)
    return written.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word file."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"
