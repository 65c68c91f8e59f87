"""The help page, and the example searches it shows: those of the configuration, or ones made from the archive's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint

from search.archive import Archive
from search.engines.contract import Request
from search.known_items import find_named_items
from search.model.document import Document
from search.model.query import NOT_STATED, Query
from search.model.sentences import sentence
from search.query_language import tree as ql
from search.query_language.exclusions import usual_connector
from search.query_language.matching import Everything
from webui.addresses.links import search_url
from webui.addresses.request import archive
from webui.by_generation import keep_for_generation, print_once
from webui.languages import translate_label
from webui.pages.words import translate_text
from webui.templating import render

blueprint = Blueprint("help", __name__)
_TITLES_READ = 100
"""Number of the newest documents whose titles are read for frequent words."""
_SHORTEST = 4
"""Fewest letters of a word in an example."""
_LONGEST = 40
"""Characters of an example that still fits beside its kind."""
ALL_WORDS = sentence("All of the words, in any form")
QUOTED = sentence("Exactly these words")
WITHOUT = sentence("One word without the other")
EITHER = sentence("Either word; brackets group")
BEGINNING = sentence("Part of a word")
TITLE = sentence("A word in the title")
FIELD = sentence("A type, a topic, a person")
YEARS = sentence("Years")
DATE = sentence("A date, as people write it")
TYPE = sentence("A type in words")
ORDER = sentence("The newest or the oldest")
NAME = sentence("A name, also with initials")
OTHER_NAMES = sentence("Abbreviations, other names")
SPELLING = sentence("Other spellings")
ID = sentence("Id, call number, address")
QUESTION = sentence("A question")
PASTED = sentence("Title, citation, sentence")
KINDS = (
    ALL_WORDS, QUOTED, WITHOUT, EITHER, BEGINNING, TITLE, FIELD, YEARS, DATE,
    TYPE, ORDER, NAME, OTHER_NAMES, SPELLING, ID, QUESTION, PASTED,
)  # fmt: skip
"""The kinds of searches, in the order in which the help page shows them."""
_FEWEST_PASTED = 6
"""Words of an example that is a sentence or a title."""
_INITIAL = re.compile(r"[^\W\d_]\.")


@dataclass(frozen=True, slots=True)
class Example:
    """An example search: what is typed, and which of the kinds it is of."""

    typed: str
    kind: str


@keep_for_generation
def examples(archive: Archive) -> tuple[Example, ...]:
    """Return the examples that find something in the current generation; kept, because each example is a search."""
    typed = archive.config.site.examples or dict.fromkeys(text for text in _make_examples(archive) if len(text) <= _LONGEST)
    return tuple(Example(text, _kind_of(text, archive)) for text in typed if archive.count(Query(text)))


def _kind_of(text: str, archive: Archive) -> str:
    """Return which kind of search a text is."""
    tree, order = archive.understand(archive.parse(text), text, True)
    if find_named_items(text, archive.engine):
        return ID
    if text.endswith("?"):
        return QUESTION
    if order:
        return ORDER
    parts = tree.parts if isinstance(tree, ql.All) else ()
    if not parts or isinstance(parts[0], ql.Cited):
        return PASTED
    kinds = [kind for part in parts for kind in [_kind_of_part(part)] if kind]
    return kinds[0] if kinds else _kind_of_words(text, parts, archive)


def _kind_of_part(part: ql.Part) -> str:
    """Return which kind of search a part makes a query; "" for a plain word."""
    match part:
        case ql.Not():
            return WITHOUT
        case ql.Understood(_, _, filters):
            return WITHOUT if part.is_exclusion else TYPE if any(isinstance(each, ql.FieldValue) for each in filters) else DATE
        case ql.Either() | ql.Group():
            return EITHER
        case ql.Phrase():
            return QUOTED
        case ql.Prefix():
            return BEGINNING
        case ql.InTitle():
            return TITLE
        case ql.FieldValue():
            return FIELD
        case ql.YearRange():
            return YEARS
        case _:
            return ""


def _kind_of_words(text: str, parts: tuple[ql.Part, ...], archive: Archive) -> str:
    page = archive.search(Query(text))
    if page.ran == "corrected" or "-" in text:
        return SPELLING
    if _INITIAL.search(text):
        return NAME
    if any(not part.is_plain for part in page.reading.parts):
        return OTHER_NAMES
    return PASTED if len(parts) >= _FEWEST_PASTED else ALL_WORDS


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


def _with_exclusion_in_words(archive: Archive) -> tuple[Example, ...]:
    """Return the examples, with a word such as "without" too for the first minus, if that finds something."""
    found = examples(archive)
    connector = usual_connector(archive.config.language)
    for place, one in enumerate(found if connector else ()):
        match archive.parse(one.typed):
            case ql.All((ql.Word(text), ql.Not(ql.Word(other)))):
                typed = f"{text} {connector} {other}"
                more = (Example(typed, WITHOUT),) if archive.count(Query(typed)) else ()
                return (*found[: place + 1], *more, *found[place + 1 :])
    return found


@keep_for_generation
def _rows(archive: Archive) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each kind of which there are examples, and what is typed for these."""
    found = _with_exclusion_in_words(archive)
    rows = ((kind, tuple(one.typed for one in found if one.kind == kind)) for kind in KINDS)
    return tuple((kind, typed) for kind, typed in rows if typed)


@blueprint.get("/help")
@print_once
def guide() -> str:
    """Show how to search, with examples."""
    rows = [(translate_text(kind), [(text, search_url(Query(text))) for text in typed]) for kind, typed in _rows(archive())]
    config = archive().config
    own_fields = [(name, translate_label(config.fields[name].label)) for name in config.searched_own_fields]
    return render("help.html", rows=rows, own_fields=own_fields)
