"""Harvesting: every document as simple Dublin Core by OAI-PMH 2.0 (Open Archives Initiative, protocol version 2.0).

A generation is what changes, so its time is the datestamp of every document: a harvester that comes again takes all of them
after a publication, and none otherwise. Deletions are not remembered, and there are no sets. After
a rollback the time is an earlier one: until the next publication only a harvest without `from` takes what it brought back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from flask import Blueprint, Response, render_template, request

from search.archive import Archive
from search.engines.contract import Generation
from search.model.document import Document
from search.query_language.parser import clean
from webui.addresses.links import absolute, document_url
from webui.addresses.request import archive

blueprint = Blueprint("oai", __name__)
AT_ONCE = 100
"""Documents in one answer."""
_PREFIX = "oai_dc"
_NO_ADDRESS = "not-stated@archive.invalid"
"""The protocol wants an address of e-mail; `.invalid` is reserved for what is none (RFC 2606)."""
_MAIL = re.compile(r"\S+@(\S+\.)+\S+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
_UNTIL_SEEN = timedelta(minutes=10)
"""Longer than any publication takes from its time to its switch; who comes again within that time takes all documents twice."""
_SECOND = "%Y-%m-%dT%H:%M:%SZ"
_LISTS = ({"metadataPrefix", "from", "until", "set", "resumptionToken"}, {"metadataPrefix"})
_ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": ({"identifier"}, set()),
    "ListSets": ({"resumptionToken"}, set()),
    "GetRecord": ({"identifier", "metadataPrefix"}, {"identifier", "metadataPrefix"}),
    "ListIdentifiers": _LISTS,
    "ListRecords": _LISTS,
}
"""The six verbs, with the arguments that each may have and those that it must."""


class ProtocolError(Exception):
    """A request that the protocol has a code for."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


class Record(NamedTuple):
    identifier: str
    elements: list[tuple[str, str]]


class Slice(NamedTuple):
    """A part of a list: its records, where it begins, how many there are in all, and what to send for the next part."""

    records: list[Record]
    begins: int
    size: int
    token: str

    @property
    def is_whole(self) -> bool:
        return len(self.records) == self.size


@blueprint.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    asked = request.form if request.method == "POST" else request.args
    given = [(clean(name), clean(value)) for name, value in asked.items(multi=True)]  # an answer repeats them, and is XML
    arguments = dict(given)
    generation = archive().engine.current()
    now = f"{datetime.now(UTC):{_SECOND}}"
    told: dict[str, object] = {"base": absolute("/oai"), "now": now, "stamp": _stamp(generation)}
    try:
        verb = _checked(given, arguments)
        told |= _ANSWERS[verb](arguments, generation)
        told |= {"verb": verb, "arguments": arguments}
    except ProtocolError as error:
        stated = arguments if error.code not in ("badVerb", "badArgument") else {}
        told |= {"error": error, "arguments": stated}
    return Response(render_template("oai.xml", **told), mimetype="text/xml")


def _checked(given: Sequence[tuple[str, str]], arguments: Mapping[str, str]) -> str:
    """The verb, where all arguments are those that it takes."""
    verb = arguments.get("verb", "")
    if verb not in _ARGUMENTS or [name for name, _ in given].count("verb") > 1:
        raise ProtocolError("badVerb", f"verb must be one of {', '.join(_ARGUMENTS)}, once")
    may, must = _ARGUMENTS[verb]
    names = {name for name, _ in given} - {"verb"}
    if len(given) > len(names) + 1:
        raise ProtocolError("badArgument", "every argument may be given once")
    if names - may:
        raise ProtocolError("badArgument", f"{verb} takes no {', '.join(sorted(names - may))}")
    if "resumptionToken" in names:
        if len(names) > 1:
            raise ProtocolError("badArgument", "resumptionToken stands alone")
    elif must - names:
        raise ProtocolError("badArgument", f"{verb} needs {', '.join(sorted(must - names))}")
    return verb


