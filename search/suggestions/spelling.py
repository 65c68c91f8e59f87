"""Spelling: for a word that finds nothing, the nearest word that finds something."""

from __future__ import annotations

from msgspec.structs import replace

from search.engines.contract import Engine, Request
from search.query_language import parser as ql
from search.query_language.matching import to_match
from search.text.analysis import Analyzer

MIN_LENGTH = 4
"""Shorter words have too many neighbours within two edits to guess from."""
MOST_LOOKED_UP = 8
"""Words of one query that are looked up; each costs a search and a walk through the vocabulary."""


def corrected(tree: ql.Tree, analyzer: Analyzer, engine: Engine) -> ql.Tree | None:
    """The query with each unknown word replaced by the nearest known one, where there is one; None when none is replaced, or
    only stop words would be asked for.
    """
    if isinstance(tree, ql.Passage):
        return None
    texts = [text for part in tree.parts for text in _texts(part)]
    words = list(dict.fromkeys(word for text in texts for word in analyzer.query_words(text)))[: ql.MAX_WORDS]
    unheld = [word for word, documents in zip(words, engine.document_frequencies(words), strict=True) if not documents]
    nearest: dict[str, str] = {}
    for word in [word for word in unheld if len(word) >= MIN_LENGTH][:MOST_LOOKED_UP]:
        if not _known(word, analyzer, engine) and (similar := engine.similar_words(word, 1)):
            nearest[word] = similar[0][0]
    if not nearest:
        return None
    parts = tuple(_respelled(part, nearest, analyzer) for part in tree.parts)
    return None if all(_says_nothing(part, analyzer) for part in parts) else ql.All(parts)


def _says_nothing(part: ql.Item | ql.Either, analyzer: Analyzer) -> bool:
    return isinstance(part, ql.Word) and analyzer.stop_words.issuperset(analyzer.query_words(part.text))


def _texts(part: ql.Item | ql.Either) -> list[str]:
    """The words asked for in a part. What is excluded, or only begun, is not looked up."""
    match part:
        case ql.Word(text) | ql.Phrase(text):
            return [text]
        case ql.InTitle(item):
            return _texts(item)
        case ql.Either(items):
            return [text for item in items for text in _texts(item)]
        case _:
            return []


def _respelled(part: ql.Item | ql.Either, nearest: dict[str, str], analyzer: Analyzer) -> ql.Item | ql.Either:
    match part:
        case ql.Word(text) | ql.Phrase(text):
            return replace(part, text=_respelled_text(text, nearest, analyzer))
        case ql.InTitle(item):
            return replace(part, item=_respelled(item, nearest, analyzer))
        case ql.Either(items):
            return replace(part, items=tuple(_respelled(item, nearest, analyzer) for item in items))
        case _:
            return part


def _respelled_text(text: str, nearest: dict[str, str], analyzer: Analyzer) -> str:
    """The text with the words replaced where they stand; what is between them stays."""
    words = analyzer.query_words(text)
    if len(words) == 1:
        return nearest.get(words[0], text)
    places = {(start, end): word for word, start, end in analyzer.spans(text) if word in nearest}
    for (start, end), word in reversed(places.items()):
        text = text[:start] + nearest[word] + text[end:]
    return text


def _known(word: str, analyzer: Analyzer, engine: Engine) -> bool:
    """Whether the word finds something in another form, or written as two."""
    return engine.find(Request(to_match(ql.All((ql.Word(word),)), analyzer), limit=0)).total > 0
