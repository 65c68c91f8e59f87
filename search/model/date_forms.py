"""Reads dates in the forms people write them: `c. 1925`, `1914–18`, `18th century`, `14. Februar 2019`, `1920s`, `44 BC`.

A text is tried as one date, then as a range, then as a list of those, whose first and last day count. Numeric dates whose
order is open (5/6/2013) are never guessed. The table in tests/search/test_date_forms.py says what is read and how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from search.model import date_words as words
from search.model.date_formats import EDTF, parse_format
from search.model.date_single import OpenOrder, is_day_first, parse_single
from search.model.dates import DateSpan, display_date, find_edtf, parse_edtf

_YEARS_AHEAD = 10
_TIME = re.compile(
    r"(?<=\d)(?:[t,]|,? at|,? um|\s)\s*(?:[01]?\d|2[0-4])(?::[0-6]\d){1,2}(?:[.,]\d+)?(?: ?[ap]\.?m\.?| ?uhr| ?h)?"
    r"(?: ?(?:z|utc|gmt|[a-z]{2,4}t)?(?: ?[+-]\d{1,2}(?::?\d{2})?)?)?(?: ?\([^)]*\))?$"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t\d{4,6}z?)?")
_MACHINE = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{8}")
_REMARK = re.compile(r"(?<=\S) ?\((?!\?\))[^()]*\)$|,? ?\bbulk\b.*$|(?<=\d) season$")
_TIME_BEFORE_YEAR = re.compile(r"(?<=\d) \d{1,2}:\d{2}(?::\d{2})?(?: [a-z]{2,4}t?)?(?= \d{4}$)")
_LATER = re.compile(rf"(?<=[\ds\])?]),? ?[\[(]?\b(?:{words.LATER}\b.*|c\d{{4}}[\])]?)$")
"""A later date after that of the work: of a printing, casting or showing, as in "1955, printed 1981"."""
_ONWARDS = re.compile(rf"(?<=\d)\s?{words.ONWARDS}\.?$")
_INSIDE = re.compile(
    r"(?:\d+ (?:v|vols?|volumes?|items?|pieces?|boxes)\.?|[mdclxvi. ]{4,}) ?[\[(](?=[^\[\]()]*\d{3})([^\[\]()]*)[\])]"
)
"""An extent or a Roman year followed by the date in brackets: 1 v. (1998-2001), MCMXCVIII [1998]."""
_CLOSING = re.compile(rf"\s*(?:[-–/]|\.\.|\b{words.TO}\b)\s*(?:{words.PRESENT})?\.?$")
_WITHOUT_END = re.compile(rf"\s{words.TO}$")
"""In a source, "1950 to" is open; what a visitor typed after "2014 a" or "2014 to" is part of a sentence."""
_RANGE = re.compile(rf"\s*(?:[-–/]|\.\.+|\s{words.TO}\s)\s*")
_RANGE_AND = re.compile(rf"\s*(?:[-–/]|\s(?:{words.TO}|{words.AND})\s)\s*")
_CENTURIES = re.compile(rf"\b{words.CENTURY}$")
_LIST = re.compile(rf"\s*[;,]\s*(?:{words.AND}\s)?|\s(?:{words.AND}|{words.OR})\s")
_CORRECTED = re.compile(r".*\d\S*\s*[\[(](?:i\.?\s?e\.?|recte|correctly)[\s,:]+([^\[\]()]*\d[^\[\]()]*)[\])]")
"""A printed date followed by its correction in brackets: 1914 [i.e. 1915]."""
_ESTIMATED = re.compile(
    r"(?:undated|n\.?\s?d\.?|s\.?\s?d\.?|no date|date unknown|ohne datum|o\.?\s?d\.?)[\s,;:]*(?=[\[(]|c|\d)(.*\d.*)"
)
"""Words for "no date" followed by an estimate: n.d. [1890s]."""


_LONGEST, _LONGEST_TYPED, _MOST_DIGITS = 500, 60, 16
"""Characters of the longest date; characters and digits of the longest that a visitor may type: from one day to another."""


class DateReading(Struct, frozen=True):
    """The date read from a text, or None and a warning; for words such as "no date", neither."""

    span: DateSpan | None = None
    warning: str = ""


def parse_date(text: str, language: str = "en", formats: tuple[str, ...] = ()) -> DateReading:
    """Return the date that a text states. `formats` are strptime codes with the month names of the language, or `edtf`.

    If no date can be read, the warning says what was found and how to correct it; nothing is raised.
    """
    written = " ".join(text.split())
    folded = words.fold_date(written)
    forms = _Forms(language, formats)
    if _is_undated(folded) and not _is_estimated(folded, forms):
        return DateReading()
    try:
        span = _parse_by_format(written, language, formats) or _standard(written, folded) or forms.read(folded)
    except OpenOrder as error:
        return DateReading(None, _open_order_warning(written, error, language))
    if span is None and forms.turned_round is not None:
        warning = f'found "{written[:80]}", which ends before it begins; only the beginning is used'
        return DateReading(replace(forms.turned_round, words=written), warning)
    if span is None:
        return DateReading(None, f'found "{written[:80]}", which cannot be read as a date')
    if _last_year(span) > date.today().year + _YEARS_AHEAD:
        reason = f"more than {_YEARS_AHEAD} years ahead"
        return DateReading(None, f'found "{written[:80]}", which is {reason}')
    return DateReading(replace(span, words=written) if span.words else span)


def parse_date_range(first: str, last: str, language: str = "en", formats: tuple[str, ...] = ()) -> DateReading:
    """Return the range between a first and a last date given as texts, as `join_dates` does."""
    begins, ends = parse_date(first, language, formats), parse_date(last, language, formats)
    stated = " – ".join(" ".join(part.split()) for part in (first, last) if part.strip())
    joined = join_dates(begins.span, ends.span, stated)
    return replace(joined, warning=joined.warning or begins.warning or ends.warning)


def join_dates(begins: DateSpan | None, ends: DateSpan | None, stated: str) -> DateReading:
    """Return the range between two dates; `stated` are the words of both.

    If the end is not known, or lies before the beginning, that is the beginning alone; if only the end is known, the range has
    an open beginning.
    """
    if ends is None:
        return DateReading(begins)
    if begins is None:
        return DateReading(replace(ends, first_day=None, edtf=f"/{_last_part(ends)}", words=stated))
    if begins.edtf == ends.edtf:
        return DateReading(begins)
    joined = _join_spans(begins, ends)
    if joined is None:
        return DateReading(begins, f'found "{stated[:80]}", which ends before it begins; only the beginning is used')
    is_plain = not (begins.words or ends.words)
    return DateReading(replace(joined, words="" if is_plain else stated))


@lru_cache(maxsize=1024)
def date_readings(text: str, language: str = "en") -> tuple[DateSpan, ...]:
    """Return the dates a visitor may mean: two if day and month can be exchanged, that of the language first; kept."""
    if len(text) > _LONGEST_TYPED or sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return ()
    folded = words.complete_year(words.fold_date(text), date.today().year)
    if _WITHOUT_END.search(folded):
        return ()
    try:
        found = _standard(folded, folded) or _Forms(language, ()).read(folded)
    except OpenOrder as error:
        return error.readings
    return (found,) if found else ()


class _Forms:
    """Reads the forms of dates of one language and one source."""

    def __init__(self, language: str, formats: tuple[str, ...]) -> None:
        self.language = language
        self.formats = formats
        self.turned_round: DateSpan | None = None
        """The beginning of a range that ends before it begins."""

    def read(self, folded: str) -> DateSpan | None:
        """Read folded text; the words of the result are those of the text. A longer one would take too much work."""
        if len(folded) > _LONGEST:
            return None
        text = _without_brackets(folded)
        if inner := _CORRECTED.fullmatch(text) or _ESTIMATED.fullmatch(text) or _INSIDE.fullmatch(text):
            text = _without_brackets(inner[1].strip())
        text = _LATER.sub("", text)
        span = self._parse_whole(text)
        if span is None and (shorter := _REMARK.sub("", text).strip()) != text and shorter:
            span = self._parse_whole(shorter)
        return None if span is None else replace(span, words=span.words or folded)

    def _parse_whole(self, text: str) -> DateSpan | None:
        return self._parse_one(text) or self._parse_open(text) or self._parse_range(text) or self._parse_list(text)

    def _parse_one(self, text: str) -> DateSpan | None:
        without_time = _TIME.sub("", _TIME_BEFORE_YEAR.sub("", text))
        return parse_format(text, self.language, self.formats) or parse_single(without_time, self.language)

    def _parse_open(self, text: str) -> DateSpan | None:
        for pattern, is_end_known in ((words.UNTIL, True), (words.SINCE, False)):
            match = re.match(rf"{pattern}\b\.?[\s-]*", text)
            found = match and self._parse_one(text[match.end() :])
            if found:
                return _open_end(found, is_end_known)
        if text.startswith("–") or text.startswith("/"):
            found = self._parse_one(text[1:].strip())
            return found and _open_end(found, True)
        match = _CLOSING.search(text) or _ONWARDS.search(text)
        found = match and self._parse_one(text[: match.start()])
        return _open_end(found, False) if found else None

    def _parse_range(self, text: str) -> DateSpan | None:
        between = re.match(rf"{words.BETWEEN}\s+(?:the\s+)?", text)
        pattern = _RANGE_AND if between or _CENTURIES.search(text) else _RANGE
        text = text[between.end() :] if between else text
        open_order: OpenOrder | None = None
        for match in pattern.finditer(text):
            try:
                found = self._parse_ends(text[: match.start()], text[match.end() :])
            except OpenOrder as error:
                open_order, found = error, None
            if found:
                return found
        if open_order:
            raise open_order
        return None

    def _parse_ends(self, left: str, right: str) -> DateSpan | None:
        """Return the range of two dates, each of which may omit what the other states: "3–5 May 2019", "1914–18"."""
        left, right = left.strip(), right.strip()
        if words.NO_DATE.fullmatch(left) or words.NO_DATE.fullmatch(right):
            known = self._parse_one(right if words.NO_DATE.fullmatch(left) else left)
            return known and _open_end(known, bool(words.NO_DATE.fullmatch(left)))
        for begin, end in _complete_range(left, right):
            first = self._parse_one(begin)
            last = first and self._parse_one(end)
            if first and last:
                joined = _join_spans(first, last)
                if joined:
                    return joined
                self.turned_round = self.turned_round or first
        return None

    def _parse_list(self, text: str) -> DateSpan | None:
        """Return the span from the first to the last of several dates; pieces such as "undated" are ignored."""
        pieces = [piece for piece in _LIST.split(text) if piece]
        dated = [piece for piece in pieces if not words.NO_DATE.fullmatch(piece)]
        if not dated or len(pieces) < 2:
            return None
        spans = [self._parse_one(piece) or self._parse_open(piece) or self._parse_range(piece) for piece in dated]
        known = [span for span in spans if span is not None]
        if len(known) < len(spans):
            return self._parse_ends(pieces[0], pieces[1]) if len(pieces) == 2 and spans[0] is None else None
        first, last = min(known, key=lambda span: span.bounds[0]), max(known, key=lambda span: span.bounds[1])
        return first if first.edtf == last.edtf else _join_spans(first, last)


def _complete_range(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Yield the possible pairs of ends of a range, the most likely first."""
    year = re.search(r"(?<!\d)(\d{4})(?=\D*$)", left)
    right = re.sub(r"^[\[(](\d{1,2}\??)[\])]$", r"\1", right)
    if year and re.fullmatch(r"\d{1,3}(?:\s?\?)?", right):
        digits = re.sub(r"\D", "", right)
        yield left, f"{digits}0s" if len(digits) == 3 else year[1][: 4 - len(digits)] + right
        return
    yield left, right
    tail, head = re.split(r"[\s,]+", right), re.split(r"[\s,]+", left)
    for cut in range(1, min(len(tail), 4)):
        begin = f"{left} {' '.join(tail[cut:])}"
        yield begin, right
        for kept in range(1, min(len(head), 3)):
            yield begin, f"{' '.join(head[:kept])} {right}"
    for kept in range(1, min(len(head), 4)):
        yield left, f"{' '.join(head[:kept])} {right}"


