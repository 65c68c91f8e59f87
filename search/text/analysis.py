"""Text to words, the same for documents and for queries, on every engine.

A word is a run of letters and digits, with compatibility forms unified (NFKC), accents and case folded. Apostrophes
join ("don’t" is `dont`) except that English drops its possessive and French, Italian and Catalan split at an elision;
initials join ("U.S." and "U. S." are `us`); a hyphen separates. Text in scripts written without spaces becomes overlapping
pairs of characters and, for its last character, that alone, so that any single character is the prefix of a word.

The stemmer is Snowball's (PyStemmer, the C implementation). Engines get finished words and never analyse text.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from search.text.characters import JOINERS, LIGATURES, MARKS, PLAIN, VOWEL_MARKS, without_typography
from search.text.codes import code_parts, may_be_code
from search.text.language_codes import base_code
from search.text.stop_words import STOP_WORDS

ANALYSIS_VERSION = 2
"""Raised whenever the words of some text change: an index built before must then be built again."""

MAX_WORD = 100
"""Longer runs of letters are cut: no word of a language is that long, and engines limit the size of a term."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # kana, Han, Hangul
    "\U00020000-\U0003ffff"
)
UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_PIECES_KEPT, _LONGEST_PIECE = 2048, 40
"""Typed pieces whose words are kept, and the characters of the longest. One takes 240 bytes, 3 kB if it is a Chinese sentence."""
_LONGEST_IN_PIECES = 200
"""Characters of the longest text that is analysed piece by piece."""
_STEMS_KEPT = 200_000
"""Words whose stems are kept, some 100 bytes each: 100,000 documents have 110,000. A typed word adds the parts it may have."""
_FOLDED_KEPT, _VALUES_KEPT, _LONGEST_FOLDED = 65536, 16384, 60
"""How many texts and values are kept in their folded form, and the characters of the longest. One takes 200 to 700 bytes; whole
questions, which are looked up as values too, would take 10 kB each."""
_ELIDING = frozenset({"fr", "it", "ca"})
PART = rf"[^\W_]+(?:[{MARKS}{JOINERS}][^\W_]*)*"
_SPACED_INITIALS = re.compile(r"(?<!\S)(?:[A-Za-z]\. )+[A-Za-z]\.(?!\S)")
_WORD = re.compile(rf"{_SPACED_INITIALS.pattern}|(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|{PART}(?:'{PART})*")
_INITIAL = re.compile(r"\.(?:[A-Za-z](?![A-Za-z0-9])| [A-Za-z]\.(?!\S))")
_SPACED = (
    "".join(char.lower() if char.isalnum() or char == "'" else " " for char in map(chr, range(128))).ljust(256).encode("ascii")
)
"""ASCII in lower case, with a space for whatever is no part of a word."""
_ASCII_WORD = re.compile(rf"{_SPACED_INITIALS.pattern}|(?<![a-z0-9])(?:[a-z]\.)+[a-z](?![a-z0-9])|[a-z0-9]+(?:'[a-z0-9]+)*")
_FOREIGN = re.compile("[^\x00-\x7f]+")
_FOREIGN_PIECE = re.compile(r"(?<![^\x00-\x20])([^\x00-\x20]*[^\x00-\x7f][^\x00-\x20]*)")
"""A run between spaces that is not all ASCII. It is tried only after a space, because long runs would take too long otherwise."""


def _to_plain_run(run: re.Match[str]) -> str:
    return run.group().translate(PLAIN)


def fold(text: str) -> str:
    """Return a text in NFKC, case-folded, ligatures spelled out, without vowel marks and accents. Idempotent."""
    if text.isascii():
        return text.lower()
    return _kept_folded(text) if len(text) <= _LONGEST_FOLDED else _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept: list[str] = []
    base = ""
    for char in decomposed:
        if not unicodedata.combining(char):
            base = char
        elif base < "\u0400" or char in VOWEL_MARKS:
            continue
        kept.append(char)
    folded = unicodedata.normalize("NFKC", "".join(kept)).casefold()
    return "".join(LIGATURES.get(char, char) for char in folded)


_kept_folded = lru_cache(_FOLDED_KEPT)(_fold)


