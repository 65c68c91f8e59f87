"""The hits of a page: each document found, with its title and a snippet in which the words of the query are marked."""

from __future__ import annotations

from itertools import compress

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
    show_match = [has_match(snippet) for snippet, _ in snippets]
    titles, holding = _mark_titles(found, [all_matches or not one for one in show_match], fields, marker)
    hits = []
    for (document, score), (snippet, section), shows_match, title, others in zip(
        found.hits, snippets, show_match, titles, holding, strict=True
    ):
        shown = document.title or display_title(document, config.language, fields)
        matched: tuple[str, ...] = ("title",) if has_match(title) else ()
        if shows_match:
            matched += ("text" if section else "summary",)
        elif others and (own := excerpt_own_fields(document, config.fields, others, marker)):
            snippet, section = own, None
        anchor, heading = (section.anchor, section.heading) if section else ("", "")
        lacks = words_lacking(document, choice.sought, fields.analyzer) if choice.sought else ()
        hits.append(Hit(document, score, shown, title or (Fragment(shown),), snippet, anchor, heading, matched + others, lacks))
    return tuple(hits)


def _mark_titles(
    found: Answer, looked_through: list[bool], fields: Fields, marker: Marker
) -> tuple[list[Fragments], list[tuple[str, ...]]]:
    """Return the marked title of each hit, and the names of those of its short fields that hold one of the words."""
    owners: list[tuple[int, str]] = []
    texts: list[str] = []
    for number in compress(range(len(found.hits)), looked_through if found.terms else ()):
        for name, text in fields.short_texts(found.hits[number][0]):
            owners.append((number, name))
            texts.append(text)
    titles, matching = marker.mark_all([document.title for document, _ in found.hits], texts)
    holding: list[tuple[str, ...]] = [()] * len(titles)
    for number, name in dict.fromkeys([owners[number] for number in matching]):
        holding[number] += (name,)
    return titles, holding
