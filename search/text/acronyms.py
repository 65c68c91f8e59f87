"""Acronyms that a text defines, as in "Global Commission on the Stability of Cyberspace (GCSC)".

The method is that of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text": the letters of the short form are matched from right to left in the words before the parenthesis, and
its first letter must begin a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PARENTHESIS = re.compile(r"\(([^()]{2,60})\)")
_SHORT_FORM = re.compile(r"[^\W_](?:[\w.&/-]{0,8}[\w.])")
_WORD = re.compile(r"\S+")
_MAX_LETTERS = 10
_EXTRA_WORDS = 5
"""A long form has at most five words more than the short form has letters, and at most twice as many (the paper's bound)."""
_LOOK_BACK = 200
"""Characters before the parenthesis that are looked at."""
_SENTENCE_END = re.compile(r"[.!?;:]\s+(?=[A-Z“\"'])|\n")

_TITLE_PART = re.compile(r"[:;.,!?()\[\]“”\"/|–—]|\s-\s|\bof the\b|\bof\b")
_LONGEST_TITLE = 500
"""Characters of the longest title whose parts are looked at; the time grows with the square, and a longer one is a text."""
_MOST_INITIALS = 6
"""Letters of the initials of a title; longer ones nobody types."""

MAX_RUNS = 100
"""Runs of capitalised words read of one text: each is a value in the index."""
_FEWEST_INITIALS = 3
"""Two letters are the initials of nearly every person's name."""
_ARTICLES = frozenset("the a an der die das la le les el los las".split())
_CAPITALISED_RUN = re.compile(
    r"[A-Z](?<=\b[A-Z])[\w’'-]+(?: (?:(?:of|the|for|and|on|in|to|de|des|du|la|le|für|und|der|y|del) ){0,2}[A-Z][\w’'-]+){1,6}"
)


class Acronym(NamedTuple):
    """A short form, in capitals without full stops, and its long form."""

    letters: str
    long_form: str


def read_acronyms(text: str) -> tuple[Acronym, ...]:
    """Return the acronyms that the text defines, each pair once, in reading order. Takes time linear in the text."""
    found: dict[Acronym, None] = {}
    for match in _PARENTHESIS.finditer(text):
        inside = match[1].strip()
        before = _SENTENCE_END.split(text[max(0, match.start() - _LOOK_BACK) : match.start()])[-1].rstrip(" \t“\"'")
        for acronym in (*_short_form_inside(inside, before), *_long_form_inside(inside, before)):
            found[acronym] = None
    return tuple(found)


def fold_letters(text: str) -> str:
    """Return the form in which two spellings of an acronym are the same: letters and digits alone, in capitals."""
    return "".join(filter(str.isalnum, text.upper()))


def is_initials(acronym: Acronym) -> bool:
    """Return whether the letters are the first letters of the long form's words, with or without small words."""
    words = re.findall(r"[^\W_]+", acronym.long_form)
    wanted = acronym.letters.casefold()
    initials = "".join(word[0] for word in words).casefold()
    capitals = "".join(word[0] for word in words if not word.islower()).casefold()
    return wanted in (initials, capitals)


def _short_form_inside(inside: str, before: str) -> Iterator[Acronym]:
    """Yield the acronym of `long form (SHORT)`."""
    short = re.split(r"[;,]\s", inside)[0].strip("“”\"' ")
    if letters := _letters_of(short, _singular(short)):
        words = _last_words(before, len(letters))
        long_form = _long_form_by_initials(letters, words) or _shortest_long_form(letters, words)
        if long_form:
            yield Acronym(letters, long_form)


def _long_form_inside(inside: str, before: str) -> Iterator[Acronym]:
    """Yield the acronym of `SHORT (long form)`."""
    short = "".join(before.rsplit(maxsplit=1)[-1:]).strip("“”\"'")
    letters = _letters_of(short, short)
    if letters and len(inside.split()) > 1 and _shortest_long_form(letters, inside) == inside:
        yield Acronym(letters, inside)


def _letters_of(short: str, singular: str) -> str:
    """Return the letters of an acronym, "" for a text that can be none: 2 to 10 characters without a space, most of its letters
    capitals."""
    capitals = sum(map(str.isupper, short))
    if capitals < 2 or 2 * capitals <= sum(map(str.isalpha, short)) or not _SHORT_FORM.fullmatch(short):
        return ""
    letters = fold_letters(singular)
    return letters if 2 <= len(letters) <= _MAX_LETTERS else ""


def _singular(short: str) -> str:
    """Return the short form without the ending of a plural, as in APIs."""
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _long_form_by_initials(letters: str, words: str) -> str:
    """Return the shortest end of `words` whose initials are the letters; "" for none.

    The paper's rule alone stops too early: "Transformation Services" holds every letter of TTS.
    """
    starts = [match.start() for match in _WORD.finditer(words)]
    ends = (" ".join(words[start:].split()).strip("“”\"', ") for start in reversed(starts))
    return next((end for end in ends if is_initials(Acronym(letters, end))), "")


def _last_words(before: str, letters: int) -> str:
    words = list(_WORD.finditer(before))
    most = min(letters + _EXTRA_WORDS, letters * 2)
    return before[words[-most:][0].start() :] if words else ""


def _shortest_long_form(letters: str, words: str) -> str:
    """Return the shortest end of `words` in which the letters occur in order, the first at the start of a word; "" for none."""
    folded = words.casefold()
    at = len(folded)
    for number in range(len(letters) - 1, -1, -1):
        letter = letters[number].casefold()
        at -= 1
        while at >= 0 and (folded[at] != letter or (number == 0 and at > 0 and folded[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long_form = words[at:].strip("“”\"', ")
    has_more = len(long_form.split()) > 1 and letters.casefold() != fold_letters(long_form).casefold()
    return " ".join(long_form.split()) if has_more else ""


def read_capitalised_runs(text: str) -> tuple[Acronym, ...]:
    """Return runs of capitalised words with their initials, as in "Internet of Things" (IOT), each once, at most MAX_RUNS.

    The initials are those of all words, and those of the capitalised words alone, where they are three letters or more. The
    end of a run counts as one too: "United Nations Group of Governmental Experts" is also asked for as the GGE.
    """
    found: dict[Acronym, None] = {}
    for match in _CAPITALISED_RUN.finditer(text):
        words = match.group().split()
        for start in (number for number, word in enumerate(words) if _is_name_start(word)):
            for letters in _initials_of(words[start:]):
                found[Acronym(letters, " ".join(words[start:]))] = None
        if len(found) >= MAX_RUNS:
            break
    return tuple(found)


def read_title_initials(title: str) -> tuple[Acronym, ...]:
    """Return a title, its parts between marks, and what follows "of", with their initials, each once.

    In a title nearly every word may have a capital, so only a whole part can be a name: "Priority International
    Communications" (PIC), "Records of the Australian Labor Party" (ALP).
    """
    found: dict[Acronym, None] = {}
    if len(title) > _LONGEST_TITLE:
        return ()
    starts = [0, *(match.end() for match in _TITLE_PART.finditer(title))]
    ends = [*(match.start() for match in _TITLE_PART.finditer(title) if "of" not in match[0]), len(title)]
    for start in starts:
        words = title[start : next(end for end in ends if end >= start)].split()
        words = words[1:] if words and words[0].casefold() in _ARTICLES else words
        if _CAPITALISED_RUN.fullmatch(" ".join(words)):
            some = [letters for letters in _initials_of(words) if len(letters) <= _MOST_INITIALS]
            found |= dict.fromkeys(Acronym(letters, " ".join(words)) for letters in some)
    return tuple(found)


def _is_name_start(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in _ARTICLES


def _initials_of(words: Sequence[str]) -> Iterator[str]:
    """Yield the first letters of all words, and of the capitalised ones, where they are enough and not too many."""
    for counted in (words, [word for word in words if word[0].isupper()]):
        letters = "".join(word[0] for word in counted).upper()
        if _FEWEST_INITIALS <= len(letters) <= _MAX_LETTERS:
            yield letters
