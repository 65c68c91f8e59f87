"""Words around dates, types and orders in a question, by language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

from search.text.language_codes import base_code

Bound = Literal["within", "since", "after", "before", "until"]
"""How a date bounds the results."""
Order = Literal["newest", "oldest"]
Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class TimeWords:
    """The small words of one language that say how a date is meant.

    `ahead` are those before a date, "no later than" among them, and `behind` those after it, as in "2012 or later". `undated`
    are phrases for documents without a date, `superlative` the word before "recent" in "most recent".
    """

    ahead: Mapping[tuple[str, ...], Bound]
    behind: Mapping[tuple[str, ...], Bound]
    orders: Mapping[tuple[str, ...], Order]
    articles: frozenset[str]
    between: frozenset[str]
    to: frozenset[str]
    newest: frozenset[str]
    oldest: frozenset[str]
    last: frozenset[str]
    first: frozenset[str]
    new: frozenset[str]
    recent: frozenset[str]
    units: frozenset[str]
    counts: frozenset[str]
    about: frozenset[str]
    being: frozenset[str]
    fillers: frozenset[str]
    undated: frozenset[tuple[str, ...]] = frozenset()
    superlative: frozenset[str] = frozenset()

    @property
    def openings_of_orders(self) -> frozenset[str]:
        """The words that state an order, and the first words of phrases that do."""
        words = self.newest | self.oldest | self.last | self.first | self.new | self.recent
        return words | {phrase[0] for phrase in self.orders}

    @cached_property
    def bounding(self) -> frozenset[str]:
        """The words that bound the date after them on one side, and so begin a date of their own: "2012 and before 2014"."""
        return frozenset(
            words[0] for words, bound in self.ahead.items() if len(words) == 1 and bound in ("since", "after", "before")
        )

    def bound_ahead(self, folded: Sequence[str], start: int) -> tuple[Bound | None, int]:
        """Return how the words from a piece on bound the date after them, and their number, with articles.

        A word that bounds nothing may precede: "from before 2012".
        """
        bound, size = _longest(self.ahead, folded, start)
        inner, more = _longest(self.ahead, folded, start + size) if bound == "within" else (None, 0)
        if inner:
            bound, size = inner, size + more
        while bound and folded[start + size : start + size + 1] and folded[start + size] in self.articles:
            size += 1
        return bound, size

    def recent_at(self, folded: Sequence[str], start: int) -> int:
        """Return how many words from a piece on mean the recent past, as in "last couple of years"; 0 if they do not."""
        if folded[start] not in self.recent:
            return 0
        end = start + 1
        while end < len(folded) and self.is_count(folded[end]):
            end += 1
        return end + 1 - start if end < len(folded) and folded[end] in self.units else 0

    def is_count(self, word: str) -> bool:
        """Whether a word is a number of documents or years; four digits are a year."""
        return word in self.counts or (word.isdigit() and len(word) < 4)

    def with_count(self, folded: Sequence[str], place: int) -> tuple[int, int]:
        """Return the first piece and the number of pieces of an order with the number beside it, as in "last 5", "two latest"."""
        start = place - 1 if place and folded[place - 1] in self.superlative else place  # three most recent
        start = start - 1 if start and self.is_count(folded[start - 1]) else start
        end = place + 2 if place + 1 < len(folded) and self.is_count(folded[place + 1]) else place + 1
        return start, end - start

    def is_negated(self, folded: Sequence[str], place: int, connector_at: Callable[[Sequence[str], int], int]) -> bool:
        """Return whether a time is excluded or bounded by the words before it, as in "before the last two years".

        `connector_at` returns the size of the words from a piece on that exclude what follows.
        """
        skipped = self.articles | self.between
        end = next((end for end in range(place, 0, -1) if folded[end - 1] not in skipped), 0)
        for start in range(end):
            bound, size = self.bound_ahead(folded[:end], start)
            if end - start in (size if bound != "within" else 0, connector_at(folded[:end], start)):
                return True
        return False

    def bound_behind(self, folded: Sequence[str], start: int) -> tuple[Bound | None, int]:
        """Return how the words from a piece on bound the date before them, and their number."""
        return _longest(self.behind, folded, start)

    def order_at(self, folded: Sequence[str], start: int) -> tuple[Order | None, int]:
        """Return the order that the words from a piece on state, as in "sorted by date", and their number."""
        return _longest(self.orders, folded, start)


def _longest(phrases: Mapping[tuple[str, ...], Meaning], folded: Sequence[str], start: int) -> tuple[Meaning | None, int]:
    for size in range(min(_LONGEST, len(folded) - start), 0, -1):
        if meaning := phrases.get(tuple(folded[start : start + size])):
            return meaning, size
    return None, 0


_LONGEST = 4
"""Words of the longest phrase that bounds a date, as in "before the end of"."""


def _phrases(**listed: str) -> Mapping[tuple[str, ...], Any]:
    return {tuple(phrase.split()): meaning for meaning, phrases in listed.items() for phrase in phrases.split(",")}


def _words(
    ahead: Mapping[tuple[str, ...], Bound],
    behind: Mapping[tuple[str, ...], Bound],
    orders: Mapping[tuple[str, ...], Order],
    undated: str,
    **words: str,
) -> TimeWords:
    without_date = frozenset(_phrases(undated=undated))
    listed = {name: frozenset(each.split()) for name, each in words.items()}
    return TimeWords(ahead, behind, orders, undated=without_date, **listed)


_LANGUAGES: Mapping[str, TimeWords] = {
    "en": _words(
        ahead=_phrases(
            within="in,from,of,during,dated,within",
            since="""since,since the beginning of,since the start of,starting in,starting from,beginning in,as of,
            no earlier than,not earlier than,not before""",
            after="after,later than,newer than,younger than,more recent than,post",
            before="before,prior to,older than,earlier than,pre",
            until="""until,till,up to,up until,through,no later than,not later than,not after,before the end of,by the end of,
            until the end of,till the end of""",
        ),
        behind=_phrases(
            since="on,onward,onwards,or later,and later,or newer,and newer,or after,and after,and on,and onwards",
            until="or earlier,and earlier,or before,and before,or older,and older",
        ),
        orders=_phrases(
            newest="newest first,latest first,most recent first,sort by date,sorted by date,by date,by newest",
            oldest="oldest first,earliest first,by oldest,chronological order,chronologically",
        ),
        undated="undated,not dated,no date,no dates,with no date,without date,without dates,without a date,date unknown",
        superlative="most very",
        articles="the year",
        between="from between",
        to="to and until till through",
        newest="latest newest",
        oldest="oldest earliest",
        last="last recent",
        first="first",
        new="new recently lately newly",
        recent="last past recent",
        units="year years month months decade",
        counts="few couple of several two three four five six seven eight nine ten",
        about="""
            about mentioning discussing covering on of by from in since before after until during between regarding concerning
            with for to that which called titled entitled named
        """,
        being="is are was were do did you have there",
        fillers="show find list give any all there please most see read looking search documents",
    ),
    "de": _words(
        ahead=_phrases(
            within="in,im,aus,von,vom", since="seit,ab,nicht vor", after="nach,jünger als,später als,neuer als",
            before="vor,älter als,früher als", until="bis,bis zu,bis zum,spätestens,nicht nach",
        ),
        behind=_phrases(since="oder später,und später,oder danach", until="oder früher,und früher,oder davor"),
        orders=_phrases(newest="neueste zuerst,nach datum,nach datum sortiert", oldest="älteste zuerst,chronologisch"),
        undated="undatiert,undatierte,ohne datum,ohne jahr", articles="dem den das jahr jahre", between="von vom zwischen",
        to="bis und", newest="neueste neuesten neuester aktuelle aktuellen", oldest="älteste ältesten",
        last="letzte letzten letzter",
        first="erste ersten erster", new="neu neue neuer neues kürzlich",
        recent="letzte letzten vergangene vergangenen",
        units="jahr jahre jahren monat monate monaten",
        counts="paar zwei drei vier fünf sechs sieben acht neun zehn",
        about="über zu zum zur von vom aus in im seit vor nach bis zwischen mit für",
        being="ist sind war waren gibt es", fillers="zeige finde alle gibt suche",
    ),
    "fr": _words(
        ahead=_phrases(
            within="en,de,du,pendant", since="depuis,à partir de,pas avant", after="après,postérieur à,plus récent que",
            before="avant,antérieur à,plus ancien que", until="jusqu'en,jusqu'à,pas après",
        ),
        behind=_phrases(since="et après,ou après", until="et avant,ou avant"),
        orders=_phrases(newest="récents d'abord,par date", oldest="anciens d'abord,par ordre chronologique"),
        undated="sans date,non daté,non datés", articles="le la les année", between="de entre",
        to="à et", newest="récents récentes", oldest="anciens anciennes", last="dernier derniers dernière dernières",
        first="premier premiers première premières", new="nouveau nouveaux nouvelle nouvelles récemment",
        recent="derniers dernières",
        units="ans années mois",
        counts="quelques deux trois quatre cinq six sept huit neuf dix",
        about="sur de du en depuis avant après par pour avec entre",
        being="est sont", fillers="montre trouve tous toutes cherche",
    ),
    "es": _words(
        ahead=_phrases(
            within="en,de,del,durante", since="desde,a partir de,no antes de", after="después,después de,posterior a",
            before="antes,antes de,anterior a", until="hasta,no después de",
        ),
        behind=_phrases(since="o después,y después,en adelante", until="o antes,y antes"),
        orders=_phrases(newest="más recientes primero,por fecha", oldest="más antiguos primero,por orden cronológico"),
        undated="sin fecha,sin año", articles="el la los año", between="de desde entre",
        to="a y hasta", newest="recientes", oldest="antiguos antiguas", last="último últimos última últimas",
        first="primer primero primeros primera primeras", new="nuevo nuevos nueva nuevas recientemente",
        recent="último últimos",
        units="año años meses",
        counts="dos tres cuatro cinco seis siete ocho nueve diez",
        about="sobre de del en desde antes por para con entre acerca",
        being="es son hay", fillers="muestra busca todos todas hay",
    ),
}  # fmt: skip


def time_words(language: str) -> TimeWords:
    """Return the words of a language (ISO 639-1 code), or the English ones."""
    return _LANGUAGES.get(base_code(language), _LANGUAGES["en"])
