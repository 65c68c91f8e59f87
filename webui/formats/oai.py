"""Harvesting: every document as simple Dublin Core by OAI-PMH 2.0 (Open Archives Initiative, protocol version 2.0).

Documents carry the time of their own last change, those that are gone are listed as deleted, and types and topics are sets.
`oai_lists` explains datestamps and tokens. After a rollback the times are earlier ones: until the next publication only a
harvest without `from` gets the documents that it brought back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from flask import Blueprint, Response, request
from msgspec.structs import replace

from search.engines.contract import Generation
from search.model.document import Document
from search.query_language.cutting import clean
from webui.addresses.links import absolute
from webui.addresses.request import archive
from webui.addresses.tokens import read_token, write_token
from webui.formats.dublin_core import dublin_core
from webui.formats.oai_lists import Calendar, Harvest, list_ids, now, sets_of, specs_of
from webui.templating import render

blueprint = Blueprint("oai", __name__)
AT_ONCE = 100
"""Documents in one answer."""
_PREFIX = "oai_dc"
_NO_ADDRESS = "not-stated@archive.invalid"
"""The protocol requires an e-mail address; `.invalid` is reserved for addresses that do not exist (RFC 2606)."""
_MAIL = re.compile(r"\S+@(\S+\.)+\S+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
_LISTS = ({"metadataPrefix", "from", "until", "set", "resumptionToken"}, {"metadataPrefix"})
_ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": ({"identifier"}, set()),
    "ListSets": ({"resumptionToken"}, set()),
    "GetRecord": ({"identifier", "metadataPrefix"}, {"identifier", "metadataPrefix"}),
    "ListIdentifiers": _LISTS,
    "ListRecords": _LISTS,
}
"""The six verbs, each with its possible arguments and its required ones."""


class ProtocolError(Exception):
    """An error of the protocol, with its code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Record(NamedTuple):
    """One record of an answer; a deleted one has no elements and no sets."""

    identifier: str
    stamp: str
    is_deleted: bool = False
    sets: Sequence[str] = ()
    elements: Sequence[tuple[str, str]] = ()


class Slice(NamedTuple):
    """A part of a list: its records, the number of records before it, the size of the list, and the token of the next part."""

    records: list[Record]
    begins: int
    size: int
    token: str

    @property
    def is_whole(self) -> bool:
        """Whether this part is the whole list."""
        return len(self.records) == self.size


@blueprint.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    """Answer a request of the protocol; its errors are answers too."""
    asked = request.form if request.method == "POST" else request.args
    given = [(clean(name), clean(value)) for name, value in asked.items(multi=True)]  # an answer repeats them, and is XML
    arguments = dict(given)
    generation = archive().engine.current()
    values: dict[str, object] = {"base": absolute("/oai"), "now": now()}
    try:
        verb = _check_verb(given, arguments)
        values |= _ANSWERS[verb](arguments, generation)
        values |= {"verb": verb, "arguments": arguments}
    except ProtocolError as error:
        stated = arguments if error.code not in ("badVerb", "badArgument") else {}
        values |= {"error": error, "arguments": stated}
    return Response(render("oai.xml", **values), mimetype="text/xml")


def _check_verb(given: Sequence[tuple[str, str]], arguments: Mapping[str, str]) -> str:
    """Return the verb. Raises ProtocolError if it is unknown or the arguments are not those it takes."""
    verb = arguments.get("verb", "")
    if verb not in _ARGUMENTS or [name for name, _ in given].count("verb") > 1:
        raise ProtocolError("badVerb", f"verb must be one of {', '.join(_ARGUMENTS)}, once")
    may, must = _ARGUMENTS[verb]
    names = {name for name, _ in given} - {"verb"}
    if len(given) > len(names) + 1:
        raise ProtocolError("badArgument", "every argument may be given once")
    if names - may:
        raise ProtocolError("badArgument", f"{verb} does not take {', '.join(sorted(names - may))}")
    if "resumptionToken" in names:
        if len(names) > 1:
            raise ProtocolError("badArgument", "resumptionToken must be the only argument")
    elif must - names:
        raise ProtocolError("badArgument", f"{verb} needs {', '.join(sorted(must - names))}")
    return verb


