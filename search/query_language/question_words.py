"""Words that make a sentence a question, or that only say that something is looked for. They are not required.

Compiled from the interrogatives and the verbs of asking of each language; a language that is not here has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product, takewhile

from search.text.analysis import Analyzer
from search.text.common_words import is_everyday_word
from search.text.language_codes import base_code
from search.text.stop_words import STOP_WORDS

FEWEST_IN_SENTENCE = 8
"""Fewest words of a sentence that may be copied from a document."""
_OPENERS = {
    "en": """
        what who whom whose which when where why how is are was were do does did can could should would will has have had
        tell show find give list search looking look need want any
    """,
    "de": "was wer wen wem wessen welche welcher welches wann wo warum wieso weshalb wie ist sind war gibt hat zeige suche finde",
    "fr": "que quoi qui quel quelle quels quelles quand où pourquoi comment combien est cherche trouve montre",
    "es": "qué quién quiénes cuál cuáles cuándo dónde cómo cuánto hay busco muestra",
}
_FILLERS = {
    "en": """
        say says said saying tell told telling know knows known find found show shows give given get gets list look looking search
        searching need want please think thinks thought write writes wrote written publish published mean means meant happen
        happened happening use uses used using stand stands deal deals dealing help helps read reading learn
        concerning regarding information info anything something everything nothing thing things document
        documents text texts report reports article articles paper papers piece pieces work works item items archive there
        available related came come comes appeared mention mentions mentioned mentioning discuss discussed explain explained
        someone anyone ever institute institution author authors sources essay thesis dissertation homework pls plz thanks
        year date sth smth
    """,
    "de": "sagt sagte sagen finde finden zeige zeigen suche suchen gibt bitte etwas alles bericht berichte dokument dokumente",
    "fr": "dit disent cherche chercher trouver trouve montre montrer quelque chose document documents rapport rapports",
    "es": "dice dicen busco buscar encontrar muestra mostrar algo documento documentos informe informes",
}


_GENERIC = {
    "en": """
        anything something everything document documents text texts article articles paper papers item items publication
        publications published released issued entry entries thing things stuff posts
    """,
    "de": "etwas alles ding dinge dokument dokumente text texte artikel eintrag einträge beitrag beiträge",
    "fr": "tout chose choses document documents texte textes article articles",
    "es": "todo cosa cosas documento documentos texto textos artículo artículos",
}
"""Generic words for documents. With a date, a type or an order they are not required."""

_ADDRESSES = {
    "en": "i im ive am we u ur are been just please hello hi hey dear trying can't cannot would like to",
    "de": "ich bitte wir hallo möchte",
    "fr": "je bonjour nous",
    "es": "yo hola por favor",
}
"""Words that introduce a request, as in "I am looking for"."""

_INTRODUCTIONS = {
    "en": "am a,am an,im a,im an,for my,for our",
    "de": "ich bin,für meine,für meinen",
    "fr": "je suis,pour mon,pour ma",
    "es": "soy,para mi",
}
"""Words before what people say of themselves, as in "I am a student" and "for my thesis", folded."""
_GREETINGS = {
    "en": "good morning,good afternoon,good evening,good day,dear sir,dear madam,dear sir or madam,to whom it may concern",
    "de": "guten tag,guten morgen,guten abend,sehr geehrte damen und herren",
    "fr": "bonsoir,madame monsieur",
    "es": "buenos dias,buenas tardes",
}
_LONGEST_INTRODUCTION = 3
"""Most words that people say of themselves, as in "a graduate history student"."""

HONORIFICS = frozenset(
    "dr prof professor mr mrs ms mister herr frau monsieur mme gen lt maj capt cmdr adm amb ambassador rev hon sen".split()
)
"""Words before a name, which few documents have."""
_POLITE = frozenset("please pls plz thanks thx bitte danke merci gracias".split())
_ASKED_FOR = frozenset("which what whom whose welchem welchen welcher wem quel quelle qui qué cuál quién".split())
"""Interrogatives after a preposition, as in "in which year"."""
_FEWEST_FOREIGN = 2
"""Small words of another language from which on a question is taken to be in it."""
_COMPARING = {"en": "vs versus", "de": "vs versus", "fr": "vs versus", "es": "vs versus"}
"""Words of comparison, which no document need contain."""

_ABOUT = frozenset(
    """about by on mentioning discussing covering regarding concerning called titled entitled named
    über von sur par sobre por""".split()
)

_THE = frozenset("the that this a an der die das ein eine le la l un une el la un una".split())
_THE_ONE = frozenset("one ones it".split())


class QuestionWords:
    """The question words of one language."""

    def __init__(self, analyzer: Analyzer) -> None:
        code = base_code(analyzer.language)
        self._analyzer = analyzer
        self._openers = frozenset(analyzer.words(_OPENERS.get(code, "")))
        self._fillers = frozenset(analyzer.words(_FILLERS.get(code, ""))) | self._openers
        self._generic = frozenset(analyzer.words(_GENERIC.get(code, "")))
        self._addresses = frozenset(analyzer.words(_ADDRESSES.get(code, "")))
        self._comparing = frozenset(_COMPARING.get(code, "").split())
        self._introductions, self._greetings = (
            frozenset(tuple(each.split()) for each in listed.get(code, "").split(",") if each)
            for listed in (_INTRODUCTIONS, _GREETINGS)
        )
        self._introducing = frozenset(phrase[0] for phrase in self._introductions | self._greetings)
        self._asking = self._fillers | self._addresses
        listed = self._introducing | self._asking | self._generic | self._comparing | _ABOUT | HONORIFICS | _POLITE | {"et"}
        others = (
            " ".join((*STOP_WORDS[other], _FILLERS.get(other, ""), _GENERIC.get(other, "")))
            for other in STOP_WORDS
            if other != code
        )
        self._foreign = tuple(frozenset(analyzer.words(each)) - analyzer.stop_words for each in others)
        self.small = listed.union(analyzer.stop_words, *self._foreign)
        """All words that a query may not require, stop words among them."""

    def has_opener(self, words: Sequence[str]) -> bool:
        """Whether the words begin as a question does, or as a request to the archive: "I am looking for"."""
        first = next((word for word in words if word not in self._addresses), words[0] if words else "")
        if len(words) > 1 and words[0] in self._analyzer.stop_words and words[1] in _ASKED_FOR:
            return True
        if first in self._openers or (first in self._fillers and first != words[0]):
            return True
        return bool(self._introduced(words))

    def is_generic(self, word: str) -> bool:
        """Whether a word means any document, as "everything" does."""
        return word in self._generic

    def is_unsearched(self, word: str) -> bool:
        """Whether a word is not searched by itself: a question word, or a generic word for documents."""
        return word in self._fillers or word in self._generic

    def fillers(self, words: Sequence[str], text: str, is_understood: bool = False) -> frozenset[str]:
        """Return which of the typed words are not required.

        In a question these are its question words; where a date or a type was understood, the words for whatever there is.
        """
        comparing = self._comparing.intersection(words[1:-1]) | HONORIFICS.intersection(words[:-1]) | _POLITE.intersection(words)
        if "et" in words and words[words.index("et") + 1 :][:1] in (["al"], ("al",)):
            comparing |= {"et", "al"}
        comparing |= self._foreign_words(words)
        is_request = _is_about(words, self._generic)
        if is_request:
            comparing |= _THE_ONE.intersection(words[:3])
        if is_understood or is_request:
            return self._question_words(words, text) | (self._generic | _ABOUT).intersection(words) | comparing
        return self._question_words(words, text) | comparing

    def _foreign_words(self, words: Sequence[str]) -> frozenset[str]:
        """Return the small words of a question in another language, such as "sagt", "das" and "über".

        Everyday words of the archive's own language alone do not tell: "die hard war" is not German.
        """
        for foreign in self._foreign:
            found = foreign.intersection(words)
            if len(found) >= _FEWEST_FOREIGN and not all(is_everyday_word(word, self._analyzer.language) for word in found):
                return found
        return frozenset()

    def _question_words(self, words: Sequence[str], text: str) -> frozenset[str]:
        is_question = len(words) > 1 and (self.has_opener(words) or re.search(r"[?¿？]", text) is not None)
        return self._asking.intersection(words) | self._introduced(words) if is_question else frozenset()

    def _introduced(self, words: Sequence[str]) -> frozenset[str]:
        """Return greetings and what people say of themselves, which no document need contain."""
        found: set[str] = set()
        if self._introducing.isdisjoint(words):
            return frozenset()
        for greeting in self._greetings:
            if tuple(words[: len(greeting)]) == greeting:
                found.update(greeting)
        for start, size in product(range(len(words)), (1, 2)):
            if tuple(words[start : start + size]) in self._introductions:
                introduced = words[start + size : start + size + _LONGEST_INTRODUCTION]
                found.update(takewhile(lambda word: word not in self._analyzer.stop_words, introduced))
        return frozenset(found)


def _is_about(words: Sequence[str], generic: frozenset[str]) -> bool:
    """Whether the words begin as in "articles by", "the paper about" or "the one on"."""
    words = words[1:] if words[0] in _THE else words
    return len(words) > 2 and (words[0] in generic or words[0] in _THE_ONE) and words[1] in _ABOUT
