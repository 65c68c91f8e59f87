"""One date as people write it, without ranges: a day, a month, a season, a year, a decade or a century."""

from __future__ import annotations

import re
from functools import lru_cache

from search.model import date_words as words
from search.model.dates import DateSpan, edtf_year, find_edtf, locale_for, parse_edtf
from search.model.days import days_of_month

_ORDINAL = r"(?:st|nd|rd|th|er|eme|e|º|ª|o|\.)?"
_DAY = rf"(?P<day>\d{{1,2}}){_ORDINAL}"
_YEAR = r"(?P<year>\d{4})"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_YEAR = re.compile(r"(?=.{4}|mcm|mdc)m(?:m|d?c{0,4}|cd|cm)(?:l?x{0,4}|xl|xc)(?:v?i{0,4}|iv|ix)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4})")
_ABOUT = re.compile(rf"(?:{words.ABOUT}\b\.?|c(?=\d)|ca(?=\d)|~)\s*")
_PERHAPS = re.compile(rf"(?:{words.PERHAPS}\b\.?|\?)\s*")
_NOISE = re.compile(rf"{words.NOISE}(?:\s+|:\s*|(?<=p)(?=\d{{4}}$))")
_PART = re.compile(rf"{words.PART_OF}[\s-]+(?:of |the |de |des |del |du )*")
_PART_BEHIND = re.compile(rf"(?<=\S),\s*(?:the )?{words.PART_BEHIND}$")
_QUARTER = re.compile(r"q(?P<quarter>[1-4])[\s/,-]*(?P<year>\d{4})|(?P<first>\d{4})[\s/,-]*q(?P<behind>[1-4])", re.ASCII)
_ORDINAL_WORD = re.compile(rf"^({'|'.join(words.ORDINALS)})(?=[\s-]+{words.CENTURY}\b)")
_ORDINAL_DAY = re.compile(rf"\b(?:{'|'.join(words.ORDINALS)})\b")
"""The day of a month in words, as in "the sixth of September"."""
_ROMAN_MONTH = re.compile(r"(\d{1,2})([./\s-])\s?([ivx]{1,4})\.?\2\s?(\d{4})", re.ASCII)
_ROMAN_MONTHS = "i ii iii iv v vi vii viii ix x xi xii".split()
_AFTER_ABOUT = re.compile(r"(?<=\d)\s*[\[(]?(?:ca|circa|c|approx|approximate|approximately)\.?$")
_EAST_ASIAN = re.compile(
    rf"(\d{{4}})\s?{words.YEAR_SIGN}(?:\s?(\d{{1,2}})\s?{words.MONTH_SIGN}(?:\s?(\d{{1,2}})\s?{words.DAY_SIGN})?)?", re.ASCII
)
_UNKNOWN_PARTS = re.compile(r"(\d{4}(?:-\d{2})?)(?:-(?:uu|xx|\?\?))+", re.ASCII)


class OpenOrder(Exception):
    """A numeric date has two readings: `readings` holds both, that of the language first; `sign` is the separator."""

    def __init__(self, readings: tuple[DateSpan, ...], sign: str) -> None:
        super().__init__("the order of day and month is open")
        self.readings = readings
        self.sign = sign


@lru_cache(maxsize=16384)
def parse_single(text: str, language: str) -> DateSpan | None:
    """Return the date of a folded text; None if the whole text is no date. Raises OpenOrder."""
    core, is_about, is_doubtful = _without_qualifiers(text, language)
    edtf = _edtf(core, language, is_about)
    if not edtf:
        return None
    sign = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((is_about, is_doubtful), "")
    return find_edtf(edtf.replace("/", f"{sign}/") + sign)


def _without_qualifiers(text: str, language: str) -> tuple[str, bool, bool]:
    """Return the text without qualifiers, whether it is approximate, and whether it is uncertain."""
    is_about = is_doubtful = False
    core = text
    while True:
        before = core
        core = re.sub(r"\s*[\[(]\?[\])]", "?", core).strip(" ,;:")
        core = re.sub(r"^[\[(<{]+|[\])>}]+$", "", core).strip()
        core = re.sub(rf"^{words.weekday_pattern(language)}[\s,]+", "", core)
        if match := _PERHAPS.match(core) or re.search(r"\s*\?$", core):
            is_doubtful, core = True, core.replace(match[0], "", 1) if match.start() == 0 else core[: match.start()]
        elif match := _ABOUT.match(core):
            is_about, core = True, core[match.end() :]
        elif match := _AFTER_ABOUT.search(core):
            is_about, core = True, core[: match.start()]
        elif match := _NOISE.match(core) or _PART.match(core):
            core = core[match.end() :]
        elif match := _PART_BEHIND.search(core):
            core = core[: match.start()]
        if core == before or not core:
            return core, is_about, is_doubtful


