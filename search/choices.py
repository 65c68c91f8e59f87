"""What was found out about a text in one generation: which run answers it, and how it was read. Kept for all pages and filters.

No results are kept. What is kept of a text is some hundred bytes of MessagePack, which are made into values again in some ten
microseconds; as objects they would take ten times as much memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from search.answering import Run
from search.kept import Kept
from search.marking.occurrences import Learnt
from search.model.query import Sort
from search.model.results import PageLink, Ran, Reading, ReadingPart, WayOut
from search.model.sentences import from_data, to_data
from search.query_language import tree as ql
from search.query_language.matching import Boost, Match

MOST_KEPT = 4 << 20
"""Bytes of what is kept in a process: some 5,000 questions, as one takes 500 to 2,000 bytes with its text and entry."""


class Choice(Struct, frozen=True, gc=False, array_like=True):
    """Which run answers a text in one generation, and what all its pages say about the words.

    The fields named as those of `Run` are those of the run. `nearest` is the tree of the last run that was tried, and `further`
    how many further searches that took. Of a search for most words, `sought` are the clauses that ask for words, as typed, and
    `all_words` the match of all of them, None if no document has them all. `learnt` is what the marker of a page has learnt.
    """

    ran: Ran
    match: Match
    sort: Sort | None
    first: tuple[Match, ...]
    boosts: tuple[Boost, ...]
    corrected_text: str
    typed_total: int
    is_sentence: bool
    all_words: Match | None
    sought: tuple[tuple[str, Match], ...]
    nearest: ql.Tree
    further: int
    reading: Reading
    help: PageLink | None
    offers: tuple[WayOut, ...]
    learnt: Learnt = {}


def make_choice(
    run: Run, nearest: ql.Tree, further: int, reading: Reading, help_link: PageLink | None, offers: tuple[WayOut, ...]
) -> Choice:
    """Return the choice of a run. `nearest` is the tree of the last run that was tried."""
    question, has_most = run.question, run.ran == "most words"
    clauses = question.word_clauses if has_most else ()
    return Choice(
        run.ran,
        run.match,
        run.sort,
        run.first,
        run.boosts,
        run.corrected_text,
        run.typed_total,
        question.is_sentence,
        question.match if run.typed_total else None,
        tuple([(clause.text, clause.match) for clause in clauses if clause.match is not None]),
        nearest,
        further,
        reading,
        help_link,
        offers,
    )


_Packed = tuple[Choice, tuple[tuple[str, Any, str, bool], ...], tuple[Any, ...]]
"""A choice without its reading, the parts of the reading, and its notices: texts of these may be sentences, so are data."""
_NOTHING_READ = {True: Reading(is_literal=True), False: Reading(is_literal=False)}
_encode = Encoder(enc_hook=str).encode  # the meaning of words in the tree is a sentence, of which ways out use no part
_decode: Callable[[bytes], _Packed] = Decoder(_Packed).decode


def pack(choice: Choice) -> bytes:
    """Return a choice as bytes."""
    reading = choice.reading
    parts = [(part.text, to_data(part.meaning), part.rest, part.is_plain) for part in reading.parts]
    notices = [to_data(notice) for notice in reading.notices]
    return _encode((replace(choice, reading=_NOTHING_READ[reading.is_literal]), parts, notices))


def unpack(packed: bytes) -> Choice:
    """Return the choice of the bytes."""
    choice, parts, notices = _decode(packed)
    made = tuple([ReadingPart(text, from_data(meaning), rest, is_plain) for text, meaning, rest, is_plain in parts])
    reading = Reading(made, tuple([from_data(notice) for notice in notices]), choice.reading.is_literal)
    return replace(choice, reading=reading)


class Choices:
    """The choices of the texts that were asked last in the current generation. Threads may share it."""

    def __init__(self) -> None:
        self._kept = "", Kept(MOST_KEPT)

    def find(self, text: str, is_exact: bool, generation: str) -> Choice | None:
        """Return the choice that is kept of a text in a generation; None if none is."""
        current, kept = self._kept
        packed = kept.find(_key(text, is_exact)) if generation == current else None
        return None if packed is None else unpack(packed)

    def keep(self, text: str, is_exact: bool, generation: str, choice: Choice) -> None:
        """Keep the choice of a text, and none of another generation. That of half a surrogate pair is not kept."""
        try:
            packed = pack(choice)
        except UnicodeEncodeError:  # only a program sends it
            return
        current, kept = self._kept
        if generation != current:
            kept = Kept(MOST_KEPT)
            self._kept = generation, kept
        kept.keep(_key(text, is_exact), packed)


def _key(text: str, is_exact: bool) -> str:
    return f"={text}" if is_exact else f" {text}"
