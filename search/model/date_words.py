"""The words dates are written with, by language: months, seasons, centuries, "about", "between", "no date".

Months are those of CLDR (by babel) for the language asked for and English; the other words are few and listed here for the
larger languages together, as none of them means something else in another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

ABOUT = (
    r"(?:circa|cca|ca|c|approx|approximately|about|around|um|etwa|gegen|vers|environ|env|hacia|rond|omstreeks|verso"
    r"|por volta de|h(?=\. ?\d))"
)
PERHAPS = r"(?:probably|prob|possibly|poss|perhaps|maybe|vermutlich|wohl|peut-etre|probablemente|quizas)"
PART_OF = (
    r"(?:(?:the )?(?:(?:early|mid|middle)-? (?:to|or) (?:mid|middle|late)|early|mid|middle|late|beginning of|end of"
    r"|(?:first|second|last|1st|2nd) half of|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)?)(?: the)?"
    r"|fruhes?|mitte|spates?|ende|anfang|debut|fin|milieu|principios|mediados|finales|inicios)"
)
PART_BEHIND = (
    r"(?:(?:first|second|1st|2nd) half|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) quarter|early|mid|middle|late"
    r"|beginning|end|anfang|mitte|ende|debut|milieu|fin)"
)
UNTIL = r"(?:before|pre|until|till|up to|by|not after|bis|vor|avant|jusqu'en|jusqu'a|antes de|hasta|prima del|tot|voor)"
SINCE = r"(?:after|since|from|not before|post|seit|nach|ab|apres|depuis|despues de|desde|dopo|sinds|na)"
BETWEEN = r"(?:between|from|zwischen|von|entre|de|desde|du|tra|fra|tussen|van)"
TO = r"(?:to|until|till|through|thru|bis|a|al|au|jusqu'en|hasta|tot|t/m|ate)"
AND = r"(?:and|und|et|y|e|en|&|\+)"
OR = r"(?:or|oder|ou|o|of)"
PRESENT = r"(?:present|the present|now|today|date|to date|ongoing|current|heute|aujourd'hui|hoy|presente|oggi|heden)"
NO_DATE = re.compile(
    r"(?:un|not )?dated(?: items?| material)?|undated.*|no date|n\.?\s?d\.?|s\.?\s?[adf]\.?"
    r"|(?:date )?(?:unknown|not known)|none|null"
    r"|n/?a|tbd|o\.?\s?[dj]\.?|ohne (?:datum|jahr)|sem data|undatiert|unbekannt"
    r"|sans date|sin fecha|sin ano|senza data|zonder datum|z\.?\s?[dj]\.?"
    r"|(?:various|mixed|multiple|several)(?: dates)?|unknown date|-+|\?+|0+(?:[-/.]0+)*|inconnue?|desconocid[ao]"
)
"""Words for "no date", folded; a date of zeros only is one too."""
NOISE = (
    r"(?:the|of|de|del|di|da|do|du|den|der|am|im|on|in|dated|(?:first )?published|printed|posted|exhibited|conceived|designed"
    r"|executed|made|created|plate|copyright|cop\.|p(?=\d{4}$)|anno|academic year|school year"
    r"|date|year|years|jahre?|annees?(?! \d{3}0$)|anos?(?! (?:de )?\d{3}0$)|ano|annee|le|el|il|los|les)"
)
LATER = (
    r"(?:re-?printed|reproduced|reissued|printed|published|exhibited|designed|manufactured|impressions?|later cast|cast"
    r"|enlarged version|later version|copyright|cop\.)"
)
"""What happened to a work later, with a date of its own."""
ONWARDS = r"(?:onwards?|ff|et seq|(?:or|and) (?:later|after)|et suiv|y siguientes|u\. ?spater)"
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth"
    " twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
YEAR_SIGN, MONTH_SIGN, DAY_SIGN = (f"(?:{unicodedata.normalize('NFKD', signs)})" for signs in ("年|년", "月|월", "日|일"))
"""Signs after the numbers of Chinese, Japanese and Korean dates, folded."""
CENTURY = r"(?:centur(?:y|ies)|cent|c|th c|jahrhunderts?|jh|jhd|jhdt|siecles?|siglos?|secolo|eeuw|seculo)"
CENTURY_BEFORE = r"(?:siglos?|s(?=\.?\s?[ivxl])|secolo|seculo|sec)"
BEFORE_CHRIST = r"(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.?\s?chr\.?|v\.?\s?u\.?\s?z\.?|av\.?\s?j\.?-?\s?c\.?|a\.\s?c\.?|a\.?\s?de\s?c\.?)"
ANNO_DOMINI = r"(?:a\.?\s?d\.?|c\.?\s?e\.?|n\.?\s?chr\.?|ap\.?\s?j\.?-?\s?c\.?|d\.\s?c\.?)"
_SEASONS = {
    21: "spring fruhling fruhjahr printemps primavera voorjaar lente",
    22: "summer sommer ete verano estate zomer verao",
    23: "autumn fall herbst automne otono autunno herfst outono",
    24: "winter hiver invierno inverno",
}
SEASONS = {word: number for number, words in _SEASONS.items() for word in words.split()}
WINTER = f"(?:{_SEASONS[24].replace(' ', '|')})"


_SHORT_YEAR = re.compile(r"(\d{1,2}([./])\d{1,2}\2|[a-z]{3,}\.? '|')(\d\d)", re.ASCII)
"""A date with two digits for the year, as in 12/22/11, Dec. '11 and '11."""


def complete_year(folded: str, this_year: int) -> str:
    """Return a folded date with all digits of its year: it is of this century if it is not ahead."""
    short = _SHORT_YEAR.fullmatch(folded)
    if short is None:
        return folded
    century = 2000 if int(short[3]) <= this_year % 100 else 1900
    return short[1].rstrip("'") + str(century + int(short[3]))


def fold_date(text: str) -> str:
    """Return the text in lower case without accents, with single spaces; dashes of any kind but hyphens become "–"."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = re.sub(r"^\((?:c|p)\)\s?(?=\d)", "", plain)
    plain = re.sub("[\u2012-\u2015\u2212]", "–", re.sub("[\u2010\u2011\u00ad]", "-", plain))
    return " ".join(re.sub("[’‘ʼ´`]", "'", plain).replace("©", "").replace("℗", "").split())


@lru_cache(maxsize=64)
def find_locale(language: str) -> Locale | None:
    """Return the locale of a language code such as `de` or `en-GB`; None for a language that CLDR does not know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=16)
def month_numbers(language: str) -> dict[str, int]:
    """Return the months by name, folded: those of the language and the English ones, whole and short, without full stops."""
    names = {"sept": 9}
    for locale in filter(None, map(find_locale, ("en", language))):
        for form in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                names |= {fold_date(name).rstrip("."): number for number, name in locale.months[form][width].items()}
    return {name: number for name, number in names.items() if not name.isdigit()}


@lru_cache(maxsize=16)
def month_pattern(language: str) -> str:
    """Return a regular expression for the names of months, with an optional full stop, that keeps none of its groups."""
    names = sorted(month_numbers(language), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, names))})(?![^\W\d_])\.?"


@lru_cache(maxsize=16)
def weekday_pattern(language: str) -> str:
    """Return a regular expression for the names of weekdays, whole and short."""
    names = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
    for locale in filter(None, map(find_locale, ("en", language))):
        days = locale.days["format"]
        names |= {fold_date(name).rstrip(".") for width in ("abbreviated", "wide") for name in days[width].values()}
    return rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![^\W\d_])\.?"
