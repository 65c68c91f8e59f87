"""The hits of a page: each document found, with its title and a snippet in which the words of the query are marked."""

from __future__ import annotations

from search.choices import Choice
from search.config.settings import Config
from search.engines.contract import Answer
from search.fields import Fields, display_title
from search.marking.own_values import excerpt_own_fields
from search.marking.snippets import Marker
from search.model.results import Fragment, Hit, has_match
from search.reading import words_lacking


def make_hits(
    found: Answer, choice: Choice, fields: Fields, config: Config, marker: Marker, all_matches: bool
) -> tuple[Hit, ...]:
    """Return the hits of an answer to a search, in their order.

    Short fields, such as people and topics, are looked through with `all_matches`, else only where neither title nor snippet
    shows a match, or a field of the archive's own may show it in the place of the snippet.
    """
    snippets = [marker.snippet(document) for document, _ in found.hits]
    titles = marker.mark_all([document.title for document, _ in found.hits])
    in_snippet, in_title = [has_match(snippet) for snippet, _ in snippets], list(map(has_match, titles))
    looked_through = [
        number
        for number, (document, _) in enumerate(found.hits)
        if all_matches or not (in_snippet[number] or (in_title[number] and not document.extra))
    ]
    holding = _find_short_fields(found, looked_through, fields, marker) if looked_through and found.terms else {}
    hits = []
    for number, ((document, score), (snippet, section), title) in enumerate(zip(found.hits, snippets, titles, strict=True)):
        shown = document.title or display_title(document, config.language, fields)
        others = holding.get(number, ())
        matched: tuple[str, ...] = ("title",) if in_title[number] else ()
        if in_snippet[number]:
            matched += ("text" if section else "summary",)
        elif others and (own := excerpt_own_fields(document, config.fields, others, marker)):
            snippet, section = own, None
        anchor, heading = (section.anchor, section.heading) if section else ("", "")
        lacks = words_lacking(document, choice.sought, fields.analyzer) if choice.sought else ()
        hits.append(Hit(document, score, shown, title or (Fragment(shown),), snippet, anchor, heading, matched + others, lacks))
    return tuple(hits)


def _find_short_fields(found: Answer, numbers: list[int], fields: Fields, marker: Marker) -> dict[int, tuple[str, ...]]:
    """Return by number of a hit, among these, the names of its short fields that hold one of the words."""
    owners: list[tuple[int, str]] = []
    texts: list[str] = []
    for number in numbers:
        for name, text in fields.short_texts(found.hits[number][0]):
            owners.append((number, name))
            texts.append(text)
    holding: dict[int, tuple[str, ...]] = {}
    for number, name in dict.fromkeys([owners[at] for at in marker.find_matching(texts)]):
        holding[number] = (*holding.get(number, ()), name)
    return holding
