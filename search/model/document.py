"""The document: its fields and parts, and the sources of what is known about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from search.model.dates import DateSpan

TitleStatus = Literal["published", "filled", "not_preserved"]
BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "row"]
CLOSE_TOGETHER = ("item", "row")
"""Blocks of these kinds follow each other on the next line; all others after an empty line."""
CELL_SEPARATOR = " | "
"""Between the cells of a row."""
Access = Literal["full text", "summary", "title only"]
Confidence = Literal["high", "medium", "low", ""]


class Block(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A stretch of a section's text, from `start` up to `end` (characters), and how it is shown.

    `level` is the level of a heading (1 to 6) or the depth of a list item (from 1); 0 for the other kinds.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class LinkSpan(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A link over a section's text from `start` up to `end` (characters)."""

    start: int
    end: int
    url: str


class Section(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A part of a document's text, which is plain text; `blocks` and `links` lie over it, in the order of their starts.

    `anchor` is the fragment under which its page shows it ("" for the beginning). `page` is the page of the file the text
    was read from (from 1; 0 where it has none).
    """

    text: str
    heading: str = ""
    anchor: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[LinkSpan, ...] = ()
    page: int = 0


class Person(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A person or a body (an institution, a family) and their role. Parts of the name are "" if they are not stated; `is_body`
    is None if the source does not state it."""

    name: str
    role: str = "author"
    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    is_body: bool | None = None


class FileLink(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file that a reader can open: address, label, media type and size in bytes (0 if unknown).

    A file copied into the archive has the `name` under which it is served, the SHA-256 of its content, its number of pages (0
    if it has none), the SHA-256 of the picture of its first page, and a note for readers ("scanned: not searchable").
    """

    url: str = ""
    label: str = ""
    media_type: str = ""
    size: int = 0
    name: str = ""
    sha256: str = ""
    pages: int = 0
    picture: str = ""
    note: str = ""


class Evidence(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A source: the fields it supports, as in ("title", "date"), its confidence, and a note."""

    source: str
    fields: tuple[str, ...] = ()
    confidence: Confidence = ""
    note: str = ""


class Proposal(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A value that was found but not accepted. It is shown as a proposal and never indexed."""

    field: str
    value: str
    sources: tuple[str, ...] = ()
    confidence: Confidence = ""
    note: str = ""


class TopicEvidence(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Why a document has a topic: the phrase found in its words, or the source that says so."""

    topic: str
    phrase: str = ""
    source: str = ""


class Document(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One document. Tuples are in display order; an empty string or tuple, or None, is "not known".

    `id` never depends on the title. `source_path` is the corpus file it came from, relative to config.yaml. `extra` holds
    the archive's own fields, as (field, values) pairs. `date_words` is the text of the source if no date can be read in it;
    otherwise the words are those of `date`. `rights` is a text and `rights_url` the address of a statement. `aliases` are
    earlier ids and addresses that redirect here. `text_note` is a note on the text, as in "scanned: not searchable".
    """

    id: str
    title: str = ""
    title_status: TitleStatus = "published"
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    summary: str = ""
    summary_note: str = ""
    sections: tuple[Section, ...] = ()
    type: str = ""
    date: DateSpan | None = None
    people: tuple[Person, ...] = ()
    topics: tuple[str, ...] = ()
    topic_evidence: tuple[TopicEvidence, ...] = ()
    language: str = ""
    event: str = ""
    venue: str = ""
    place: str = ""
    url: str = ""
    files: tuple[FileLink, ...] = ()
    sources: tuple[Evidence, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()
    extra: tuple[tuple[str, tuple[str, ...]], ...] = ()
    source_path: str = ""
    date_words: str = ""
    rights: str = ""
    rights_url: str = ""
    aliases: tuple[str, ...] = ()
    text_note: str = ""

    @property
    def access(self) -> Access:
        """How much of the document can be read in this archive."""
        if any(section.text for section in self.sections):
            return "full text"
        return "summary" if self.summary else "title only"

    @property
    def section_texts(self) -> Iterator[str]:
        """The headings and texts of all sections, in reading order."""
        return (text for section in self.sections for text in (section.heading, section.text))

    @property
    def main_texts(self) -> tuple[str, ...]:
        """The title, the summary and the text of each section, in which names are defined and words are spelled right."""
        return (self.title, self.summary, *(section.text for section in self.sections))

    @property
    def known_title_status(self) -> TitleStatus:
        """The status of the title: `not_preserved` if there is no title."""
        return self.title_status if self.title else "not_preserved"

    def values(self, name: str) -> tuple[str, ...]:
        """Return the stated values of a declared extra field."""
        return next((values for field, values in self.extra if field == name), ())


encode_document: Callable[[Document], bytes] = msgspec.json.Encoder().encode
"""Returns the document as JSON (UTF-8). Equal documents have equal bytes."""
decode_document = msgspec.json.Decoder(Document).decode
"""Inverse of `encode_document`. Raises msgspec.DecodeError."""
pack_document: Callable[[Document], bytes] = msgspec.msgpack.Encoder().encode
"""Returns the document as MessagePack, which is read in half the time of JSON."""
unpack_document = msgspec.msgpack.Decoder(Document).decode
"""Inverse of `pack_document`. Raises msgspec.DecodeError."""


FINGERPRINT_BYTES = 16


def fingerprint(encoded: bytes) -> str:
    """Return 32 hexadecimal digits that change when any part of the encoded document does (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(encoded, digest_size=FINGERPRINT_BYTES).hexdigest()
