"""Names as references need them: a person in parts, or a body as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import msgspec
from msgspec import Struct
from nameparser import Lexicon, Parser

from search.citations.body_words import BODY_ENDINGS, BODY_WORDS
from search.citations.pieces import one_line
from search.model.document import Person
from search.text.analysis import fold, fold_value

_TITLES = frozenset(
    "dr prof professor mr mrs ms miss sir dame hon rev amb ambassador gen col capt lt sen rep gov pres "
    "herr frau mme mlle sr sra don doña dott ing".split()
)
"""Forms of address that references leave out. The library's own list holds words that are also names (King, Major, Prince)."""
_GENERATIONS = frozenset(("jr", "sr", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "filho", "neto"))
"""Suffixes that are part of a name; degrees and orders are not."""
_KNOWN_SUFFIX = re.compile(r"[A-Z][\w.]*|\(?(?:eds?|hg|hrsg|trans|jr|sr)\.?\)?")
"""Degrees, orders and roles behind a name, which references leave out, and generations, which they keep."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BODY_FORM = re.compile(
    r"^(?:The|Stadt|Ville de|Comune di) |[&+@\d]| (?:and|und|of|for|für|on|sin|ohne|[Ww]ithout|[Ss]ans|[Aa]gainst) "
    r"|^(?:Cámara de|Cruz Roja|Cruz Vermelha|Croce Rossa) |Croix-Rouge|Rote[sn]? Kreuz"
    r"|,? (?:Co|AG|KG|SA|SpA|S\.A|S\.p\.A)\.?$"
)
_BY_RANK = re.compile(
    r"(?:Queen|Emperor|Empress|Lord|Lady|Baroness|Saint) [^\s,]+(?: [IVX]+)?"
    r"|Pope [^\s,]+(?: [^\s,]+)?(?: [IVX]+)?|Dalai Lama(?: [IVX]+)?"
)
"""People who are known by their rank and one name, which is no family name."""
_ROLE = re.compile(
    r",?\s*(?:,\s*\(?|\()(?:editors?|eds?\.?|translators?|trans\.?|authors?|illustrators?|compilers?|photographers?|directors?|hrsg\.?|hg\.?)\)?$",
    re.I,
)
"""What somebody did, written behind the name; references say it in their own words."""
_OTHERS = re.compile(r"(?:^|[,\s]+)(?:\[?et\.? al\.?\]?|and others|u\. ?a\.|und andere|y otros|et autres)$", re.I)
"""Words for further people without names, behind a name or as an entry of their own."""
_BEFORE_CHRIST = re.compile(r"[,\s]*\(?\d{1,4}(?: ?B\.?C\.?(?:E\.?)?)? ?[-–] ?\d{1,4} ?B\.?C\.?(?:E\.?)?\)?$")
_LIFE = re.compile(r"[,\s]*\(?\s*(?:(?:b|d|c|ca|born|fl|geb)\b\.?\s*)?\d{3,4}\??(?:\s*[-–]\s*(?:\d{3,4}\??)?)?\s*\)?$")
"""Years of birth and death behind a name, as catalogues of libraries write them."""
_parser = Parser(replace(Lexicon.default(), titles=_TITLES, given_name_titles=frozenset(), after_given_titles=frozenset()))


class Name(Struct, frozen=True):
    """A name in a reference. A body, or a person known by one name, has only `literal`; other people have the other parts.

    `particle` comes before the family name and is printed with it, as in "van Gogh". `has_others` where the source says that
    there are more behind this one, without their names.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""
    has_others: bool = False

    @property
    def surname(self) -> str:
        """The family name with its particle; the whole name of a body."""
        return self.literal or f"{self.particle} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """ "Godwin, James B., III": the order of indexes; a body as it is."""
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)

    @property
    def in_order(self) -> str:
        """ "James B. Godwin III": the order of speech; a body as it is."""
        return " ".join(part for part in (self.given, self.surname, self.suffix) if part)


def name_of(person: Person, bodies: Iterable[str] = ()) -> Name:
    """Return the name of a person or body. What the editor states wins; `bodies` are folded names known to be those of bodies."""
    whole = one_line(person.name)
    if person.is_body:
        return Name(literal=whole)
    if person.family:
        return Name(one_line(person.family), one_line(person.given), one_line(person.particle), one_line(person.suffix))
    if named := _OTHERS.sub("", whole) if _OTHERS.search(whole) else "":
        return msgspec.structs.replace(name_of(msgspec.structs.replace(person, name=named), bodies), has_others=True)
    without_years = _LIFE.sub("", _BEFORE_CHRIST.sub("", _ROLE.sub("", whole))) or whole
    if person.is_body is None and (fold_value(whole) in bodies or is_body_name(without_years)):
        return Name(literal=whole)
    return _split(without_years)


def is_et_al(name: str) -> bool:
    """Whether an entry of a list of people is no name but says that there are others."""
    return bool(name.strip()) and not _OTHERS.sub("", name.strip())


@lru_cache(maxsize=8192)
def is_body_name(name: str) -> bool:
    """Whether a name has a word or form that names of people do not have: Ministry, Institute, &, a number."""
    words = re.findall(r"[^\W_]+", fold(name))
    if BODY_WORDS.intersection(words) or any(word.endswith(BODY_ENDINGS) and len(word) > 5 for word in words):
        return True
    return bool(_BODY_FORM.search(name))


@lru_cache(maxsize=8192)
def _split(whole: str) -> Name:
    """Return a person's name in parts. A name of one word, or one whose words are not all understood, stays whole."""
    if (_CJK.search(whole) and " " not in whole) or _BY_RANK.fullmatch(whole):
        return Name(literal=whole)
    parsed = _parser.parse(whole)
    suffix = " ".join(word for word in parsed.suffix.replace(",", " ").split() if word.strip(".").lower() in _GENERATIONS)
    given = " ".join(part for part in (parsed.given, parsed.middle) if part)
    unknown = [word for word in parsed.suffix.replace(",", " ").split() if not _KNOWN_SUFFIX.fullmatch(word)]
    if not (given and parsed.family_base) or parsed.maiden or unknown:
        return Name(literal=whole)
    particle, family = parsed.family_particles, parsed.family_base
    if f"{particle} {family}".strip() != parsed.family:
        particle, family = "", parsed.family
    return Name(family, given, particle, suffix)