def _edtf(core: str, language: str, is_about: bool) -> str:
    for read in (_year, _decade, _century, _season, _quarter, _roman_month):
        if found := read(core):
            return found
    if found := _iso(core, is_about) or _parse_era(core):
        return found
    return _month(core, language) or _numeric(core, language)


def _year(core: str) -> str:
    """Read four digits, or a decade or century with its last digits unknown: 192-, 19uu, 192X, 19--; or Roman: MDCCC.LXII."""
    core = core.rstrip(".")
    if re.fullmatch(r"\d{4}", core, re.ASCII):
        return core
    roman = re.sub(r"[. ]", "", core) if core.startswith("m") else ""
    if roman and _ROMAN_YEAR.fullmatch(roman):
        return str(_number(roman))
    unknown = re.fullmatch(r"(\d{3})[-–ux_?]|(\d{2})[-–ux_?]{2}", core, re.ASCII)
    return (unknown[1] or unknown[2]).ljust(4, "X") if unknown else ""


def _decade(core: str) -> str:
    match = re.fullmatch(r"(\d{3})0(?:'?s|er|er jahre|-tal(?:et|let)?)\.?", core) or re.fullmatch(
        r"(?:decade|decada|dekade|decennie|annees|anos|anni|jaren)(?: de| of| the)* (\d{3})0", core
    )
    return f"{match[1]}X" if match else ""


def _century(core: str) -> str:
    core = _ORDINAL_WORD.sub(lambda found: str(words.ORDINALS.index(found[1]) + 1), core)
    core = re.sub(rf"(?<=[a-z]\s){words.ANNO_DOMINI}$", "", core).strip()
    match = re.fullmatch(rf"(\d{{1,2}}|[ivxl]+){_ORDINAL}[\s-]*{words.CENTURY}\.?(\s?{words.BEFORE_CHRIST})?", core)
    match = match or re.fullmatch(rf"{words.CENTURY_BEFORE}\.?\s?([ivxl]+|\d{{1,2}})(\s?{words.BEFORE_CHRIST})?", core)
    number = _number(match[1]) if match else 0
    if not match or not 1 <= number <= 21:
        return ""
    if match[2]:
        return f"{edtf_year(1 - number * 100)}/{edtf_year(0 - (number - 1) * 100)}" if number > 1 else "-0099/-0001"
    return f"{number - 1:02}XX"


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _season(core: str) -> str:
    names = "|".join(words.SEASONS)
    match = re.fullmatch(rf"(?P<season>{names}),? (?:de |of )?{_YEAR}", core) or re.fullmatch(
        rf"{_YEAR},? (?P<season>{names})", core
    )
    return f"{match['year']}-{words.SEASONS[match['season']]}" if match else ""


def _quarter(core: str) -> str:
    """Read three months of a year: Q3 2018, 2018-Q3."""
    match = _QUARTER.fullmatch(core)
    if match is None:
        return ""
    year, last = match["year"] or match["first"], 3 * int(match["quarter"] or match["behind"])
    return f"{year}-{last - 2:02}/{year}-{last:02}" if int(year) else ""


def _roman_month(core: str) -> str:
    """Read a day whose month is a Roman numeral: 14.II.1919."""
    match = _ROMAN_MONTH.fullmatch(core)
    if match is None or match[3] not in _ROMAN_MONTHS or not int(match[1]):
        return ""
    return _date(match[4], _ROMAN_MONTHS.index(match[3]) + 1, int(match[1]))


