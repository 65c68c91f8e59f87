"""The sources of what is known about a document, in sentences."""

from __future__ import annotations

from msgspec import Struct

from search.archive import Archive
from search.model.document import Document, Evidence
from search.model.document_fields import DOCUMENT_FIELDS
from webui.languages import gettext, translate_label
from webui.pages.words import translate_text

_NOUNS = {field.name: field.noun or field.name for field in DOCUMENT_FIELDS}
_CONFIDENCE = {"high": "This is certain.", "medium": "This is likely.", "low": "This is not certain."}


class Statement(Struct, frozen=True):
    """A sentence about a source, with the source's address, if it has one, and a note."""

    text: str
    url: str = ""
    note: str = ""


def list_statements(archive: Archive, document: Document) -> list[Statement]:
    """Return the statements about a document's facts and its topics, and its notes."""
    topic = archive.fields.keyword["topic"]
    statements = [_describe_source(source) for source in document.sources]
    for one in document.topic_evidence:
        label = translate_label(topic.value_label(one.topic))
        if one.phrase:
            statements.append(Statement(gettext("Topic “%(topic)s”: it contains “%(phrase)s”.", topic=label, phrase=one.phrase)))
        else:
            statements.append(Statement(gettext("Topic “%(topic)s”: %(source)s.", topic=label, source=one.source)))
    return statements + [Statement(translate_text(note)) for note in document.notes]


def field_name(name: str) -> str:
    """Return the name of a field in a sentence."""
    return gettext(_NOUNS[name]) if name in _NOUNS else name.replace("_", " ")


def _describe_source(source: Evidence) -> Statement:
    names = ", ".join(field_name(name) for name in source.fields)
    is_address = source.source.startswith(("http://", "https://"))
    named = source.source.split("/")[2] if is_address else source.source
    text = gettext("%(source)s gives the %(fields)s.", source=named, fields=names) if names else named
    sure = gettext(_CONFIDENCE[source.confidence]) if source.confidence in _CONFIDENCE else ""
    return Statement(f"{text} {sure}".strip(), source.source if is_address else "", source.note)
