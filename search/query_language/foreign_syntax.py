"""Rewrite queries in the syntax of other search systems, or pasted with their marks, in the syntax of `parser`.

    „public core“  –spam          plain quotation marks and dashes
    July 2011 - October 2011      dates with a dash between them, closed up: a dash by itself is no word
    type:(news OR podcasts)       type:news OR type:podcasts; also TITLE(trust) and trust[ti]
    year>=2012  before:2012       year:>=2012  year:<2012; also >=2012
    china,india  spam|botnets     china india; spam OR botnets; type:news|podcasts, -china,india, china+india
    cf. Lee, Norms, pp. 2-4       Lee, Norms: without the signs of a footnote
    A G Stephens                  A.G. Stephens
    year:[2012 TO 2014]           year:2012..2014; also type!=news
    dc.title:trust  china ! spam  title:trust  china -spam
    TS=(spam)  spam.ti.           spam  title:spam
    china (no spam)               china, no spam
    <b>spam</b>  Marsh &amp; Co   without tags and entities
    /search?q=spam&type=news      spam type:news: the address of a page of results (page_addresses)

Each rule is tried only where its sign occurs, and none in a text without signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from search.query_language.cutting import clean
from search.query_language.page_addresses import read_page_address
from search.text.language_codes import base_code

_SIGN = re.compile(r'[^\w\s"*?]')
_DOUBLE_QUOTES = dict.fromkeys(map(ord, "“”„‟«»〝〞＂「」『』"), '"')
DASHES = "‐‑‒–—―−﹘﹣－"
"""Signs that are typed in place of a hyphen or a minus."""
_PLAIN_DASHES = dict.fromkeys(map(ord, DASHES), "-")
_PLAIN_MARKS = _DOUBLE_QUOTES | _PLAIN_DASHES
_SINGLE_QUOTED = re.compile(r"""((?:^|(?<=[\s(:]))-?)['‘‚‛‹]([^"\s'‘‚‛‹][^"‘‚‛‹]*?\s[^"]*?)['’‘›](?![^\s).,;:!?])""")
_SPACED_DASH = re.compile(r"(?<=\d) - (?=(?:\w+\.? ){0,2}\d|present\b|today\b|now\b)")
_KEPT = re.compile(r'(")([^"]*)("|$)|(?<![^\s(])([-!]*id:\s?)([^\s"]+)()', re.IGNORECASE)
"""What is searched as typed: a text in quotation marks, and an id."""
_PLACE_HOLDER = re.compile("[\ue000-\uf8ff]")
"""Characters that no text has (Unicode's private use area). They replace protected parts while the rest is rewritten."""
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|cite|code|div|em|h[1-6]|i|img|li|mark|ol|p|q|small|span|strong|sub|sup|td|th|tr|u|ul)"
    r"(?:\s+[a-z-]+=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b([^\W\d]\w*) ?:? ?([<>]=?) ?(\d{4})\b")
