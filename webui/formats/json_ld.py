"""What search engines read on a page: schema.org as JSON-LD."""

from __future__ import annotations

from typing import Any

import msgspec
from markupsafe import Markup

from search.archive import Archive
from search.model.document import Document
from webui.addresses.links import absolute, document_url
from webui.formats.items import find_kind

_TYPES = {"broadcast": "PodcastEpisode", "motion_picture": "VideoObject", "graphic": "ImageObject", "report": "Report",
          "book": "Book", "thesis": "Thesis", "dataset": "Dataset", "map": "Map", "chapter": "Chapter",
          "article-newspaper": "NewsArticle", "article": "Article", "article-magazine": "Article",
          "article-journal": "ScholarlyArticle", "post-weblog": "Article"}  # fmt: skip
"""schema.org's types by those of the Citation Style Language."""


def script_data(data: dict[str, Any]) -> Markup:
    """Return data as JSON for a script element: `<`, `>` and `&` are escaped, so that no text can end the element."""
    stated = {key: value for key, value in data.items() if value not in ("", None, [], ())}
    text = msgspec.json.encode({"@context": "https://schema.org", **stated}).decode()
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


def document_json(archive: Archive, document: Document) -> Markup:
    """Return a document as JSON-LD."""
    authors = [
        {"@type": "Organization" if person.is_body else "Person", "name": person.name}
        for person in document.people
        if "author" in person.role
    ]
    topics = archive.fields.keyword["topic"]
    return script_data(
        {
            "@type": _TYPES.get(find_kind(document), "CreativeWork"),
            "@id": absolute(document_url(document.id)),
            "url": absolute(document_url(document.id)),
            "identifier": document.id,
            "name": archive.display_title(document),
            "headline": document.title[:110],
            "description": document.summary,
            "datePublished": document.date.iso if document.date else "",
            "inLanguage": document.language or archive.config.language,
            "author": authors,
            "publisher": _organization(document.venue or archive.config.site.publisher),
            "keywords": ", ".join(topics.value_label(topic) for topic in document.topics),
            "license": document.rights_url,
            "sameAs": [url for url in (document.url,) if url.startswith(("http://", "https://"))],
            "isPartOf": {"@type": "Collection", "name": archive.config.site.name, "url": absolute("/")},
        }
    )


def collection_json(archive: Archive, total: int) -> Markup:
    """Return the archive as JSON-LD."""
    site = archive.config.site
    search = {"@type": "SearchAction", "target": absolute("/search?q={words}"), "query-input": "required name=words"}
    return script_data(
        {
            "@type": "Collection",
            "name": site.name,
            "description": site.description,
            "url": absolute("/"),
            "publisher": _organization(site.publisher),
            "collectionSize": "1 document" if total == 1 else f"{total} documents",
            "potentialAction": search,
        }
    )


def value_json(archive: Archive, field: str, label: str, description: str, path: str) -> Markup:
    """Return the page of a topic or a person as JSON-LD."""
    kind = "Person" if field == "people" else "DefinedTerm"
    about = {"@type": kind, "name": label, "description": description} if description else {"@type": kind, "name": label}
    part = {"@type": "Collection", "name": archive.config.site.name, "url": absolute("/")}
    return script_data({"@type": "CollectionPage", "name": label, "url": absolute(path), "about": about, "isPartOf": part})


def _organization(name: str) -> dict[str, str] | str:
    return {"@type": "Organization", "name": name} if name else ""
