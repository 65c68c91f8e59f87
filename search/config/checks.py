"""Checks that need more than one setting: contradictions, and names that mean nothing here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from search.config.marked_yaml import MarkedYaml
from search.config.settings import Config
from search.config.usual_names import field_meant
from search.errors import Problem
from search.model.date_formats import format_mistake
from search.model.dates import is_language
from search.model.document import Document
from search.model.document_fields import DOCUMENT_FIELDS
from search.model.query import NOT_STATED
from search.text.analysis import fold_value

_XML = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
"""The characters that XML 1.0 allows: feeds and harvests are XML."""
_OWN_FIELDS = ("type", "topic", "year", "people")
_RECORD_KEYS = (*(field.name for field in DOCUMENT_FIELDS), "draft", "date_end", "date_words")
_RESERVED_FIELDS = (
    *_OWN_FIELDS,
    *_RECORD_KEYS,
    *Document.__struct_fields__,
    "decade",
    "century",
    "q",
    "from",
    "to",
    "sort",
    "page",
    "per_page",
    "exact",
    "facets",
    "fields",
    "cursor",
)
_CHUNKS = tuple(field.chunk for field in DOCUMENT_FIELDS if field.is_searched)
"""The names of the searched texts, which `ranking.weights` weighs."""


def find_contradictions(config: Config, marked: MarkedYaml) -> Iterator[Problem]:
    """Yield every contradiction between settings, and every name that means nothing here."""

    def problem(message: str, *place: str | int) -> Problem:
        """Return a mistake at a place of the configuration."""
        return Problem(str(config.path), marked.line(place), ".".join(map(str, place)), message)

    yield from _path_contradictions(config, problem)
    for name in config.fields:
        if name in _RESERVED_FIELDS:
            yield problem("is a name that this program uses itself; choose another", "fields", name)
    known = (*_OWN_FIELDS, "decade", "century", "access", *config.own_facets)
    for number, name in enumerate(config.facets):
        if name not in known:
            yield problem(f'found "{name}", which is not a facet; known: {", ".join(known)}', "facets", number)
        elif name in config.facets[:number]:
            yield problem(f'found "{name}" a second time; name each facet once', "facets", number)
    for name in config.ranking.weights:
        if name not in (*_CHUNKS, *config.fields):
            yield problem(f"is not a searched field; known: {', '.join((*_CHUNKS, *config.fields))}", "ranking", "weights", name)
    yield from _source_contradictions(config, problem)
    codes = [(("language",), config.language), *((("labels", code), code) for code in config.labels)]
    for place, code in (*codes, *((("languages", number), code) for number, code in enumerate(config.languages))):
        if not is_language(code):
            yield problem(f'found "{code}", which is not a language; write an ISO 639-1 code, as in en or de', *place)
    yield from _site_contradictions(config, problem)
    yield from _type_contradictions(config, problem)
    yield from _people_contradictions(config, problem)
    for key, topic in config.topics.items():
        if key == NOT_STATED:
            yield problem("means documents without a topic; choose another key", "topics", key)
        parent = config.topics.get(topic.parent)
        if topic.parent and (parent is None or parent.parent):
            yield problem(f'found "{topic.parent}"; name a topic that has no parent itself', "topics", key, "parent")


def _path_contradictions(config: Config, problem: Callable[..., Problem]) -> Iterator[Problem]:
    unusable = [place for place, name in _list_paths(config) if "\0" in name]
    yield from (problem("contains the character NUL, which no path can have; remove it", *place) for place in unusable)
    if unusable:  # they cannot be compared
        return
    inside = next((name for name in _read_files(config) if _is_inside(config.folder / name, config.index_path)), None)
    if inside is not None:
        reason = f'found "{config.index.path}", which holds {inside}; write a folder for the index alone, as in var/index'
        yield problem(reason, "index", "path")


def _site_contradictions(config: Config, problem: Callable[..., Problem]) -> Iterator[Problem]:
    if not _is_address(config.site.address):
        yield problem(f'found "{config.site.address}"; write an address, as in https://archive.example.org', "site", "address")
    for name, text in config.site:
        if isinstance(text, str) and not _XML.fullmatch(text):
            yield problem("contains characters that no page can show; remove them", "site", name)
    if config.site.about and not (config.folder / config.site.about).is_file():
        yield problem(f'found "{config.site.about}", but there is no such file; correct the path', "site", "about")
    elif config.site.about and not _is_utf8(config.folder / config.site.about):
        yield problem(f'found "{config.site.about}", which is not UTF-8 text; save it as UTF-8', "site", "about")
    if config.opensearch.ca and not (config.folder / config.opensearch.ca).is_file():
        yield problem(f'found "{config.opensearch.ca}", but there is no such file; correct the path', "opensearch", "ca")
    for number, host in enumerate(config.opensearch.hosts):
        if not _is_address(host if "://" in host else f"http://{host}"):
            yield problem(f'found "{host}"; write an address, as in http://127.0.0.1:9200', "opensearch", "hosts", number)


def _source_contradictions(config: Config, problem: Callable[..., Problem]) -> Iterator[Problem]:
    known = (*_RECORD_KEYS, *config.fields)
    for number, source in enumerate(config.sources):
        for position, form in enumerate(source.date_format):
            if reason := format_mistake(form):
                advice = "write strptime codes as in %d/%m/%Y, or edtf"
                yield problem(
                    f'found "{form}", which reads no date ({reason}); {advice}', "sources", number, "date_format", position
                )
        for setting, names in (("mapping", source.mapping), ("defaults", source.defaults), ("split", source.split)):
            for name in names:
                if name not in known:
                    near = field_meant(name, known)
                    advice = f'did you mean "{near}"?' if near else "declare it under `fields`, or write a name that is known"
                    yield problem(f"is not a field of a document; {advice}", "sources", number, setting, name)
        for name, separator in source.split.items():
            if not separator:
                yield problem('found nothing, expected what separates the values, as in "|"', "sources", number, "split", name)
        for setting, template in (("id", source.id), ("url", source.url)):
            if template and not re.search(r"\{[^{}]+\}", template):
                message = f'found "{template}", which is the same for every record; name a key in it, as in {{key}}, or {{stem}}'
                yield problem(message, "sources", number, setting)


def _type_contradictions(config: Config, problem: Callable[..., Problem]) -> Iterator[Problem]:
    groups = {fold_value(kind.value) for kind in config.types if kind.children}
    values = [fold_value(kind.value) for kind in config.types]
    parents: dict[str, str] = {}
    for number, kind in enumerate(config.types):
        if values[number] in values[:number]:
            yield problem(f'found "{kind.value}" a second time; name each type once', "types", number)
        for name in (kind.value, *kind.children):
            if fold_value(name) == NOT_STATED:
                yield problem(f'found "{name}", which means documents without a type; choose another name', "types", number)
        for child in kind.children:
            if fold_value(child) in groups:
                yield problem(f'found "{child}", which is a group itself; there is one level of groups', "types", number)
            parent = parents.setdefault(fold_value(child), kind.value)
            if parent != kind.value:
                yield problem(f'found "{child}", which is in "{parent}" already', "types", number)


def _people_contradictions(config: Config, problem: Callable[..., Problem]) -> Iterator[Problem]:
    known: dict[str, str] = {}
    for slug, person in config.people.items():
        for name in (person.label, *person.also):
            other = known.setdefault(fold_value(name), slug)
            if other != slug:
                yield problem(f'found "{name}", which is a name of {other} already; a name belongs to one person', "people", slug)


def _list_paths(config: Config) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each path that the configuration names, except `site.about`, with the keys that lead to it."""
    yield from ((("sources", number, "path"), source.path) for number, source in enumerate(config.sources))
    yield from ((("facts", number), name) for number, name in enumerate(config.facts))
    yield ("synonyms",), config.synonyms
    yield ("index", "path"), config.index.path
    yield ("opensearch", "ca"), config.opensearch.ca


def _read_files(config: Config) -> tuple[str, ...]:
    return (config.path.name, *(source.path for source in config.sources), *config.facts, *filter(None, [config.synonyms]))


def _is_address(text: str) -> bool:
    """Whether this is the address of a site."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:  # half a bracket, or a port that is none
        return False
    return text.startswith(("http://", "https://")) and bool(host) and not re.search(r"\s", text)


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