def _identify(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    contact = archive().config.site.contact
    return {"mail": contact if _MAIL.fullmatch(contact) else _NO_ADDRESS, "earliest": _calendar(generation).earliest()}


def _formats(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    if "identifier" in arguments:
        _record_of(_id(arguments["identifier"]), generation)
    return {}


def _sets(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    if "resumptionToken" in arguments:
        raise ProtocolError("badResumptionToken", "the list of sets has one part")
    sets = list(sets_of(archive()))
    if not sets:
        raise ProtocolError("noSetHierarchy", "no document has a type or a topic")
    return {"sets": sets}


def _record(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    record = _record_of(_id(arguments["identifier"]), generation)
    _check_prefix(arguments["metadataPrefix"])
    return {"record": record}


def _list(arguments: Mapping[str, str], generation: Generation) -> dict[str, object]:
    """Return one part of a list, by id. If another generation has been published meanwhile, the harvester must begin again."""
    if "resumptionToken" in arguments:
        harvest = _resume(arguments["resumptionToken"], generation)
    else:
        _check_prefix(arguments["metadataPrefix"])
        first, last = _bounds(arguments)
        harvest = Harvest(generation.id, now(), _find_set(arguments.get("set", "")), first, last)
    try:
        ids = list_ids(archive(), generation.id, generation.built_at, replace(harvest, begins=0))
    except LookupError as error:
        raise ProtocolError("badResumptionToken", "the archive has changed just now: begin again") from error
    if harvest.begins >= len(ids):
        raise ProtocolError("badResumptionToken" if harvest.begins else "noRecordsMatch", "no document matches")
    end = harvest.begins + AT_ONCE
    records = [_record_of(document_id, generation, harvest.asked) for document_id in ids[harvest.begins : end]]
    token = write_token(replace(harvest, begins=end)) if end < len(ids) else ""
    return {"part": Slice(records, harvest.begins, len(ids), token)}


_ANSWERS: Mapping[str, Callable[[Mapping[str, str], Generation], dict[str, object]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}


def _resume(token: str, generation: Generation) -> Harvest:
    """Return the rest of a harvest of this generation."""
    with suppress(ValueError):
        harvest = read_token(token, Harvest)
        if harvest.generation == generation.id and harvest.begins > 0:
            return harvest
    raise ProtocolError("badResumptionToken", "this token is unknown, or the archive has changed since: begin again")


def _find_set(spec: str) -> str:
    if spec and spec not in dict(sets_of(archive())):
        raise ProtocolError("noRecordsMatch", f"there is no set {spec}; ListSets lists all")
    return spec


def _check_prefix(prefix: str) -> None:
    if prefix != _PREFIX:
        raise ProtocolError("cannotDisseminateFormat", f"metadataPrefix must be {_PREFIX}")


def _bounds(arguments: Mapping[str, str]) -> tuple[str, str]:
    """Return `from` and `until` as written; "" for one that is missing."""
    bounds = {name: _time(name, arguments[name]) for name in ("from", "until") if name in arguments}
    first, last = bounds.get("from", ""), bounds.get("until", "")
    if first and last and (len(first) != len(last) or first > last):
        raise ProtocolError("badArgument", "from and until must have the same form, and from must not be later than until")
    return first, last


def _time(name: str, text: str) -> str:
    """Return a day or a second in the protocol's format. Raises ProtocolError for any other text."""
    if _TIME.fullmatch(text):
        with suppress(ValueError):
            datetime.fromisoformat(text)
            return text
    raise ProtocolError("badArgument", f"{name} must be like 2026-01-31 or 2026-01-31T12:00:00Z")


def _calendar(generation: Generation, asked: str = "") -> Calendar:
    return Calendar(archive(), generation.built_at, generation.id, asked or now())


def _namespace() -> str:
    return f"oai:{urlsplit(archive().config.site.address).hostname}:"


def _id(identifier: str) -> str:
    namespace = _namespace()
    if not identifier.startswith(namespace):
        raise ProtocolError("idDoesNotExist", f"there is no document {identifier}; identifiers begin with {namespace}")
    return unquote(identifier.removeprefix(namespace))


def _record_of(document_id: str, generation: Generation, asked: str = "") -> Record:
    """Return the record of a document, published or gone. Raises ProtocolError for an unknown id."""
    calendar = _calendar(generation, asked)
    identifier = _namespace() + quote(document_id, safe="")
    document: Document | None = archive().document(document_id)
    if document is not None:
        return Record(identifier, calendar.stamp(document.id), False, specs_of(archive(), document), dublin_core(document))
    gone = calendar.deletion_stamp(document_id)
    if not gone:
        raise ProtocolError("idDoesNotExist", f"there is no document {identifier}")
    return Record(identifier, gone, True)
