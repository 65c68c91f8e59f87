"""Documents as cards of a list, and the labels and links of their values."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from search.archive import Archive
from search.model.dates import display_date
from search.model.document import Document
from search.model.document_fields import DOCUMENT_FIELDS
from search.model.results import Fragment, Fragments, Hit, has_match
from webui.addresses.links import document_url, person_url, topic_url
from webui.languages import PageLanguage, gettext, language_attributes, locale_code, page_language, translate_label
from webui.pages.files import describe_file, file_url, page_url, picture_url
from webui.pages.links import Link
from webui.pages.words import value_label

_ACCESS = {"full text": "", "summary": "Summary only", "title only": "Title only"}
_LABELS = {field.chunk: field.label for field in DOCUMENT_FIELDS if field.label}
"""Labels of the fields of every document, by the name of the match; the archive's own fields have theirs."""
_SHOWN_TOPICS = 3
_SHOWN_PEOPLE = 3


class Card(Struct, frozen=True):
    """A document of a list. `note` says why it was found if neither title nor snippet shows a match; `picture` is the address
    of the picture of its first page; `language_attributes` give the language of title and snippet."""

    number: int
    id: str
    url: str
    title: Fragments
    kind: str
    hue: int
    date: str
    date_iso: str
    people: tuple[Link, ...]
    venue: str
    snippet: Fragments
    where: Link | None
    topics: tuple[Link, ...]
    access: str
    note: str
    file: Link | None
    picture: str
    is_untitled: bool
    language_attributes: Markup


def to_card(archive: Archive, hit: Hit, number: int, state: str = "") -> Card:
    """Return the hit as a card. `state` is the query string of the search, added to the document's address."""
    document, language = hit.document, page_language()  # looked up once for a card
    url = document_url(document.id) + (f"?{state}" if state else "")
    return Card(
        number=number,
        id=document.id,
        url=url,
        title=hit.title if document.title else (Fragment(title_label(archive, document)),),
        kind=kind_label(archive, language, document),
        hue=hue(archive, document.type),
        date=date_label(language, document),
        date_iso=iso_date(document),
        people=people_links(archive, document)[:_SHOWN_PEOPLE],
        venue=document.venue,
        snippet=hit.snippet,
        where=_place(hit, url),
        topics=topic_links(archive, language, document)[:_SHOWN_TOPICS],
        access=access_label(document),
        note=_reason(archive, hit),
        file=_first_file(document) if document.files else None,
        picture=picture_url(document) if document.files else "",
        is_untitled=not document.title,
        language_attributes=language_attributes(document.language or archive.config.language, language.code),
    )


def _place(hit: Hit, url: str) -> Link | None:
    """Return a link to the snippet's place in the document: a page of its file, or a section with a heading."""
    page = next((part.page for part in hit.document.sections if part.page and part.anchor == hit.anchor), 0)
    address = page_url(hit.document, page) if page else ""
    if address:
        return Link(gettext("page %(number)s", number=page), address)
    return Link(hit.heading, f"{url}#{quote(hit.anchor)}") if hit.anchor and hit.heading else None


def _first_file(document: Document) -> Link | None:
    """Return a link to the document's first file, preferably one with a picture, labelled with format, pages and size."""
    held = sorted((file for file in document.files if file.sha256), key=lambda file: not file.picture)
    return Link(describe_file(held[0]), file_url(document, held[0])) if held else None


def title_label(archive: Archive, document: Document) -> str:
    """Return the title as pages show it; the description of an untitled document is in the language of the page."""
    return archive.display_title(document, locale_code())


def kind_label(archive: Archive, language: PageLanguage, document: Document) -> str:
    """Return the label of the type, "" if it is not stated."""
    return language.label(archive.fields.keyword["type"].label_and_parent(document.type)[0]) if document.type else ""


@lru_cache(maxsize=1024)
def hue(archive: Archive, kind: str) -> int:
    """Return the number of the colour (1 to 5) of a type's group, 0 if it has none."""
    field = archive.fields.keyword["type"]
    group = field.parent(kind) or kind
    groups = [one.value for one in archive.config.types if one.children]
    return groups.index(group) % 5 + 1 if group in groups else 0


def date_label(language: PageLanguage, document: Document) -> str:
    """Return the date in words, those of the source if it has some; "" if there is no date."""
    if document.date is None:
        return document.date_words
    return document.date.words or display_date(document.date, language.code)


def iso_date(document: Document) -> str:
    """Return the first known date in the form of HTML's `datetime`, "" if that cannot express it."""
    return document.date.iso if document.date else ""


def access_label(document: Document) -> str:
    """Return what can be read here, "" if that is the full text."""
    return gettext(_ACCESS[document.access]) if document.access != "full text" else ""


def topic_links(archive: Archive, language: PageLanguage, document: Document) -> tuple[Link, ...]:
    """Return a link to the page of each topic of the document."""
    return tuple([_topic_link(archive, language, topic) for topic in document.topics])


@lru_cache(maxsize=2048)
def _topic_link(archive: Archive, language: PageLanguage, topic: str) -> Link:
    return Link(language.label(archive.fields.keyword["topic"].value_label(topic)), topic_url(topic))


def people_links(archive: Archive, document: Document) -> tuple[Link, ...]:
    """Return a link to the page of each person of the document."""
    return tuple(dict.fromkeys([person_link(archive, person.name) for person in document.people]))


@lru_cache(maxsize=2048)
def person_link(archive: Archive, name: str) -> Link:
    """Return a link to the page of a person, by the spelling of the name that is shown."""
    shown = archive.fields.keyword["people"].canonical(name)
    return Link(shown, person_url(shown))


def _reason(archive: Archive, hit: Hit) -> str:
    """Return the words that the document lacks, or the field that matches if neither title nor snippet shows a match."""
    if hit.lacks:
        return gettext("Does not contain: %(words)s", words=", ".join(hit.lacks))
    if not hit.matched or has_match((*hit.title, *hit.snippet)):
        return ""
    name = next((name for name in hit.matched if name in _LABELS or name in archive.fields.keyword), "")
    if not name:
        return ""
    label = gettext(_LABELS[name]) if name in _LABELS else translate_label(archive.fields.keyword[name].label)
    values = _values(archive, hit.document, name)
    return f"{label}: {values}" if values else ""


def _values(archive: Archive, document: Document, name: str) -> str:
    if name == "date":
        return date_label(page_language(), document)
    field = archive.fields.keyword.get(name)
    if field is not None:
        return ", ".join(value_label(name, value, field.value_label(value)) for value in field.values_of(document))
    return join_texts(getattr(document, name))


def join_texts(value: str | tuple[str, ...]) -> str:
    """Return the value of a field with one text or several as one text."""
    return value if isinstance(value, str) else "; ".join(value)
