"""The help page, and the example searches it shows: those of the configuration, or ones made from the archive's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from flask import Blueprint

from search.archive import Archive
from search.engines.contract import Request
from search.model.document import Document
from search.model.query import NOT_STATED, Query
from search.model.sentences import join_parts, sentence
from search.query_language import tree as ql
from search.query_language.exclusions import usual_connector
from search.query_language.matching import Everything
from webui.addresses.links import search_url
from webui.addresses.request import archive
from webui.languages import translate_label
from webui.pages.words import translate_text
from webui.templating import render

blueprint = Blueprint("help", __name__)
_TITLES_READ = 100
"""Number of the newest documents whose titles are read for frequent words."""
_SHORTEST = 4
"""Fewest letters of a word in an example."""
_LONGEST = 40
"""Characters of an example that still fits beside what it finds."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example search: what is typed, and what it finds, in words."""

    typed: str
    why: str


def examples(archive: Archive) -> tuple[Example, ...]:
    """Return the examples that find something in the current generation."""
    return _find_examples(archive, archive.engine.current().id)


@lru_cache(maxsize=8)
def _find_examples(archive: Archive, generation: str) -> tuple[Example, ...]:
    """Return the examples of a generation; cached, because each example is a search."""
    typed = archive.config.site.examples or dict.fromkeys(text for text in _make_examples(archive) if len(text) <= _LONGEST)
    return tuple(Example(text, _why(archive.parse(text))) for text in typed if archive.count(Query(text)))


def _why(tree: ql.Tree) -> str:
    """Return what a query finds, in words."""
    match tree:
        case ql.All((ql.Word(text),)) if re.fullmatch(r"\d+(\D\d+){2}", text):
            return sentence("documents of that day; the date in words works too")
        case ql.All((ql.Word(text),)) if "-" in text:
            return sentence("also written as one word, or as two")
        case ql.All((ql.Phrase(),)):
            return sentence("exactly these words, side by side")
        case ql.All((ql.Prefix() as part,)):
            return ql.describe(part)
        case ql.All((ql.Either(),)):
            return sentence("either word")
        case ql.All((ql.InTitle(),)):
            return sentence("the word in the title")
        case ql.All((ql.Word(), ql.Not(ql.Word()))):
            return sentence("the first word without the second")
        case ql.All(parts) if all(isinstance(part, ql.Word) for part in parts):
            return sentence("documents with all of the words, in any form")
        case ql.All(parts):
            return join_parts("%(one)s; %(other)s", map(ql.describe, parts))
        case _:
            return sentence("documents with any of the words")


def _make_examples(archive: Archive) -> Iterator[str]:
    """Yield an example of each kind, from frequent words of titles and frequent values."""
    facets = ("type", "topic", "year")
    found = archive.engine.find(Request(Everything(), facets=facets, sort="newest", limit=_TITLES_READ))
    documents = [document for document, _ in found.hits]
    words, pairs = _find_common_words(archive, documents)
    for pair in pairs:
        yield from (pair, f'"{pair}"')
    if len(words) > 1:
        yield from (f"{words[0]} -{words[1]}", f"{words[0]} OR {words[1]}")
    if words:
        yield from (f"{words[0][:_SHORTEST]}*", f"title:{words[0]}")
    values = {name: [value for value in found.counts[name] if value != NOT_STATED] for name in facets}
    years = sorted(values["year"], key=int)
    for name in ("type", "topic"):
        if values[name]:
            value = max(values[name], key=found.counts[name].__getitem__)
            bounds = f" year:{years[0]}..{years[-1]}" if name == "type" and years else ""
            yield ql.format_tree(ql.FieldValue(name, value)) + bounds
    yield from [document.date.edtf for document in documents if document.date and len(document.date.edtf) == 10][:1]


def _find_common_words(archive: Archive, documents: list[Document]) -> tuple[list[str], list[str]]:
    """Return the two words, and the pair of adjacent words, that most titles contain."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for document in documents:
        titled = archive.analyzer.words(document.title)
        usable = {word for word in titled if _is_usable(archive, word)}
        words.update(sorted(usable))
        pairs.update(sorted({f"{one} {other}" for one, other in pairwise(titled) if {one, other} <= usable}))
    return [word for word, _ in words.most_common(2)], [pair for pair, _ in pairs.most_common(1)]


def _is_usable(archive: Archive, word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and word not in archive.analyzer.stop_words


@lru_cache(maxsize=8)
def _examples_of_exclusion(archive: Archive, generation: str) -> tuple[str, ...]:
    """Return the example that excludes a word, with a word such as "without" for the minus; none if it finds nothing."""
    connector = usual_connector(archive.config.language)
    for one in examples(archive) if connector else ():
        match archive.parse(one.typed):
            case ql.All((ql.Word(text), ql.Not(ql.Word(other)))):
                typed = f"{text} {connector} {other}"
                return (typed,) if archive.count(Query(typed)) else ()
    return ()


@blueprint.get("/help")
def guide() -> str:
    """Show how to search, with examples."""
    rows = [(one.typed, translate_text(one.why), search_url(Query(one.typed))) for one in examples(archive())]
    config = archive().config
    own_fields = [(name, translate_label(config.fields[name].label)) for name in config.searched_own_fields]
    exclusions = _examples_of_exclusion(archive(), archive().engine.current().id)
    exclusion_links = [(typed, search_url(Query(typed))) for typed in exclusions]
    return render("help.html", examples=rows, own_fields=own_fields, exclusion_links=exclusion_links)