def _identify(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    contact = archive().config.site.contact
    return {"mail": contact if _MAIL.fullmatch(contact) else _NO_ADDRESS}


def _formats(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    if "identifier" in arguments:
        _document(arguments["identifier"])
    return {}


def _sets(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    raise ProtocolError("noSetHierarchy", "this archive has no sets")


def _record(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    document = _document(arguments["identifier"])
    _ensure_known(arguments["metadataPrefix"])
    return {"record": _to_record(document)}


def _list(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    """One part of all documents, by id. The token names the generation: when another has been published meanwhile, the
    harvester is told to begin again."""
    begins = 0
    if "resumptionToken" in arguments:
        begins = _resumed(arguments["resumptionToken"], generation)
    else:
        _ensure_known(arguments["metadataPrefix"])
        _ensure_changed(arguments, _stamp(generation))
    ids = _ids(archive(), generation.id)
    if begins >= len(ids):
        raise ProtocolError("badResumptionToken" if begins else "noRecordsMatch", "there are no documents")
    found = map(archive().document, ids[begins : begins + AT_ONCE])
    end = begins + AT_ONCE
    token = urlencode({"generation": generation.id, "begins": end}) if end < len(ids) else ""
    return {"part": Slice([_to_record(document) for document in found if document], begins, len(ids), token)}


_ANSWERS: Mapping[str, Callable[[Mapping[str, str], Generation], dict[str, object]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}


@lru_cache(maxsize=1)
def _ids(of: Archive, generation: str) -> list[str]:
    """The ids of one generation; kept, because a harvest asks for them again and again."""
    ids = sorted(of.engine.published())
    if of.engine.current().id != generation:
        raise ProtocolError("badResumptionToken", "the archive has changed just now: begin again")
    return ids


def _resumed(token: str, generation: Generation) -> int:
    """Where the next part begins."""
    named = dict(parse_qsl(token))
    begins = named.get("begins", "")
    if named.get("generation") != generation.id or not (begins.isascii() and begins.isdigit() and len(begins) < 10):
        raise ProtocolError("badResumptionToken", "this token was not given here, or the archive has changed since: begin again")
    return int(begins)


def _ensure_known(prefix: str) -> None:
    if prefix != _PREFIX:
        raise ProtocolError("cannotDisseminateFormat", f"metadataPrefix must be {_PREFIX}")


def _ensure_changed(arguments: Mapping[str, str], stamp: str) -> None:
    """Documents have changed between the times asked for, where any are."""
    if "set" in arguments:
        raise ProtocolError("noSetHierarchy", "this archive has no sets")
    bounds = {name: _time(name, arguments[name]) for name in ("from", "until") if name in arguments}
    first, last = bounds.get("from", ""), bounds.get("until", "")
    if first and last and (len(first) != len(last) or first > last):
        raise ProtocolError("badArgument", "from and until must be written alike, and from must not be the later one")
    # Written alike, what is earlier sorts first.
    if stamp[: len(first)] < first or (last and stamp[: len(last)] > last):
        raise ProtocolError("noRecordsMatch", f"all documents were last published at {stamp}")


def _time(name: str, text: str) -> str:
    """A day or a second, written as the protocol wants it."""
    if _TIME.fullmatch(text):
        with suppress(ValueError):
            datetime.fromisoformat(text)
            return text
    raise ProtocolError("badArgument", f"{name} must be like 2026-01-31 or 2026-01-31T12:00:00Z")


def _stamp(generation: Generation) -> str:
    """The datestamp of all documents, late enough that nobody who asked before they were to be seen misses them."""
    return f"{datetime.fromisoformat(generation.built_at).astimezone(UTC) + _UNTIL_SEEN:{_SECOND}}"


def _namespace() -> str:
    return f"oai:{urlsplit(archive().config.site.address).hostname}:"


def _document(identifier: str) -> Document:
    namespace = _namespace()
    document = archive().document(unquote(identifier.removeprefix(namespace))) if identifier.startswith(namespace) else None
    if document is None:
        raise ProtocolError("idDoesNotExist", f"no document is called {identifier}; identifiers begin with {namespace}")
    return document


def _to_record(document: Document) -> Record:
    return Record(_namespace() + quote(document.id, safe=""), [pair for pair in _dublin_core(document) if pair[1]])


def _dublin_core(document: Document) -> Iterator[tuple[str, str]]:
    """The fifteen elements, as far as they are known; `title` is the one displayed."""
    yield "title", archive().display_title(document)
    yield from (("title", title) for title in (document.subtitle, *document.other_titles))
    yield from (("creator" if "author" in person.role else "contributor", person.name) for person in document.people)
    yield from (("subject", archive().fields.keyword["topic"].value_label(topic)) for topic in document.topics)
    yield "description", document.summary
    yield "publisher", archive().config.site.publisher
    yield "date", document.date.edtf if document.date else ""
    yield "type", document.type
    yield from (("format", file.media_type) for file in document.files)
    yield "identifier", absolute(document_url(document.id))
    yield from (("identifier", url) for url in dict.fromkeys((document.url, *(file.url for file in document.files))))
    yield "language", document.language or archive().config.language
    yield "rights", archive().config.site.rights
