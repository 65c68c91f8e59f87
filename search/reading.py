"""Describe in words how a query was read, for the page of results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from search.answering import Run
from search.fields import words_and_stems
from search.model.document import Document
from search.model.results import Reading, ReadingPart
from search.model.sentences import join_parts, sentence
from search.query_language import tree as ql
from search.query_language.exclusions import ALSO
from search.query_language.field_names import FIELD_NAMES
from search.query_language.foreign_syntax import pages_left_out
from search.query_language.matching import Match, Sequence, scored_terms
from search.query_language.parser import MAX_WORDS
from search.query_language.question import Clause
from search.text.analysis import Analyzer
from search.text.characters import APOSTROPHES

_OBJECT = r"(?:(?:the|a|an)\s+)?(\w[\w./-]*(?<=\w))"
NEGATIONS = ("not", "without", "except", "excluding", "never", "lacking")
"""Words that exclude what follows; one of them, or a verb with n't, is in every exclusion in words."""
_LEFT_OUT_IN_WORDS = re.compile(
    rf"(?:^(?:not|without)|\S\s(?:{'|'.join(NEGATIONS)})|"
    rf"n['{APOSTROPHES}]t(?=\s+(?:\w+\s+)?(?:about|on|by|mention))|\b(?:who|which|that)\s(?:is|are|was|were)n['{APOSTROPHES}]t)\s+"
    rf"(?!(?:{'|'.join(ALSO['en'].split())})\b)(?:(?:\w+\s+)?(?:about|on|by)\s+|(?:mention|mentioning|discuss|cover)\s+)?"
    + _OBJECT,
    re.IGNORECASE,
)
"""An exclusion in words, and the first word of what it excludes: "who did not write about china"."""
_MAY_EXCLUDE = re.compile(rf"[-!–—−]|n['{APOSTROPHES}]t\b|\b(?:{'|'.join(NEGATIONS)})\b", re.IGNORECASE)
"""What is in every text that the rules here take for an exclusion; most texts have none of it."""
_PASSIVE = re.compile(r"\b(\w+)\s+(?:is|are|was|were)\s+(?:not|never)\s+(?:mentioned|discussed|covered)\b", re.IGNORECASE)
_MARK_APART = re.compile(r"^[-!–—−]+\s+(?:not\s+)?(\w[^\s()]*)")
_MARK_BEFORE_LAST = re.compile(r"\w ! (\w+)$")
"""As at the end of "merci ! bonjour"."""
_NEGATED_TWICE = re.compile(r"(?:^|\s)(?:not\s*\(?[-!]|[-!]\(?not\s|[-!]+\(-)[-!(]*(\w[^\s()]*)", re.IGNORECASE)
"""As in "not -china" and "-(not china)"."""
_PASSAGE = sentence(
    "More than %(number)s words were read as a passage: documents with any of them, best first.", number=MAX_WORDS
)
_QUOTED_VALUE = re.compile(r'([A-Za-z]{2,20}):"([^"]+)"')
_FIELD_NAME = re.compile(r"([A-Za-z]{2,20}):(?!//)[^\s:/]")


def read_question(run: Run, text: str, label: Callable[[str, str], str], is_value: Callable[[str, str], bool]) -> Reading:
    """Return the parts of the question that ran for a text and what they were taken to mean, and notices about it.

    `is_value` says whether a field has a value.
    """
    if isinstance(run.tree, ql.Passage):
        return Reading((), (_PASSAGE,))
    if run.question.is_plain:
        return Reading(_parts_of_words(run.question.words), (), run.is_literal)
    clauses = run.question.clauses
    texts = [clause.text for clause in clauses]
    parts = [
        ReadingPart(text, _describe_clause(clause, text, label), _query_without(clause, number, texts), _is_plain(clause))
        for number, (clause, text) in enumerate(zip(clauses, texts, strict=True))
    ]
    has_passage = any(isinstance(part, ql.Passage) for clause in clauses for part in clause.parts)
    return Reading(tuple(parts), (*((_PASSAGE,) if has_passage else ()), *_advice(run, text, is_value)), run.is_literal)


def _parts_of_words(words: tuple[str, ...]) -> tuple[ReadingPart, ...]:
    """Return the parts of a question that is only words."""
    rests = (" ".join(words[:number] + words[number + 1 :]) for number in range(len(words)))
    return tuple([ReadingPart(word, ql.describe(ql.Word(word)), rest, True) for word, rest in zip(words, rests, strict=True)])


def _describe_clause(clause: Clause, text: str, label: Callable[[str, str], str]) -> str:
    meaning = join_parts("%(one)s and %(other)s", [ql.describe(part, label) for part in clause.parts])
    if clause.phrases:
        typed = meaning if isinstance(clause.parts[0], ql.Either) else text
        return join_parts("%(one)s or %(other)s", [typed, *(f"“{phrase}”" for phrase in clause.phrases)])
    return meaning if clause.is_required else sentence("%(words)s, not required", words=meaning)