_BARE_COMPARED = re.compile(r"(?<![^\s(])([<>]=?)((?:1\d|20)\d\d)(?![^\s)])|^([<>]=?) ((?:1\d|20)\d\d)$")
_BOUND = re.compile(r"(?<![^\s(])([-!]?)(before|after|since|until|from|to): ?(?:(\d{4})(?![\w./-])|(?=\d))", re.IGNORECASE)
_BOUNDS = {"before": "<", "after": ">", "since": ">=", "until": "<=", "from": ">=", "to": "<="}
_GROUP = re.compile(r"\b(?:([^\W\d]\w*): ?|([A-Z]{2,}))\(([^()]*)\)")
_OPERATOR = re.compile(r" +(OR|AND(?: NOT)?|NOT|\|\|?|&&?) +")
_EXCLUSION = re.compile(r"(?:(?<=\s)|^)(?:NOT +|[-!])+")
_BEHIND = re.compile(r'(?<![^\s(])([-!]?)(?!OR|AND|NOT)("[^"]+"|\w[^\s"\[\]():]*)\[([A-Za-z]{2,})\](?![^\s)])')
_JOINED = re.compile(r"(?<![^\s(])([-!]|NOT )?([^\W\d][\w'’-]+\w(?:[,;|&+][^\W\d][\w'’-]+\w)+)(?![^\s).,;:!?])")
_ALTERNATIVES = re.compile(r"\b([^\W\d]\w*):([\w-]+(?:\|[\w-]+)+)(?![^\s).,;:!?])")
_RANGE = re.compile(r"\b([^\W\d]\w*): ?[\[({]([\d*-]+) TO ([\d*-]+)[\])}]")
_UNEQUAL = re.compile(r"\b([^\W\d]\w*) ?!= ?(?=\w)")
_TIGHT_OPERATOR = re.compile(r"\b(OR|AND|NOT|not)\(")
_PREFIXED = re.compile(r"\bdc(?:terms)?\.(?=[a-z]+ ?[:=])", re.IGNORECASE)
"""The prefix of Dublin Core before the name of a field."""
_ANYWHERE = re.compile(r"\b(?:TITLE-ABS(?:-KEY)?|TS|TX|AB|ABS|KEY|ALL)(?: ?= ?)?(?=\()|\b(?:TS|TX|AB|ALL)=(?=\w)")
"""Names of fields in other catalogues; their words are searched in all fields here."""
_SUFFIXED = re.compile(r"(?<![^\s(])([-!]?)(\w[\w*-]*)\.(ti|au|ab|tw|mp|kw|hw)\.(?![^\s)])")
_NO_IN_BRACKETS = re.compile(r"(?<=\w) \((no [^\W\d][^()]*)\)", re.IGNORECASE)
_WILDCARD_INSIDE = re.compile(r"(\w{3,})(?:\*\w+|\?(?:\w{1,3}|ation\w*))")
_PAGES = r"(?:,? (?:pp?|Bl)|, S)\. \d+(?: ?-+ ?\d+)?(?: ?ff?\.)?(?=[.)]*$)|, (?:n|fn|note) ?\d+$"
_NOTE = re.compile(
    r"^(?:cf|vgl|ibid|ebd)\.,? |^see (?:also )?(?=[A-Z][\w-]+(?:,| et al| & ))|,? \b(?:op|loc)\. ?cit\."
    rf"|,? supra,? (?:note|n\.) \d+(?:,? at \d+)?|{_PAGES}",
    re.IGNORECASE,
)
"""Signs of a footnote around what it cites."""
_SPACED_CAPITALS = re.compile(r"(?<![^ ])(?:[A-Z](?: [A-Z])+(?= [A-Z][a-z])|(?:U S|U K|U N|E U)(?![^ ]))")
_SPACED_NOT = re.compile(r"([^\W\dA-Z]\w*(?: [^\W\dA-Z]\w*)?) ! ([^\W\dA-Z]\w*)")
"""As in "china ! spam". After a capital, or beside more words, the mark ends a sentence, as printed in French."""
_MARK = re.compile(r"[,;|&+]")
_WORD_OR_KEPT = re.compile("[\\w\ue000-\uf8ff]")

ResolveField = Callable[[str], str]
"""Returns the field of this name; "" if there is none."""


def has_signs(text: str) -> bool:
    """Return whether a text has signs besides those of phrases, prefixes and questions."""
    return _SIGN.search(text) is not None


def pages_left_out(text: str) -> str:
    """Return the number of a page or a note at the end of a text, which is not searched; "" if there is none."""
    found = re.search(_PAGES, text, re.IGNORECASE) if _may_cite(text) else None
    return found[0].strip(" ,") if found and found.start() else ""


def _may_cite(text: str) -> bool:
    """Return whether a text can be a footnote; cheaper than to look for its signs."""
    return "." in text or "," in text


def read_spaced_not(text: str, language: str) -> str:
    """Return a whole text such as "china ! spam" as "china -spam"; in French, where a space precedes "!", as it is."""
    found = _SPACED_NOT.fullmatch(text) if " ! " in text and base_code(language) != "fr" else None
    return f"{found[1]} -{found[2]}" if found else text


def join_initials(text: str) -> str:
    """Return the text with full stops behind single capitals before a name, and in "U S"; not in quotation marks."""
    return text if '"' in text else _SPACED_CAPITALS.sub(lambda found: found[0].replace(" ", ".") + ".", text)


def prefix_before_wildcard(word: str) -> str:
    """Return the prefix before the wildcard inside a word, as in "behavio?r"; "" if there is none."""
    found = _WILDCARD_INSIDE.fullmatch(word) if "*" in word or "?" in word else None
    return found[1] if found else ""


def rewrite(text: str, resolve_field: ResolveField) -> str:
    """Return the text in the syntax of the parser, which may be the text itself. Quoted texts and ids stay as they are."""
    if not has_signs(text):
        return text
    if "/" in text or "=" in text:
        text = read_page_address(text, resolve_field) or text
    text = _SINGLE_QUOTED.sub(r'\1"\2"', text.translate(_PLAIN_MARKS))
    if _PLACE_HOLDER.search(text):
        return text
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        before, inside, after = filter(lambda part: part is not None, found.groups())
        kept.append(inside)
        return f"{before}{chr(0xE000 + len(kept) - 1)}{after}"

    text = _rewrite_unquoted(_KEPT.sub(keep, text), resolve_field)
    return _PLACE_HOLDER.sub(lambda found: kept[ord(found[0]) - 0xE000], text)


