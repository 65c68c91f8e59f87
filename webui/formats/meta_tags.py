"""The tags of a document's page that other programs read: citation_* (reference managers), Dublin Core, Open Graph."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from search.citations.item import Item
from search.model.document import Document
from webui.addresses.request import archive
from webui.formats.items import item_of

_CONTAINERS = {
    "report": "citation_technical_report_institution", "article-journal": "citation_journal_title",
    "article-newspaper": "citation_journal_title", "article-magazine": "citation_journal_title",
    "paper-conference": "citation_conference_title", "chapter": "citation_inbook_title",
    "thesis": "citation_dissertation_institution",
}  # fmt: skip
"""The tag by which reference managers recognise the kind of document; its content is the container or the publisher."""
_ZOTERO = {
    "report": "report", "article-journal": "journalArticle", "article-newspaper": "newspaperArticle",
    "article-magazine": "magazineArticle", "post-weblog": "blogPost", "webpage": "webpage", "broadcast": "podcast",
    "motion_picture": "videoRecording", "graphic": "artwork", "map": "map", "interview": "interview", "speech": "presentation",
    "personal_communication": "letter", "manuscript": "manuscript", "book": "book", "thesis": "thesis", "chapter": "bookSection",
    "legislation": "statute", "dataset": "dataset", "pamphlet": "document", "paper-conference": "conferencePaper",
}  # fmt: skip
"""Zotero's item types by kind of the Citation Style Language."""


class MetaTag(Struct, frozen=True):
    """A meta element: its name, its content, and whether the name is a property (Open Graph)."""

    name: str
    content: str
    is_property: bool = False


def meta_tags(document: Document) -> list[MetaTag]:
    """Return the tags of a document that have content."""
    item = item_of(document)
    return [tag for tag in (*_citation(item, document), *_dublin_core(item, document), *_open_graph(item)) if tag.content]


def _citation(item: Item, document: Document) -> Iterator[MetaTag]:
    yield MetaTag("citation_title", item.full_title)
    yield from (MetaTag("citation_author", name.inverted) for name in item.authors)
    yield MetaTag("citation_publication_date", document.date.iso.replace("-", "/") if document.date else "")
    yield MetaTag("citation_language", item.language)
    yield MetaTag("citation_publisher", item.publisher)
    yield MetaTag("citation_abstract_html_url", item.page_url)
    yield from (MetaTag("citation_keywords", word) for word in item.keywords)
    if item.kind in _CONTAINERS:
        yield MetaTag(_CONTAINERS[item.kind], item.container or item.publisher or archive().config.site.name)


def _dublin_core(item: Item, document: Document) -> Iterator[MetaTag]:
    yield MetaTag("DC.title", item.full_title)
    yield from (MetaTag("DC.creator", name.inverted) for name in item.authors)
    yield from (MetaTag("DC.contributor", name.inverted) for _, name in item.contributors)
    yield MetaTag("DC.date", document.date.edtf if document.date else "")
    yield MetaTag("DC.type", document.type)
    yield MetaTag("DC.publisher", item.publisher)
    yield MetaTag("DC.identifier", item.page_url)
    yield MetaTag("DC.language", item.language)
    yield MetaTag("DC.rights", item.rights)
    yield MetaTag("z:itemType", _ZOTERO.get(item.kind, "document"), True)


def _open_graph(item: Item) -> Iterator[MetaTag]:
    yield MetaTag("og:title", item.title, True)
    yield MetaTag("og:type", "article", True)
    yield MetaTag("og:url", item.page_url, True)
    yield MetaTag("og:site_name", archive().config.site.name, True)
    yield MetaTag("og:description", item.abstract[:300], True)