_DASH = re.compile("[\u2010-\u2015\u2212]")
_SIGNS = frozenset("#%*@?!§†‡′″‰")
"""Punctuation that distinguishes values, as all symbols (+ < > ° $) do."""
_FOLDED = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
"""A folded value, as a question looks several up."""
_SIGN = re.compile(
    r"(?<=\d)[.,:/](?=\d)"  # 1.5
    r"|(?<=[^\W_])-(?=[\s-]|$)|(?<!\S)-(?=\d)"  # RH-, -5
    r"|(?:^|(?<=[\s-]))\.(?=[^\W\d_])"  # .NET
    r"|(?P<sign>[\W_])"
)
"""A character that is no letter or digit; `sign` where it has no meaning by its place."""


def fold_value(value: str) -> str:
    """Return the form in which two spellings of a value are the same: "Policy Report", "policy-report" and "POLICY REPORT".

    Signs with a meaning stay: C++ and C#, RH+ and RH-, <1900 and >1900, 1.5 and 15 are different values.
    """
    return _kept_value(value) if len(value) <= _LONGEST_FOLDED else _fold_value(value)


def _fold_value(value: str) -> str:
    if _FOLDED.fullmatch(value):
        return value
    plain = value.lower() if value.isascii() else _DASH.sub("-", unicodedata.normalize("NFKC", value).casefold())
    if plain.replace(" ", "").isalnum():
        return "-".join(plain.split())
    return "-".join(_SIGN.sub(_meaningful_or_space, plain).split()) or plain


_kept_value = lru_cache(_VALUES_KEPT)(_fold_value)


def _meaningful_or_space(match: re.Match[str]) -> str:
    sign = match["sign"] or ""
    is_meaningful = not sign or sign in _SIGNS or unicodedata.category(sign)[0] in "SM"
    return match[0] if is_meaningful else " "


class _Stemmer(threading.local):
    """The stemmer of each thread: an object of PyStemmer must not be shared by threads."""

    def __init__(self, code: str) -> None:
        try:
            self.stem = Stemmer.Stemmer(code, 0).stemWord
        except KeyError:
            self.stem = str


