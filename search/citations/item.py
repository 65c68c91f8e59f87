"""The description of a document that every reference is made from, with the names of CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from search.citations.dates import CitedDate, read_edtf
from search.citations.kinds import PAGES, PARTS, kind_of
from search.citations.names import Name, is_et_al, name_of
from search.citations.pieces import one_line
from search.config.settings import Config
from search.model.document import Document, Person
from search.text.analysis import fold_value

_ROLES = {
    "author": ",author,authors,co-author,principal author,lead author,corporate author,principal,lead,writer,creator,artist,"
    "photographer,composer,interviewer,speaker,host,director,cartographer,autor,autorin,verfasser,auteur",
    "editor": "editor,editors,chief editor,editor-in-chief,series editor,herausgeber,herausgeberin",
    "translator": "translator,translators,translation,übersetzer,übersetzerin,traducteur,traductor",
    "mentioned": "mentioned,subject,depicted,about,named",
}
"""Roles by what they amount to in a reference. Those who are mentioned have not made the document: it is about them."""
_ROLE_KINDS = {role: kind for kind, roles in _ROLES.items() for role in roles.split(",")}


class Item(Struct, frozen=True):
    """One thing that can be cited. "" and () are "not known".

    `title` is the one displayed; where none was preserved `is_untitled` and `title` describes the thing. `container` is what it
    is printed in (a newspaper, a site), `publisher` who published it. `url` is where it was published, else its page here;
    `page_url` is always its page in this archive. `contributors` are (role, name) of everybody else who took part;
    `own` are the fields of the archive's own, as (label, values on one line).
    """

    id: str
    kind: str
    title: str
    page_url: str
    is_untitled: bool = False
    genre: str = ""
    subtitle: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    contributors: tuple[tuple[str, Name], ...] = ()
    mentioned: tuple[Name, ...] = ()
    container: str = ""
    publisher: str = ""
    place: str = ""
    event: str = ""
    date: CitedDate | None = None
    url: str = ""
    archive: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    rights: str = ""
    own: tuple[tuple[str, str], ...] = ()

    @property
    def full_title(self) -> str:
        """Title and subtitle, with a colon between them where the title has no mark of its own."""
        if not self.subtitle:
            return self.title
        return f"{self.title} {self.subtitle}" if self.title[-1:] in "?!:." else f"{self.title}: {self.subtitle}"


class Citer:
    """Describes the documents of one archive, with its settings: name, publisher, kinds of types, and names known as bodies."""

    def __init__(self, config: Config) -> None:
        self._site, self._own_labels = config.site, config.own_labels
        self._kinds = {fold_value(kind.value): kind.csl for kind in config.types if kind.csl}
        """CSL types by folded value of a document type."""
        known = [person for person in config.people.values() if person.body]
        self._bodies = frozenset(fold_value(name) for person in known for name in (person.label, *person.also))

    def describe(self, document: Document, title: str, page_url: str, genre: str = "", keywords: tuple[str, ...] = ()) -> Item:
        """Return the description of a document. `title` is the one shown; `genre` and `keywords` label its type and topics."""
        kind = self._kind(document)
        roles = _by_role(document.people, self._bodies)
        container, publisher = self._container(document, kind)
        span = document.date
        return Item(
            id=document.id,
            kind=kind,
            title=one_line(title),
            page_url=page_url,
            is_untitled=not document.title,
            genre=genre or document.type,
            subtitle=one_line(document.subtitle),
            authors=roles["author"],
            editors=roles["editor"],
            translators=roles["translator"],
            contributors=_contributors(document.people, self._bodies),
            mentioned=roles["mentioned"],
            container=one_line(container),
            publisher=one_line(publisher),
            place=one_line(document.place),
            event=one_line(document.event),
            date=read_edtf(span.edtf if span else "", span.words if span else document.date_words),
            url=document.url or page_url,
            archive=self._site.name,
            language=document.language,
            abstract=one_line(document.summary),
            keywords=keywords,
            rights=document.rights_url or document.rights,
            own=own_values(document, self._own_labels),
        )

    def find_kind(self, document: Document) -> str:
        """Return the CSL type of a document by its own type alone."""
        return kind_of(document.type, self._kinds)

    def _kind(self, document: Document) -> str:
        """Return the CSL type. News and commentary that no newspaper printed are pages of the institution's own site."""
        kind = self.find_kind(document)
        if fold_value(document.type) in self._kinds:
            return kind
        is_own = not document.venue or bool(self._site.publisher and document.venue.startswith(self._site.publisher))
        if kind == "post-weblog" and not is_own:
            return "article-newspaper"
        if kind in PARTS and is_own and "coverage" not in document.type.lower():
            return "webpage"
        return kind

    def _container(self, document: Document, kind: str) -> tuple[str, str]:
        """Return what the document is printed in, and its publisher: the institution, unless others printed it."""
        if kind in PARTS:
            return document.venue, ""
        publisher = document.venue or ("" if "coverage" in document.type.lower() else self._site.publisher)
        return (publisher, "") if kind in PAGES else ("", publisher)


def own_values(document: Document, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields of the archive's own that the document states, as (label, values on one line)."""
    stated = ((labels[name], one_line("; ".join(values))) for name, values in document.extra if name in labels)
    return tuple((label, words) for label, words in stated if words)


def role_kind(role: str) -> str:
    """Return what a role amounts to in a reference: author, editor, translator, mentioned or contributor."""
    return _ROLE_KINDS.get(role.strip().casefold(), "contributor")


def _by_role(people: tuple[Person, ...], bodies: frozenset[str]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {kind: [] for kind in (*_ROLES, "contributor")}
    for person in people:
        names = found[role_kind(person.role)]
        if names and is_et_al(person.name):
            names[-1] = replace(names[-1], has_others=True)
        elif (name := name_of(person, bodies)).surname:
            names.append(name)
    return {kind: tuple(names) for kind, names in found.items()}


def _contributors(people: tuple[Person, ...], bodies: frozenset[str]) -> tuple[tuple[str, Name], ...]:
    return tuple((one.role.strip(), name_of(one, bodies)) for one in people if role_kind(one.role) == "contributor")