def _iso(core: str, is_about: bool) -> str:
    """Read year, month and day in this order, with any sign between; a zero means unknown.

    "About 1905-12" is a range of years, not a month, and so is 1998-9, where the one digit is that of the following year.
    """
    if found := _UNKNOWN_PARTS.fullmatch(core):
        core = found[1]
        if len(core) == 4:
            return core if int(core) else ""
    if found := _EAST_ASIAN.fullmatch(core):
        return _date(found[1], int(found[2] or 0), int(found[3] or 0))
    match = re.fullmatch(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", core, re.ASCII)
    if match is None:
        return ""
    year, sign, month, day = match[1], match[2], int(match[3]), match[4]
    if day is None:
        is_next_year = len(match[3]) == 1 and month == int(year[-1]) + 1
        is_month = sign == "-" and month <= 12 and not (is_about or is_next_year)
        return _date(year, month, 0) if is_month else ""
    return _date(year, month, int(day))


def _parse_era(core: str) -> str:
    match = re.fullmatch(rf"(\d{{1,5}})\s?{words.BEFORE_CHRIST}", core)
    if match and int(match[1]):
        return edtf_year(1 - int(match[1])) if match[1] != "1" else ""
    match = re.fullmatch(rf"(\d{{1,4}})\s?{words.ANNO_DOMINI}|{words.ANNO_DOMINI}\s?(\d{{1,4}})", core)
    year = int(match[1] or match[2]) if match else 0
    return edtf_year(year) if year else ""


def _month(core: str, language: str) -> str:
    core = _ORDINAL_DAY.sub(lambda found: str(words.ORDINALS.index(found[0]) + 1), core)
    for pattern in _month_forms(language):
        if match := pattern.fullmatch(core):
            parts = match.groupdict()
            month = words.month_numbers(language)[parts["month"].rstrip(".")]
            return _date(parts["year"], month, int(parts.get("day") or 0))
    return ""


@lru_cache(maxsize=16)
def _month_forms(language: str) -> tuple[re.Pattern[str], ...]:
    name, of = rf"(?P<month>{words.month_pattern(language)})", r"(?:\s(?:of|de|del|di|the))*"
    between = rf"{of}[\s,.\-/]+"
    return tuple(
        re.compile(form)
        for form in (
            rf"{_DAY}{of}[\s.\-/]*{name}{between}{_YEAR}",
            rf"{name}{between}{_DAY}{between}{_YEAR}",
            rf"{name}{of}[\s,.\-/]*{_YEAR}",
            rf"{_YEAR}[\s,.\-/]*{name}(?:[\s.\-/]*{_DAY})?",
        )
    )


def _numeric(core: str, language: str) -> str:
    month = re.fullmatch(r"(\d{1,2})[/.-](\d{4})", core)
    if month:
        return _date(month[2], int(month[1]), 0)
    readings = numeric_readings(core, language)
    sign = _NUMERIC.fullmatch(core)
    if len(readings) > 1 and sign and not (sign[2] == "." and _is_dotted(language)):
        raise OpenOrder(readings, sign[2])
    return readings[0].edtf if readings else ""


def numeric_readings(core: str, language: str) -> tuple[DateSpan, ...]:
    """Return the possible dates of a numeric date such as 5/6/2013: none, one or two, that of the language first."""
    match = _NUMERIC.fullmatch(core)
    if match is None:
        return ()
    one, other, year = int(match[1]), int(match[3]), match[4]
    if not (one and other):  # a zero means unknown: both readings are the same
        known = _date(year, one or other, 0) if one + other <= 12 else year
        return (parse_edtf(year if one == other == 0 else known),) if _date(year, 0, 0) else ()
    orders = [(one, other), (other, one)]  # day, month
    if not is_day_first(language):
        orders.reverse()
    dates = dict.fromkeys(_date(year, month, day) for day, month in orders)
    return tuple(parse_edtf(each) for each in dates if each)


@lru_cache(maxsize=64)
def is_day_first(language: str) -> bool:
    """Whether the language writes the day before the month in numbers."""
    pattern = locale_for(language).date_formats["short"].pattern
    return "M" not in pattern or pattern.find("d") < pattern.find("M")


@lru_cache(maxsize=64)
def _is_dotted(language: str) -> bool:
    """Return whether the language writes numeric dates with full stops, day first, so that 5.6.2013 has one reading."""
    return re.match(r"d+\.\s?M+\.", locale_for(language).date_formats["short"].pattern) is not None


def _date(year: str, month: int, day: int) -> str:
    """Return the date as EDTF; "" if there is no such day. A month or day of 0 is unknown."""
    if int(year) == 0 or not 0 <= month <= 12 or day > (days_of_month(int(year), month) if month else 31):
        return ""
    if not month:
        return year
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