def _join_spans(first: DateSpan, last: DateSpan) -> DateSpan | None:
    """Return the range from the start of one date to the end of another; None if it would end before it starts."""
    if first.bounds[0] > last.bounds[1] or first.sort_day > last.bounds[1]:
        return None
    return DateSpan(first.first_day, last.last_day, f"{first.edtf.partition('/')[0]}/{_last_part(last)}")


def _last_part(span: DateSpan) -> str:
    return span.edtf.rpartition("/")[2]


def _open_end(span: DateSpan, is_end_known: bool) -> DateSpan:
    if is_end_known:
        return DateSpan(None, span.last_day, f"/{_last_part(span)}")
    return DateSpan(span.first_day, None, f"{span.edtf.partition('/')[0]}/..")


def _is_undated(folded: str) -> bool:
    """Whether the text is empty or has words for "no date", once or as both ends of a range."""
    text = _without_brackets(folded)
    return all(not part or words.NO_DATE.fullmatch(part) for part in text.split(" - "))


def _is_estimated(folded: str, forms: _Forms) -> bool:
    """Whether a readable date follows the words for "no date"."""
    return _ESTIMATED.fullmatch(_without_brackets(folded)) is not None and forms.read(folded) is not None


def _last_year(span: DateSpan) -> int:
    """Return the year of the end, the first one where its last digits are not known (20XX)."""
    last = _last_part(span)
    return span.year if last in ("", "..") else parse_edtf(last).year