class Analyzer:
    """The words, stems and stop words of one language (ISO 639-1). A language without a stemmer keeps words whole."""

    def __init__(self, language: str = "en", stop_words: tuple[str, ...] | None = None) -> None:
        self.language = language
        self._code = base_code(language)
        listed = STOP_WORDS.get(self._code, ()) if stop_words is None else stop_words
        self.stop_words = frozenset(word for text in listed for word in (*self.words(text), fold(text).replace("'", "")))
        self._stems: dict[str, str] = {}
        self._kept_query_words = lru_cache(_PIECES_KEPT)(self._find_query_words)
        self._stemmer = _Stemmer(self._code)

    def words(self, text: str) -> list[str]:
        """Return the words of a text in reading order: those of `spans`, faster."""
        plain = text.replace("`", "'") if text.isascii() else without_typography(text)
        if plain.isascii():
            return self._ascii_words(plain)
        plain = _FOREIGN.sub(_to_plain_run, plain)
        words: list[str] = []
        for number, part in enumerate(_FOREIGN_PIECE.split(plain)):
            words += (word for word, _, _ in self.spans(part)) if number % 2 else self._ascii_words(part)
        return words

    def _ascii_words(self, plain: str) -> list[str]:
        if plain.isalnum():
            return [plain.lower()[:MAX_WORD]]
        # Where no initials can be (each has a full stop, found at once), splitting at spaces takes a fifth of the time.
        if _INITIAL.search(plain):
            words = _ASCII_WORD.findall(plain.lower())
        else:
            words = plain.encode("ascii").translate(_SPACED).decode("ascii").split()
        if not "".join(words).isalnum():
            for number in [number for number, word in enumerate(words) if "'" in word or "." in word][::-1]:
                words[number : number + 1] = (part for run in _ASCII_WORD.findall(words[number]) for part in self._join(run))
        if len(plain) > MAX_WORD and max(map(len, words), default=0) > MAX_WORD:
            return [word[:MAX_WORD] for word in words]
        return words

    def query_words(self, text: str) -> tuple[str, ...]:
        """Return the words to search for in a typed text, without the last lone character of a run of pairs.

        Those of each piece between spaces are kept, because a question is read several times, for one purpose each; but not
        those of ASCII letters and digits, which are faster to read again.
        """
        if text.isalnum() and text.isascii():
            return (text.lower()[:MAX_WORD],)
        if len(text) > _LONGEST_IN_PIECES or (". " in text and _SPACED_INITIALS.search(text)):  # which are one word
            return self._find_query_words(text)
        pieces = text.split(" ")
        if max(map(len, pieces)) > _LONGEST_PIECE:
            return self._find_query_words(text)
        words: list[str] = []
        for piece in pieces:
            if piece.isalnum() and piece.isascii():
                words.append(piece.lower())
            else:
                words += self._kept_query_words(piece)
        return tuple(words)

    def query_stems(self, text: str) -> tuple[str, ...]:
        """Return the stems of the words to search for in a typed text."""
        return tuple(map(self.stem, self.query_words(text)))

    def has_only_stop_words(self, text: str) -> bool:
        """Return whether a typed text has no words to look for but stop words."""
        return self.stop_words.issuperset(self.query_words(text))

    def _find_query_words(self, text: str) -> tuple[str, ...]:
        if text.isascii():
            return tuple(self.words(text))
        spans = list(self.spans(text))
        return tuple([word for word, start, end in spans if not (end - start == 1 and self._is_inside_run(text, start))])

    @staticmethod
    def _is_inside_run(text: str, start: int) -> bool:
        return start > 0 and UNSPACED_RUN.fullmatch(text[start - 1 : start + 1]) is not None

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield each word with the place in `text` it was read from, as (word, start, end)."""
        plain = text.replace("`", "'") if text.isascii() else text.translate(PLAIN)
        if plain.isascii():
            for match in _ASCII_WORD.finditer(plain.lower()):
                word = match.group()
                if "'" in word or "." in word:
                    for part in self._join(word):
                        yield part[:MAX_WORD], match.start(), match.end()
                else:
                    yield word[:MAX_WORD], match.start(), match.end()
            return
        for match in _WORD.finditer(plain):
            yield from self._unicode_spans(match.group(), match.start())

    def _unicode_spans(self, run: str, offset: int) -> Iterator[tuple[str, int, int]]:
        end = 0
        for unspaced in UNSPACED_RUN.finditer(run):
            yield from self._fold_spans(run[end : unspaced.start()], offset + end)
            end = unspaced.end()
            for start in range(unspaced.start(), end):
                stop = min(start + 2, end)
                yield fold(run[start:stop]), offset + start, offset + stop
        yield from self._fold_spans(run[end:], offset + end)

    def _fold_spans(self, run: str, offset: int) -> Iterator[tuple[str, int, int]]:
        if not run:
            return
        written = re.sub(f"[{JOINERS}]", "", run)
        for match in _WORD.finditer(fold(written).translate(PLAIN)):
            for part in self._join(match.group()):
                yield part[:MAX_WORD], offset, offset + len(run)

    def _join(self, word: str) -> list[str]:
        word = word.replace(".", "").replace(" ", "")
        if "'" not in word:
            return [word]
        if self._code == "en" and word.endswith("'s"):
            word = word[:-2]
        if self.has_elision:
            return [part for part in word.split("'") if part]
        return [word.replace("'", "")]

    def stem(self, word: str) -> str:
        """Return the stem of a word from `words`; words with the same stem are equal in a search without quotes."""
        stem = self._stems.get(word)
        if stem is None:
            if len(self._stems) >= _STEMS_KEPT:
                self._stems.clear()
            stem = self._stemmer.stem(word)
            stem = self._stems[word] = word if stem == word else stem or word  # the same object takes less memory
        return stem

    @property
    def has_elision(self) -> bool:
        """Whether a word may begin after an apostrophe, as in l'été."""
        return self._code in _ELIDING

    def is_single_character(self, word: str) -> bool:
        """Whether `word` is one character of a script written without spaces, so only ever the beginning of a pair."""
        return len(word) == 1 and UNSPACED_RUN.fullmatch(word) is not None

    def two_parts(self, word: str) -> list[tuple[str, str]]:
        """Return the ways to write a word as two: one of letters as `may_be_parts` allows, "covid19" as "covid" and "19"."""
        if not word.isalpha():
            parts = code_parts(word)
            return [(parts[0], parts[1])] if parts else []
        small = self.stop_words
        cuts = range(1, len(word) - 1)
        return [(word[:cut], word[cut:]) for cut in cuts if word[:cut] not in small or (cut > 1 and word[cut:] not in small)]

    def may_be_parts(self, first: str, second: str) -> bool:
        """Whether two adjacent words may together spell a compound.

        Two words of letters that are not both stop words, neither a lone "a" or "I"; or letters beside digits, as in COVID 19
        and F 35, but not a word beside a year.
        """
        if not (first.isalpha() and second.isalpha()):
            return may_be_code(first, second) and first not in self.stop_words
        return len(second) > 1 and (first not in self.stop_words or (len(first) > 1 and second not in self.stop_words))
