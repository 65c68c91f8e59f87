"""The small words of each language that say how a date, a type or an order in a question is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TimeWords:
    """The small words of one language that say how a date is meant."""

    within: frozenset[str]
    since: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    until: frozenset[str]
    between: frozenset[str]
    to: frozenset[str]
    newest: frozenset[str]
    oldest: frozenset[str]
    last: frozenset[str]
    first: frozenset[str]
    new: frozenset[str]
    about: frozenset[str]
    fillers: frozenset[str]


def _words(**words: str) -> TimeWords:
    return TimeWords(**{name: frozenset(listed.split()) for name, listed in words.items()})


_LANGUAGES: Mapping[str, TimeWords] = {
    "en": _words(
        within="in from of during dated",
        since="since",
        after="after",
        before="before",
        until="until till",
        between="from between",
        to="to and until till through",
        newest="latest newest",
        oldest="oldest earliest",
        last="last recent",
        first="first",
        new="new recently lately newly",
        about="about on of by from in since before after until during between regarding concerning with for to that which",
        fillers="show find list give any all there please most see read looking search documents",
    ),
    "de": _words(
        within="in im aus von vom", since="seit ab", after="nach", before="vor", until="bis", between="von vom zwischen",
        to="bis und", newest="neueste neuesten neuester aktuelle aktuellen", oldest="älteste ältesten",
        last="letzte letzten letzter",
        first="erste ersten erster", new="neu neue neuer neues kürzlich",
        about="über zu zum zur von vom aus in im seit vor nach bis zwischen mit für",
        fillers="zeige finde alle gibt suche",
    ),
    "fr": _words(
        within="en de du pendant", since="depuis", after="après", before="avant", until="jusqu'en jusqu'à", between="de entre",
        to="à et", newest="récents récentes", oldest="anciens anciennes", last="dernier derniers dernière dernières",
        first="premier premiers première premières", new="nouveau nouveaux nouvelle nouvelles récemment",
        about="sur de du en depuis avant après par pour avec entre",
        fillers="montre trouve tous toutes cherche",
    ),
    "es": _words(
        within="en de del durante", since="desde", after="después", before="antes", until="hasta", between="de desde entre",
        to="a y hasta", newest="recientes", oldest="antiguos antiguas", last="último últimos última últimas",
        first="primer primero primeros primera primeras", new="nuevo nuevos nueva nuevas recientemente",
        about="sobre de del en desde antes por para con entre acerca",
        fillers="muestra busca todos todas hay",
    ),
}  # fmt: skip


def time_words(language: str) -> TimeWords:
    """Return the words of a language (ISO 639-1 code); those of English where it has none here."""
    return _LANGUAGES.get(language.split("-")[0].lower(), _LANGUAGES["en"])