def _without_brackets(text: str) -> str:
    """Return the text without enclosing brackets and without a full stop at its end."""
    while (match := re.fullmatch(r"[\[(<{]([^\[\](){}<>]*)[\])>}][.,]?", text)) is not None:
        text = match[1].strip()
    return text


def _parse_by_format(written: str, language: str, formats: tuple[str, ...]) -> DateSpan | None:
    standard = find_edtf(written) if EDTF in formats else None
    return standard or parse_format(written, language, formats)


def _standard(written: str, folded: str) -> DateSpan | None:
    """Return the date where it is EDTF, or ISO 8601 with or without a time; but 2019-21 is a range of years, as in 1914-18."""
    if not re.fullmatch(r"\d{4}-\d\d", written) or int(written[5:]) in range(1, 13):
        span = find_edtf(written)
        if span:
            return span
    compact = _COMPACT.fullmatch(folded)
    plain = "-".join(compact.groups()) if compact else _TIME.sub("", folded)
    return parse_single(plain, "en") if _MACHINE.fullmatch(plain) and len(plain) > 7 else None


def _open_order_warning(written: str, error: OpenOrder, language: str) -> str:
    shown = " or ".join(display_date(span, language) for span in error.readings)
    codes = "%d/%m/%Y" if is_day_first(language) else "%m/%d/%Y"
    reason = f'may be {shown}; say which in date_format, as in date_format: ["{codes.replace("/", error.sign)}"]'
    return f'found "{written[:80]}", which {reason}'
