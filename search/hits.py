"""The hits of a page: each document found, with its title and a snippet in which the words of the query are marked."""

from __future__ import annotations

from collections.abc import Iterator

from search.choices import Choice
from search.config.settings import Config
from search.engines.contract import Answer
from search.fields import Fields, display_title
from search.marking.own_values import excerpt_own_fields
from search.marking.snippets import Marker
from search.model.results import Fragment, Fragments, Hit, has_match
from search.reading import words_lacking


def make_hits(
    found: Answer, choice: Choice, fields: Fields, config: Config, marker: Marker, all_matches: bool
) -> tuple[Hit, ...]:
    """Return the hits of an answer to a search, in their order.

    Short fields, such as people and topics, are looked through with `all_matches`, else only where no snippet shows a match.
    """
    snippets = [marker.snippet(document) for document, _ in found.hits]
    looked_through = [all_matches or not has_match(snippet) for snippet, _ in snippets]
    marked = _mark_titles(found, looked_through, fields, marker)
    hits = []
    for (document, score), (snippet, section), (title, others) in zip(found.hits, snippets, marked, strict=True):
        shown = display_title(document, config.language, fields)
        matched: tuple[str, ...] = ("title",) if has_match(title) else ()
        if has_match(snippet):
            matched += ("text" if section else "summary",)
        elif others and (own := excerpt_own_fields(document, config.fields, others, marker)):
            snippet, section = own, None
        anchor, heading = (section.anchor, section.heading) if section else ("", "")
        lacks = words_lacking(document, choice.sought, fields.analyzer) if choice.sought else ()
        hits.append(Hit(document, score, shown, title or (Fragment(shown),), snippet, anchor, heading, matched + others, lacks))
    return tuple(hits)


def _mark_titles(
    found: Answer, looked_through: list[bool], fields: Fields, marker: Marker
) -> Iterator[tuple[Fragments, tuple[str, ...]]]:
    """Yield the marked title of each hit, and those of its short fields that hold one of the words."""
    short = [
        fields.short_texts(document) if found.terms and is_looked_through else []
        for (document, _), is_looked_through in zip(found.hits, looked_through, strict=True)
    ]
    texts = [text for named in short for _, text in named]
    titles, matching = marker.mark_all([document.title for document, _ in found.hits], texts)
    first = 0
    for title, named in zip(titles, short, strict=True):
        holds = [named[number - first][0] for number in matching if first <= number < first + len(named)]
        yield title, tuple(dict.fromkeys(holds))
        first += len(named)