def _is_plain(clause: Clause) -> bool:
    return not clause.phrases and all(isinstance(part, (ql.Word, ql.Phrase)) for part in clause.parts)


def _query_without(clause: Clause, number: int, texts: list[str]) -> str:
    """Return the query without a clause, or with it in quotation marks where it was taken to mean more than it says."""
    first, text = clause.parts[0], texts[number]
    quotes = bool(clause.phrases) or (isinstance(first, ql.Understood) and not first.is_exclusion)
    kept = _quote(first, text) if quotes and '"' not in text else ""
    return " ".join(filter(None, (*texts[:number], kept, *texts[number + 1 :])))


def _quote(part: ql.Part, text: str) -> str:
    """Return a text in quotation marks, each of several alternatives in its own."""
    if not isinstance(part, ql.Either):
        return f'"{text}"'
    words = (f'"{item.text}"' if isinstance(item, ql.Word) else ql.format_tree(item) for item in part.items)
    return " OR ".join(words)


def _advice(run: Run, text: str, is_value: Callable[[str, str], bool]) -> Iterator[str]:
    """Yield advice on what looks like syntax and was read as words, and on what excludes nothing."""
    if not isinstance(run.tree, ql.All):
        return
    if run.in_labels_only:
        words_left_out = join_parts("%(one)s or %(other)s", [f"“{word}”" for word in run.in_labels_only])
        yield sentence(
            "Without %(words)s anywhere, nothing is found. These documents have it only in their topics or type.",
            words=words_left_out,
        )
    words = [part.text for part in run.tree.parts if isinstance(part, ql.Word)]
    if pages := pages_left_out(text):
        yield sentence("Numbers of pages and notes are not searched, so “%(pages)s” was left out.", pages=pages)
    if excluded := _word_to_exclude(run.tree, words, text):
        yield sentence("To leave out documents with a word, write a minus before it: -%(word)s.", word=excluded)
    for part in run.tree.parts:
        if isinstance(part, ql.Not) and isinstance(part.item, ql.FieldValue) and not is_value(part.item.field, part.item.value):
            yield sentence("No document has %(what)s, so nothing was left out for it.", what=ql.describe(part.item))
    if ":" not in text and "=" not in text:
        return
    items = [item for part in run.tree.parts for item in (part.items if isinstance(part, ql.Either) else (part,))]
    found = ((item.text, _FIELD_NAME.match(item.text)) for item in items if isinstance(item, ql.Word))
    typed = [(named[1], word.partition(":")[2]) for word, named in found if named]
    phrases = {item.text for item in items if isinstance(item, ql.Phrase)}
    for field, value in (*typed, *(found for found in _QUOTED_VALUE.findall(text) if found[1] in phrases)):
        if FIELD_NAMES.get(field.lower()) == "topic":
            yield sentence("There is no topic “%(name)s”, so its words were looked for everywhere.", name=value)
        elif field.lower() not in FIELD_NAMES:
            yield sentence("There is no field “%(name)s”, so its words were looked for everywhere.", name=field)


def _word_to_exclude(tree: ql.All, words: list[str], text: str) -> str:
    """Return a word that may be meant as an exclusion but was not read as one, or not for certain; "" if there is none."""
    typed = " ".join(words)
    if not (_MAY_EXCLUDE.search(text) or _MAY_EXCLUDE.search(typed)):
        return ""
    first = tree.parts[0] if tree.parts else None
    if isinstance(first, ql.Understood) and first.is_exclusion and first.text.lower().startswith("not "):
        typed = first.text if any(_is_several_words(each) for each in first.filters) else typed
    found = _MARK_APART.search(text) or _NEGATED_TWICE.search(text) or _PASSIVE.search(typed) or _LEFT_OUT_IN_WORDS.search(typed)
    last = _MARK_BEFORE_LAST.search(text)
    return found[1] if found else last[1] if last and last[1] in words else ""


def _is_several_words(item: ql.Part) -> bool:
    return isinstance(item, ql.Not) and isinstance(item.item, ql.Group) and len(item.item.parts) > 1


def words_lacking(document: Document, sought: Iterable[tuple[str, Match]], analyzer: Analyzer) -> tuple[str, ...]:
    """Return those of some clauses, each as typed and as a match, that a document does not have."""
    held = words_and_stems(document, analyzer, with_values=True)
    return tuple(text for text, match in sought if not _has_some(match, held))


def _has_some(match: Match, held: set[str]) -> bool:
    return any(
        held.issuperset(way.tokens) if isinstance(way, Sequence) else any(word.startswith(way.prefix) for word in held)
        for term in scored_terms(match)
        for way in term.alternatives
    )
