"""The page of a document: its text, what is known about it, how to cite it, and related documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from flask import Blueprint, redirect, request
from markupsafe import Markup
from msgspec import Struct
from werkzeug.wrappers import Response

from search.archive import Archive
from search.citations.pieces import Pieces
from search.model.document import Document, FileLink, Section
from search.model.document_fields import DOCUMENT_FIELDS
from search.model.query import Query
from search.related import Place, Related, documents_around, place_in_results, related_documents
from webui.addresses.links import absolute, document_url, search_url, topic_url
from webui.addresses.moved import document_at_old_id, refuse
from webui.addresses.parameters import encode_query
from webui.addresses.request import archive, requested_query
from webui.formats.items import citations_of
from webui.formats.json_ld import document_json
from webui.formats.meta_tags import MetaTag, meta_tags
from webui.languages import gettext, language_attributes, locale_code, page_language, translate_label
from webui.pages import hits
from webui.pages.files import describe_file, file_url
from webui.pages.links import Link
from webui.pages.provenance import Statement, field_name, list_statements
from webui.pages.reading_text import ReadingText
from webui.pages.words import note_label, role_label
from webui.templating import render

blueprint = Blueprint("document", __name__)


@blueprint.get("/documents/<id:document_id>")
def document(document_id: str) -> str | Response:
    """Show one document. The parameters of a search lead back to it, and mark its words."""
    found = archive().document(document_id)
    if found is None:
        moved = document_at_old_id(document_id)
        return redirect(document_url(moved.id), 301) if moved else refuse(document_id)
    return render("document.html", page=DocumentPage(archive(), found))


class Part(Struct, frozen=True):
    """A section as HTML. `page` is the page of the file on which it begins, 0 if unknown or the same as before."""

    anchor: str
    heading: str
    page: int
    html: Markup


@dataclass(frozen=True)
class DocumentPage:
    """What the page of a document shows."""

    archive: Archive
    document: Document

    @cached_property
    def title(self) -> str:
        """The title, or the description shown instead."""
        return hits.title_label(self.archive, self.document)

    @cached_property
    def url(self) -> str:
        """The canonical address of this page."""
        return absolute(document_url(self.document.id))

    @cached_property
    def kind(self) -> str:
        """The type as shown."""
        return hits.kind_label(self.archive, page_language(), self.document)

    @cached_property
    def hue(self) -> int:
        """The number of the colour of its group of types."""
        return hits.hue(self.archive, self.document.type)

    @cached_property
    def date(self) -> str:
        """The date in words."""
        return hits.date_label(page_language(), self.document)

    @cached_property
    def date_iso(self) -> str:
        """The date for machines."""
        return hits.iso_date(self.document)

    @cached_property
    def language(self) -> str:
        """The language of title and text."""
        return self.document.language or self.archive.config.language

    @cached_property
    def credits(self) -> list[tuple[str, list[Link]]]:
        """People by role, in the document's order."""
        roles: dict[str, list[Link]] = {}
        for person in self.document.people:
            roles.setdefault(person.role, []).append(hits.person_link(self.archive, person.name))
        return [(role_label(role), names) for role, names in roles.items()]

    @cached_property
    def topics(self) -> tuple[Link, ...]:
        """Links to its topics."""
        return hits.topic_links(self.archive, page_language(), self.document)

    @cached_property
    def rows(self) -> list[tuple[str, str]]:
        """The fields shown as rows, those of every document and then the archive's own, as (label, values)."""
        stated = ((field.label, hits.join_texts(getattr(self.document, field.name))) for field in DOCUMENT_FIELDS if field.is_row)
        fields, labels = self.archive.fields.keyword, self.archive.config.own_labels
        own = [
            (translate_label(labels.get(name) or fields[name].label), "; ".join(map(translate_label, values)))
            for name, values in self.document.extra
            if values and (name in labels or name in fields)
        ]
        return [*((gettext(label), text) for label, text in stated if text), *own]

    @cached_property
    def copies(self) -> list[Link]:
        """Known copies elsewhere: files that others hold, the original address, and sources that are addresses."""
        links = [Link(file.label or file.url, file.url) for file in self.document.files if not is_held(file) and file.url]
        links += [Link(url, url) for url in (self.document.url, *(source.source for source in self.document.sources)) if url]
        shown = {link.url: link for link in reversed(links) if link.url.startswith(("http://", "https://"))}
        return list(reversed(shown.values()))

    @cached_property
    def files(self) -> list[tuple[FileLink, str, str, str]]:
        """The files held here, each with its address, its format, pages and size in words, and a note."""
        held = (file for file in self.document.files if is_held(file))
        return [(file, file_url(self.document, file), describe_file(file), note_label(file.note)) for file in held]

    @property
    def text_note(self) -> str:
        """A note on its text."""
        return note_label(self.document.text_note)

    @staticmethod
    def field_name(name: str) -> str:
        """Return the name of a field in a sentence."""
        return field_name(name)

    @cached_property
    def _is_from_search(self) -> bool:
        return any(name not in ("from-topic", "lang") for name in request.args)

    @cached_property
    def query(self) -> Query:
        """The search that the visitor comes from."""
        return requested_query()[0]

    @cached_property
    def place(self) -> Place | None:
        """Its place in the results that the visitor comes from."""
        return place_in_results(self.archive, self.query, self.document.id) if self._is_from_search and not self._topic else None

    @cached_property
    def _topic(self) -> str:
        return request.args.get("from-topic", "")

    @cached_property
    def back(self) -> Link | None:
        """A link to the list that the visitor comes from."""
        if self._topic:
            path = topic_url(self._topic)
            return Link(gettext("Back to the topic"), search_url(Query(page=self.query.page, per_page=self.query.per_page), path))
        return Link(gettext("Back to the results"), search_url(self.query)) if self._is_from_search else None

    @cached_property
    def walk(self) -> list[tuple[str, Link]]:
        """The documents before and after this one in the results, as (relation, link)."""
        if self.place is None:
            return []
        found = (("prev", self.place.previous), ("next", self.place.next))
        labels = {"prev": gettext("Previous result"), "next": gettext("Next result")}
        return [(rel, Link(labels[rel], self._in_results(one[0].document.id, one[1]))) for rel, one in found if one]

    def _in_results(self, document_id: str, page: int) -> str:
        state = encode_query(self.query.with_page(page), self.archive.config.per_page)
        return document_url(document_id) + (f"?{state}" if state else "")

    @cached_property
    def _printed_parts(self) -> tuple[list[Part], int]:
        text = self.place.text if self.place else self.query.text
        printer = ReadingText(self.archive.marker(text) if text.strip() else None)
        parts, page = [], 0
        for section in self.document.sections:
            shown = section.page if section.page != page else 0
            page = section.page or page
            parts.append(Part(_anchor(section, shown), section.heading, shown, printer.section(section)))
        return parts, printer.marks

    @property
    def parts(self) -> list[Part]:
        """The sections of the text."""
        return self._printed_parts[0]

    @property
    def marks(self) -> int:
        """How many words of the search are marked in the text."""
        return self._printed_parts[1]

    @cached_property
    def related(self) -> list[tuple[Link, str, str]]:
        """Related documents, as (link, type and date, reasons)."""
        found = related_documents(self.archive, self.document, self._generation)
        return [(self._link(one.document), self._facts(one.document), self._why(one)) for one in found]

    @cached_property
    def around(self) -> list[tuple[Link, str]]:
        """Documents of about the same time that are not among the related ones, as (link, type and date)."""
        shown = {one.document.id for one in related_documents(self.archive, self.document, self._generation)}
        found = documents_around(self.archive, self.document, self._generation)
        return [(self._link(one), self._facts(one)) for one in found if one.id not in shown]

    @cached_property
    def _generation(self) -> str:
        return self.archive.engine.current().id

    def _link(self, other: Document) -> Link:
        return Link(hits.title_label(self.archive, other), document_url(other.id))

    def _facts(self, other: Document) -> str:
        language = page_language()
        return ", ".join(filter(None, (hits.kind_label(self.archive, language, other), hits.date_label(language, other))))

    def _why(self, related: Related) -> str:
        fields, said = self.archive.fields.keyword, []
        for reason in related.reasons:
            if reason.kind == "people":
                said.append(gettext("also by %(name)s", name=reason.value))
            elif reason.kind == "event":
                said.append(gettext("same event"))
            elif reason.kind == "topic" and len(said) < 2:
                said.append(gettext("also about %(topic)s", topic=translate_label(fields["topic"].value_label(reason.value))))
            elif reason.kind == "time" and len(said) < 3:
                said.append(gettext("from the same weeks"))
        return "; ".join(said)

    @cached_property
    def statements(self) -> list[Statement]:
        """The sources of what is known."""
        return list_statements(self.archive, self.document)

    @cached_property
    def tags(self) -> list[MetaTag]:
        """The tags for reference managers and previews."""
        return meta_tags(self.document)

    @cached_property
    def citations(self) -> list[tuple[str, Pieces]]:
        """The reference in each style, as (style, pieces)."""
        return list(citations_of(self.document).items())

    @property
    def id_parameter(self) -> str:
        """The id, percent-encoded."""
        return quote(self.document.id, safe="")

    @cached_property
    def json_ld(self) -> Markup:
        """The document as JSON-LD, for search engines."""
        return document_json(self.archive, self.document)

    @cached_property
    def summary_line(self) -> str:
        """One or two sentences for search engines and previews."""
        text = self.document.summary or next((section.text for section in self.document.sections if section.text), "")
        line = " ".join(text.split())
        return line if len(line) <= 200 else line[:200].rpartition(" ")[0] + " …"

    @cached_property
    def language_attributes(self) -> Markup:
        """The attributes that say the language of title and text, where it is not that of the page."""
        return language_attributes(self.language, locale_code())


def is_held(file: FileLink) -> bool:
    """Whether this archive holds the file itself."""
    return bool(file.sha256)


def _anchor(section: Section, page: int) -> str:
    return section.anchor or (f"page={page}" if page else "")
