"""Understand words as dates, types and orders, and citations as works. Pages show this; quotation marks undo it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby, takewhile

from search.config.settings import Config
from search.model.dates import edtf_year, parse_edtf
from search.model.days import calendar_day, days_of_month, year_label
from search.model.query import NOT_STATED, Sort
from search.model.sentences import date_in_words, join_parts, sentence
from search.query_language import tree as ql
from search.query_language.citations import read_address, read_citation
from search.query_language.meanings import Bounds, DatePhrase, ExclusionPhrase, Phrase, SortPhrase, TypePhrase
from search.query_language.negations import exclude
from search.query_language.phrases import PhraseReader
from search.query_language.typed_dates import read_typed_date
from search.text.analysis import Analyzer
from search.text.language_codes import base_code


def make_understanding(
    config: Config,
    analyzer: Analyzer,
    label_of_type: Callable[[str], str],
    list_types: Callable[[], tuple[str, ...]] = lambda: (),
    own_names: tuple[str, ...] = (),
) -> Understanding:
    """Return the understanding of one archive's questions: in its language, with its types by all their names.

    `list_types` returns the types of documents that the configuration does not list, `own_names` are those of the publisher.
    """
    types = {name: kind.value for kind in config.types for name in (*kind.children, *kind.also, kind.label, kind.value) if name}
    types |= {child: child for kind in config.types for child in kind.children}

    @lru_cache(4)
    def make_reader(found: tuple[str, ...]) -> PhraseReader:
        known = types | {value: value for value in found}
        return PhraseReader(analyzer, known, lambda text: read_typed_date(text, config.language), own_names)

    return Understanding(lambda: make_reader(list_types()), label_of_type, config.language)


_MAY_BE_EXCLUDED = (ql.Phrase, ql.Prefix, ql.InTitle, ql.FieldValue, ql.YearRange, ql.Either)
"""Parts that words such as "without" exclude if they precede them."""
_OR, _EITHER = {"en": "or", "de": "oder", "fr": "ou", "es": "o"}, "either"
_LONGEST_WITH_OR = 7
"""Most parts of a query in which "or" joins its neighbours; in a sentence it joins more than two words."""
_UNDATED = ql.FieldValue("year", NOT_STATED)
_ORDERS = {"newest": sentence("newest first"), "oldest": sentence("oldest first")}


class Understanding:
    """Understands the words of one archive's questions."""

    def __init__(self, current_reader: Callable[[], PhraseReader], label_of_type: Callable[[str], str], language: str) -> None:
        self._current_reader = current_reader
        self._label_of_type = label_of_type
        self._language = language
        self._or = _OR.get(base_code(language), "")

    def understand(self, tree: ql.Tree, text: str, may_exclude: bool = True) -> tuple[ql.Tree, Sort | None]:
        """Return the query with the phrases among its plain words understood, and the order they ask for, if any.

        `text` is what was typed: a citation is known by its brackets and full stops. Unless it `may_exclude`, nothing is left out
        in words, and "or" in small letters joins nothing.
        """
        is_page = isinstance(tree, ql.All) and isinstance(next(iter(tree.parts), None), ql.FieldValue)  # that of a topic
        if cited := (not is_page and read_address(text)) or read_citation(text):
            return ql.All((ql.Cited(text, cited.title, cited.year),)), None
        if isinstance(tree, ql.Passage):
            return tree, None
        may_exclude = may_exclude and "?" not in text
        parts: list[ql.Part] = []
        sort: Sort | None = None
        join = self._join_alternatives if may_exclude and len(tree.parts) <= _LONGEST_WITH_OR else list[ql.Part]
        for kind, group in groupby(tree.parts, key=type):
            run = list(group)
            is_plain = kind is ql.Word
            if not is_plain:
                parts += self._exclude_after_connector(parts, run) if may_exclude else run
                continue
            pieces = [part.text for part in run if isinstance(part, ql.Word)]
            at = 0
            for phrase in self._current_reader().read(pieces, may_exclude):
                parts += join(run[at : phrase.start])
                at = phrase.start + phrase.count
                parts.append(self._make_understood(" ".join(pieces[phrase.start : at]), phrase))
                sort = phrase.meaning.sort if isinstance(phrase.meaning, SortPhrase) else sort
            parts += join(run[at:])
        return ql.All(tuple(parts)), sort

    def may_mean_more(self, words: Sequence[str]) -> bool:
        """Return whether something may be understood in words of small letters: they join alternatives or begin a phrase."""
        return self._or in words or _EITHER in words or self._current_reader().may_mean_more(words)

    def type_named(self, text: str) -> str:
        """Return the type of this name, in the singular or plural; "" if there is none."""
        return self._current_reader().type_named(text)

    def _join_alternatives(self, words: list[ql.Part]) -> list[ql.Part]:
        """Return words with "or" in small letters between them as alternatives: "china or india", "either trust or norms".

        Only where these are all words, or small words precede them: a name of several words would be torn apart.
        """
        texts = [part.text.casefold() if isinstance(part, ql.Word) else "" for part in words]
        if self._or not in texts[1:-1]:
            return words
        reader = self._current_reader()
        start = texts.index(self._or, 1) - 1
        before, alternatives = texts[:start], texts[start::2]
        has_one_each = len(texts[start:]) % 2 == 1 and set(texts[start + 1 :: 2]) == {self._or}
        if not (has_one_each and all(text == _EITHER or reader.is_small(text) for text in before)):
            return words
        if any(
            reader.is_small(text) and not ql.format_tree(part).isupper()
            for part, text in zip(words[start::2], alternatives, strict=True)
        ):
            return words
        either = ql.Either(tuple(words[start::2]))  # type: ignore[arg-type]
        return [*(words[: start - 1] if before[-1:] == [_EITHER] else words[:start]), either]

    def _exclude_after_connector(self, before: list[ql.Part], run: list[ql.Part]) -> list[ql.Part]:
        """Return the run, with its first part excluded if `before` ends with a connector ("without"), which is then removed."""
        if not (before and isinstance(run[0], _MAY_BE_EXCLUDED)):
            return run
        words = [part.text for part in takewhile(lambda part: isinstance(part, ql.Word), reversed(before))]  # type: ignore[union-attr]
        size = self._current_reader().ends_with_connector(words[::-1])
        if not size:
            return run
        del before[-size:]
        text = " ".join((*words[:size][::-1], ql.format_tree(run[0])))
        excluded = exclude(run[0])
        meaning = ql.describe(excluded, lambda field, value: self._label_of_type(value))
        return [ql.Understood(text, meaning, (excluded,)), *run[1:]]

    def _make_understood(self, text: str, phrase: Phrase) -> ql.Understood:
        match phrase.meaning:
            case SortPhrase(order):
                return ql.Understood(text, _ORDERS[order], ())
            case ExclusionPhrase(excluded):
                without = [sentence("without %(what)s", what=self._describe(part)) for part in excluded]
                return ql.Understood(text, join_parts("%(one)s and %(other)s", without), tuple(map(self._exclude, excluded)))
            case DatePhrase() | TypePhrase() as meaning:
                return ql.Understood(text, self._describe(meaning), (self._filter(meaning),))

    def _describe(self, meaning: DatePhrase | TypePhrase | str) -> str:
        match meaning:
            case TypePhrase(value):
                return sentence("type %(value)s", value=self._label_of_type(value))
            case DatePhrase(()):
                return ql.describe(_UNDATED)
            case DatePhrase(bounds):
                words = join_parts("%(one)s or %(other)s", [describe_days(*each, self._language) for each in bounds])
                return sentence("date %(days)s", days=words)
            case words:
                return ql.describe(_word_or_group(words))

    def _filter(self, meaning: DatePhrase | TypePhrase) -> ql.FieldValue | ql.DayRange | ql.Either:
        return ql.FieldValue("type", meaning.value) if isinstance(meaning, TypePhrase) else _any_day(meaning.bounds)

    def _exclude(self, meaning: DatePhrase | TypePhrase | str) -> ql.Not:
        return exclude(_word_or_group(meaning) if isinstance(meaning, str) else self._filter(meaning))


