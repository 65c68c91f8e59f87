"""Dates, types and orders that people put into words: "commentary about China in 2013", "latest podcasts", "before 2014".

What is read here is a proposal: the archive uses it only where it finds something, shows it, and lets it be taken back.
Years without any other word of time stay words, as in a title that holds one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from search.model.dates import DateSpan
from search.query_language.date_phrases import BARE_YEAR, DatePhraseReader
from search.query_language.exclusions import ExclusionReader, fold_piece, strip_marks
from search.query_language.meanings import (
    DatePhrase,
    ExclusionPhrase,
    Phrase,
    SortPhrase,
    TypePhrase,
    without_overlaps,
)
from search.query_language.parts_of_years import NAMES_WITHOUT_DIGITS
from search.query_language.question_words import FEWEST_IN_SENTENCE, QuestionWords
from search.query_language.time_words import time_words
from search.text.analysis import Analyzer

_BY = frozenset("by from of von de par por".split())
_DERIVED = re.compile(r"(?:er|or|ed|ing)s?$")
"""Endings of words that mean something else than the word they come from, although the stem is the same."""
_STATED_ORDERS: dict[str, Literal["newest", "oldest"]] = {
    **dict.fromkeys(("sort:newest", "sort:latest", "sort:date"), "newest"),
    **dict.fromkeys(("sort:oldest", "sort:earliest"), "oldest"),
}
"""Orders as addresses state them, in any language."""
_LONGEST_PLAIN, _LONGEST_REQUEST = 7, 14
"""Most pieces of a text in which exclusions in words and "last two years" are read."""


class PhraseReader:
    """Reads the phrases of one archive: its language, its types by folded label, and how it reads a date."""

    def __init__(
        self,
        analyzer: Analyzer,
        types: Mapping[str, str],
        read_dates: Callable[[str], tuple[DateSpan, ...]],
        own_names: tuple[str, ...] = (),
    ) -> None:
        """`types` maps each label or value that may be typed to the value of the type; a label in the singular is enough.

        All documents are of the archive, so its `own_names` mean nothing beside a type: "EWI podcasts", "podcasts by EWI".
        """
        self._analyzer = analyzer
        self._words = time_words(analyzer.language)
        self._questions = QuestionWords(analyzer)
        self._types = {key: value for label, value in types.items() if (key := self._stems([label]))}
        self._words_of_types = frozenset(fold_piece(word).rstrip("s") for label in types for word in label.split())
        self._own_names = frozenset(filter(None, (self._stems([name]) for name in own_names)))
        self._longest_type = max(map(len, self._types), default=0)
        self._longest_name = max(map(len, self._own_names), default=0)
        self._openings_of_types = {key[0] for key in self._types}
        self._ordering = self._words.openings_of_orders | _STATED_ORDERS.keys()
        self._dates = DatePhraseReader(self._words, analyzer.language, read_dates)
        self._exclusions = ExclusionReader(analyzer.language, self.is_small)
        self._openings = NAMES_WITHOUT_DIGITS | self._ordering | self._exclusions.openings | self._dates.openings_of_undated

    def read(self, pieces: Sequence[str], may_exclude: bool = True) -> tuple[Phrase, ...]:
        """Return the phrases among the typed pieces in order; they never overlap. Exclusions are read only if `may_exclude`."""
        plain = list(map(strip_marks, pieces))
        folded = self._exclusions.fold(pieces, plain)
        if not self.may_mean_more(folded):
            return ()
        dates = self._read_dates(plain, folded)
        kinds = self._read_type(plain, folded, dates)
        if kinds or (len(folded) > 1 and all(map(self._is_unsearched, folded))):
            dates += self._dates.bare_years(plain, [*dates, *kinds])
        if not kinds and self._is_sentence(folded):
            dates = [date for date in dates if not _is_inside(date, len(folded))]
        exclusion = self._read_exclusion(pieces, plain, folded, dates, kinds) if may_exclude else None
        if exclusion is not None and not kinds:  # everything but podcasts 2013
            rest = (*folded[: exclusion.start], *folded[exclusion.start + exclusion.count :])
            dates += self._dates.bare_years(plain, [*dates, exclusion]) if all(map(self._is_unsearched, rest)) else []
        found = without_overlaps([*filter(None, [exclusion]), *dates, *kinds, *self._orders(pieces, folded, kinds)])
        return tuple(sorted(found, key=lambda phrase: phrase.start))

    def _read_dates(self, plain: list[str], folded: list[str]) -> list[Phrase]:
        """Read the dates, none of which begins inside the name of a type: "blog post 2017" is not after 2017."""
        dates = self._dates.read(plain, folded)
        for date in dates:
            kind = self._type_at(plain, date.start - 1) if date.start else None
            if kind is not None and kind.count > 1:
                hidden = range(kind.start, kind.start + kind.count)
                rest = (["" if place in hidden else piece for place, piece in enumerate(pieces)] for pieces in (plain, folded))
                return self._dates.read(*rest)
        return dates

    def _is_sentence(self, folded: list[str]) -> bool:
        """Return whether the pieces may be a sentence from a document, and no question or request."""
        return (
            len(folded) >= FEWEST_IN_SENTENCE
            and not self._questions.has_opener(folded)
            and not self._questions.is_generic(folded[0])
        )

    def may_mean_more(self, folded: Sequence[str]) -> bool:
        """Return whether the pieces may have a phrase: not if all consist of letters and none begins a phrase."""
        joined = "".join(folded)
        is_plain = joined.isascii() and joined.isalpha() and self._openings.isdisjoint(folded)
        return not (is_plain and self._openings_of_types.isdisjoint(map(self._analyzer.stem, folded)))

    def type_named(self, text: str) -> str:
        """Return the type of this name, in the singular or plural; "" if there is none."""
        return self._types.get(self._stems(text.split()), "")

    def ends_with_connector(self, pieces: Sequence[str]) -> int:
        """Return how many of the last pieces are a connector that excludes what follows, such as a quoted part."""
        folded = [fold_piece(strip_marks(piece)) for piece in pieces]
        for start in range(len(folded)):
            if start + (size := self._exclusions.connector_at(folded, start)) == len(folded) and size:
                return size
        return 0

    # exclusions

    def _read_exclusion(
        self, pieces: Sequence[str], plain: list[str], folded: list[str], dates: list[Phrase], kinds: list[Phrase]
    ) -> Phrase | None:
        """Read the exclusion of a short request, or of a longer one that begins as a request for documents."""
        if not self._exclusions.may_read(folded):
            return None
        is_request = bool(kinds) or folded[0] in self._words.fillers or self._questions.is_generic(folded[0])
        if len(pieces) > (_LONGEST_REQUEST if is_request else _LONGEST_PLAIN) or self._is_question(pieces, folded):
            return None
        first_type = range(kinds[0].start, kinds[0].start + kinds[0].count) if kinds else range(0)
        sizes = self._first_excluded(plain, folded) | {phrase.start: phrase.count for phrase in dates}
        found = self._exclusions.read(pieces, folded, sizes, first_type)
        if found is None or self._words.recent_at(folded, found.excluded[0][0]):  # not the last two years
            return None
        meanings = {phrase.start: phrase.meaning for phrase in dates}
        excluded = tuple(self._meaning_at(plain, meanings, *place) for place in found.excluded)
        return Phrase(found.start, found.count, ExclusionPhrase(excluded))

    def _first_excluded(self, plain: list[str], folded: list[str]) -> dict[int, int]:
        """Return the place and size of a year or a type after the connector that begins a request, as in "not 2013 china"."""
        if not (size := self._exclusions.opening_of(folded)):
            return {}
        place = next((place for place in range(size, len(folded)) if not self.is_small(folded[place])), len(folded))
        if self._dates.bare_year("".join(plain[place : place + 1])):
            return {place: 1}
        kind = self._type_at(plain, place)
        return {place: kind.count} if kind else {}

    def _meaning_at(self, plain: list[str], dates: Mapping[int, object], start: int, count: int) -> DatePhrase | TypePhrase | str:
        date = dates.get(start)
        if isinstance(date, DatePhrase):
            return date
        kind = self._type_at(plain, start)
        if kind is not None and kind.count == count and isinstance(kind.meaning, TypePhrase):
            return kind.meaning
        words = " ".join(plain[start : start + count])
        return self._dates.bare_year(words) or words

    def _is_question(self, pieces: Sequence[str], folded: list[str]) -> bool:
        is_request = folded[0] in self._words.fillers or self._exclusions.connector_at(folded, 0)
        return any("?" in piece for piece in pieces) or (self._questions.has_opener(folded) and not is_request)

    # types and orders

    def _read_type(self, plain: list[str], folded: list[str], dates: list[Phrase]) -> list[Phrase]:
        """Read the type at the start of a question, after small words, if the question ends there or has a subject after it."""
        dated = {place for phrase in dates for place in range(phrase.start, phrase.start + phrase.count)}
        for start in range(len(plain)):
            if start in dated:
                continue
            own = self._own_name_at(plain, start)
            found = self._type_at(plain, start + own)
            if found is not None:
                end = start + own + found.count
                end += self._by_us(plain, folded, end)
                found = Phrase(start, end - start, found.meaning)
                rest = range(end, len(plain))
                ends = all(
                    place in dated or self._is_unsearched(folded[place]) or self._is_order(folded, place) for place in rest
                )
                about = next((place for place in rest if folded[place] not in self._words.being), end)  # reports are about
                says_about = about < len(plain) and (end in dated or folded[about] in self._words.about)
                says_about = says_about or bool(self._exclusions.connector_at(folded, end))
                return [found] if ends or says_about else []
            if not (self.is_small(folded[start]) or self._is_order(folded, start) or BARE_YEAR.fullmatch(folded[start])):
                return []
        return []

    def _own_name_at(self, plain: list[str], start: int) -> int:
        """Return how many pieces the archive's own name takes that begins at a piece; 0 if none does."""
        sizes = range(min(self._longest_name, len(plain) - start), 0, -1)
        return next((size for size in sizes if self._stems(plain[start : start + size]) in self._own_names), 0)

    def _by_us(self, plain: list[str], folded: list[str], start: int) -> int:
        """Return how many pieces say that the archive published something, as in "by EWI" and "from the institute"."""
        if folded[start : start + 1] and folded[start] in _BY:
            ahead = 1 + (folded[start + 1 : start + 2] == ["the"])
            own = self._own_name_at(plain, start + ahead)
            return own and ahead + own
        return 0

    def _type_at(self, plain: list[str], start: int) -> Phrase | None:
        first = self._stems(plain[start : start + 1])
        if first and first[0] not in self._openings_of_types:
            return None
        word = fold_piece("".join(plain[start : start + 1]))
        if _DERIVED.search(word) and word.rstrip("s") not in self._words_of_types:  # reporters are no reports
            return None
        for size in range(min(self._longest_type, len(plain) - start), 0, -1):
            value = self._types.get(self._stems(plain[start : start + size]))
            if value is not None and self._stems(plain[start + size - 1 : start + size]):  # the last piece has a word
                return Phrase(start, size, TypePhrase(value))
        return None

    def _orders(self, pieces: Sequence[str], folded: list[str], kinds: list[Phrase]) -> list[Phrase]:
        """Read `latest`, `newest first` at the end, `last` or `first` before a type, and `last two years` in a short request."""
        if self._ordering.isdisjoint(folded):
            return []
        before_types = {phrase.start - 1 for phrase in kinds}
        words, longest = self._words, _LONGEST_REQUEST if kinds else _LONGEST_PLAIN
        for place, word in enumerate(folded):
            if word in _STATED_ORDERS:
                return [Phrase(place, 1, SortPhrase(_STATED_ORDERS[word]))]
            order, size = words.order_at(folded, place)
            is_short = word in words.newest | words.oldest and len(folded) <= longest
            if order and (place + size == len(folded) or (is_short and self._ends_order(pieces, folded, place + size, kinds))):
                return [Phrase(place, size, SortPhrase(order))]
            size = words.recent_at(folded, place)
            if size and len(folded) <= longest and not words.is_negated(folded, place, self._exclusions.connector_at):
                return [Phrase(place, size, SortPhrase("newest"))]
            is_all = len(folded) > 1 and self._has_only_generic_words(folded, kinds, place)
            start, size = words.with_count(folded, place)
            is_all = is_all or start + size - 1 in before_types
            if place and folded[place - 1] in self._exclusions.none:  # no first use
                continue
            if word in words.newest or (word in words.last | words.new and is_all):
                order = "newest"
            elif word in words.oldest or (word in words.first and is_all):
                order = "oldest"
            else:
                continue
            is_closed = folded[-1] in words.first and start + size < len(folded)  # oldest report first
            found = [(start, size), *([(len(folded) - 1, 1)] if is_closed else [])]
            return [Phrase(*each, SortPhrase(order)) for each in found]
        return []

    def _ends_order(self, pieces: Sequence[str], folded: list[str], end: int, kinds: list[Phrase]) -> bool:
        """Whether an order of several words ends before a piece: "latest first reports", but not "latest first responders"."""
        is_marked = not pieces[end - 1][-1].isalnum()
        return is_marked or self.is_small(folded[end]) or any(phrase.start == end for phrase in kinds)

    def _is_order(self, folded: list[str], place: int) -> bool:
        """Whether a piece states an order, or the number of documents beside one, as in "last 5 reports"."""
        beside = (place - 1, place + 1, place + 2) if self._words.is_count(folded[place]) else (place,)
        if folded[place] in self._words.superlative:
            beside = (place + 1,)
        return any(0 <= number < len(folded) and folded[number] in self._ordering for number in beside)

    def _has_only_generic_words(self, folded: list[str], kinds: list[Phrase], place: int) -> bool:
        """Whether all words but one are generic, as in "what did you publish last?" or "what's new"."""
        typed = {number for phrase in kinds for number in range(phrase.start, phrase.start + phrase.count)}
        rest = (folded[number] for number in range(len(folded)) if number not in typed | {place})
        return all(map(self._is_unsearched, rest))

    def _is_unsearched(self, word: str) -> bool:
        """Whether a word is not searched beside a type and a date, as "published" in "reports published in 2013"."""
        return self.is_small(word) or self._questions.is_unsearched(word) or BARE_YEAR.fullmatch(word) is not None

    def is_small(self, word: str) -> bool:
        """Return whether a folded word is not searched for by itself."""
        small = not word or word in self._words.fillers or word in self._words.about
        return small or self._analyzer.has_only_stop_words(word)

    def _stems(self, texts: Sequence[str]) -> tuple[str, ...]:
        return self._analyzer.query_stems(" ".join(texts))


def _is_inside(date: Phrase, count: int) -> bool:
    """Return whether a date is followed by more words and has both bounds: in a sentence it belongs to what is told."""
    is_closed = isinstance(date.meaning, DatePhrase) and all(None not in days for days in date.meaning.bounds)
    return is_closed and date.start + date.count < count