def _rewrite_unquoted(text: str, resolve_field: ResolveField) -> str:
    if "%20" in text or "&" in text or "<" in text or ">" in text:
        text = _without_markup(text)
        text = _COMPARED.sub(lambda found: _compare(found, resolve_field), _BARE_COMPARED.sub(r"year:\1\2\3\4", text))
    if "dc" in text.lower():
        text = _PREFIXED.sub("", text)
    if "=" in text:
        text = _ANYWHERE.sub("", text)
    if _may_cite(text):
        cited = _NOTE.sub("", text)
        text = cited if _WORD_OR_KEPT.search(cited) else text
    if "." in text:
        text = _SUFFIXED.sub(lambda found: _in_suffixed(found, resolve_field), text)
    if "!" in text:
        text = _UNEQUAL.sub(lambda found: f"-{found[1]}:" if resolve_field(found[1]) else found[0], text)
    if ":" in text:
        text = _RANGE.sub(lambda found: _range(found, resolve_field), _BOUND.sub(_bound, text))
    if "|" in text:
        text = _ALTERNATIVES.sub(lambda found: _alternatives(found, resolve_field), text)
    if "(" in text:
        text = _NO_IN_BRACKETS.sub(r", \1", _TIGHT_OPERATOR.sub(r"\1 (", _ANYWHERE.sub("", text)))
        text = _GROUP.sub(lambda found: _distribute(found, resolve_field), text)
    if "[" in text:
        text = _BEHIND.sub(lambda found: f"{found[1]}{found[3]}:{found[2]}" if resolve_field(found[3]) else found[0], text)
    return _SPACED_DASH.sub("-", _JOINED.sub(_separate, text))


def _without_markup(text: str) -> str:
    """Return the text without tags and entities; unchanged if no word would be left."""
    plain = unescape(text.replace("%20", " "))
    # A minus before a tag belongs to the word in it.
    plain = clean(_TAG.sub(lambda found: "" if plain[: found.start()].endswith(("-", "!", "(")) else " ", plain))
    return plain if _WORD_OR_KEPT.search(plain) else text


def _in_suffixed(found: re.Match[str], resolve_field: ResolveField) -> str:
    minus, word, name = found.groups()
    return f"{minus}{name}:{word}" if resolve_field(name) else f"{minus}{word}"


def _compare(found: re.Match[str], resolve_field: ResolveField) -> str:
    return f"{found[1]}:{found[2]}{found[3]}" if resolve_field(found[1]) == "year" else found[0]


def _bound(found: re.Match[str]) -> str:
    minus, word, year = found.groups()
    if year:
        return f"{minus}year:{_BOUNDS[word.lower()]}{year}"
    return found[0] if minus else f"{word} "


def _distribute(found: re.Match[str], resolve_field: ResolveField) -> str:
    """Return the field before each alternative of a group: a value of a field is all words between operators."""
    name = found[1] or found[2]
    field = resolve_field(name)
    if not field or not _WORD_OR_KEPT.search(found[3]):
        return found[0]
    pieces = _OPERATOR.split(found[3].strip())
    return f"({' '.join(piece if number % 2 else _in_field(name, field, piece) for number, piece in enumerate(pieces))})"


def _in_field(name: str, field: str, text: str) -> str:
    """Return the field before each word of a title, before any other value as a whole, and before excluded values."""
    if field == "title":
        words = _EXCLUSION.sub("-", text).split()
        return " ".join(
            f"-{name}:{word[1:]}" if word[0] == "-" else f"{name}:{word}" for word in words if _WORD_OR_KEPT.search(word)
        )
    value, *excluded = map(str.strip, _EXCLUSION.split(text))
    named = [*([_value(name, value)] if value else []), *(f"-{_value(name, each)}" for each in excluded)]
    return " ".join(named)


def _value(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value and '"' not in value else f"{name}:{value}"


def _range(found: re.Match[str], resolve_field: ResolveField) -> str:
    first, last = (found[number].replace("*", "") for number in (2, 3))
    return f"{found[1]}:{first}..{last}" if resolve_field(found[1]) == "year" else found[0]


def _alternatives(found: re.Match[str], resolve_field: ResolveField) -> str:
    ways = " OR ".join(f"{found[1]}:{value}" for value in found[2].split("|"))
    return f"({ways})" if resolve_field(found[1]) else found[0]


def _separate(found: re.Match[str]) -> str:
    """Return joined words apart. What is excluded is any of them."""
    if found[1]:
        return f"-({_MARK.sub(' OR ', found[2])})"
    return _MARK.sub(lambda mark: " OR " if mark[0] == "|" else " ", found[2])