def _word_or_group(text: str) -> ql.Word | ql.Group:
    words = tuple(map(ql.Word, text.split()))
    return words[0] if len(words) == 1 else ql.Group(words)


def _any_day(bounds: tuple[Bounds, ...]) -> ql.DayRange | ql.Either | ql.FieldValue:
    if not bounds:
        return _UNDATED
    ranges = tuple(ql.DayRange(first, last) for first, last in bounds)
    return ranges[0] if len(ranges) == 1 else ql.Either(ranges)


def describe_days(first: int | None, last: int | None, language: str) -> str:
    """Return the words for the days from `first` to `last`, at the precision they have; None is open."""
    if last is None:
        return sentence("%(date)s or later", date=_words(first, first, language))
    if first is None:
        return sentence("%(date)s or earlier", date=_words(last, last, language))
    return _words(first, last, language)


def _words(first: int | None, last: int | None, language: str) -> str:
    assert first is not None  # a phrase has one bound at least
    assert last is not None
    begins, ends = calendar_day(first), calendar_day(last)
    if begins[0] < 1:
        return date_in_words(parse_edtf(edtf_year(begins[0])), language) if -9999 <= begins[0] < 0 else year_label(begins[0])
    if begins[1:] == (1, 1) and ends[1:] == (12, 31):
        first_year, last_year = str(begins[0]), str(ends[0])
        return first_year if begins[0] == ends[0] else sentence("%(first)s to %(last)s", first=first_year, last=last_year)
    is_month = begins[:2] == ends[:2] and begins[2] == 1 and ends[2] == days_of_month(*ends[:2])
    edtf = [f"{year:04}-{month:02}" + ("" if is_month else f"-{day:02}") for year, month, day in (begins, ends)]
    shown = [date_in_words(parse_edtf(each), language) for each in dict.fromkeys(edtf)]
    return shown[0] if len(shown) == 1 else sentence("%(first)s to %(last)s", first=shown[0], last=shown[1])
