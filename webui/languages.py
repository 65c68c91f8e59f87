"""The language of the pages: its catalogue, and how links keep the language a visitor chose.

Words of pages are English in templates and code; `translations/<language>/LC_MESSAGES/messages.po` holds the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from gettext import NullTranslations
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import flask_babel
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask, Response, g, request
from markupsafe import Markup

from search.archive import Archive
from search.model.dates import locale_for
from search.text.analysis import fold_value
from search.text.language_codes import base_code
from webui.addresses.request import archive

TRANSLATED = ("en", "de", "es", "fr")
"""Languages with a complete catalogue."""
_LONGEST_QUERY_STRING = 12_000
"""Bytes of the longest query string that links to other languages repeat: 1,000 Chinese characters, the most that are searched,
take 9,000."""
_FOLDER = Path(__file__).parent / "translations"
_OWN_LINK = re.compile(r'(<a\b[^>]*? href=")(/(?!static/|files/|api/|search\.|cite\.)[^"#]*)([^"]*")')
_OWN_FORM = re.compile(r'(<form\b[^>]* action="/[^"]*"[^>]*>)')


def install(app: Flask) -> None:
    """Translate the pages of an application, and keep a chosen language in their links."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(_FOLDER)
    flask_babel.Babel(app, locale_selector=lambda: _locale(_choose_language(offered_languages())))

    @app.after_request
    def keep_language(response: Response) -> Response:
        used: PageLanguage | None = g.get("page_language")
        if used and used.code != used.offered[0] and response.mimetype == "text/html" and response.status_code != 304:
            response.set_data(_with_language(response.get_data(as_text=True), used.code))
        return response


@dataclass(frozen=True, slots=True, eq=False)
class PageLanguage:
    """A language of the pages: its code, as in `en`, its messages, and the archive's own labels in it by folded label.

    `offered` are the languages of the archive's pages, its own first.
    """

    code: str
    messages: NullTranslations = field(default_factory=NullTranslations)
    labels: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ("en",)

    def label(self, label: str) -> str:
        """Return a label of the archive's own in this language, itself where the configuration has no other."""
        return self.labels.get(fold_value(label), label) if self.labels else label


_OUTSIDE_OF_REQUESTS = PageLanguage("en")


def page_language() -> PageLanguage:
    """Return the language of the page being made, looked up once a request; English outside of requests."""
    try:
        here = g._get_current_object()  # called a hundred times for a page; through the proxy it takes ten times as long
    except RuntimeError:
        return _OUTSIDE_OF_REQUESTS
    try:
        language: PageLanguage = here.page_language
    except AttributeError:
        of = archive()
        language = here.page_language = _open(of, _choose_language(_offered(of)))
    return language


@lru_cache(maxsize=64)
def _open(of: Archive, code: str) -> PageLanguage:
    labels = {fold_value(label): other for label, other in of.config.labels.get(code, {}).items()}
    return PageLanguage(code, flask_babel.get_translations(), labels, _offered(of))


def gettext(message: str, **values: object) -> str:
    """Return a message in the language of the page, with its placeholders filled."""
    text = page_language().messages.gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """Return the form of a message for a number, which is its placeholder `num`."""
    text = page_language().messages.ngettext(one, many, number)
    return text % {"num": number_label(number), **values}


def translate_label(label: str) -> str:
    """Return a label of the archive's own in the language of the page."""
    return page_language().label(label)


def number_label(number: int) -> str:
    """Return a number as the language of the page writes it."""
    return str(number) if -1000 < number < 1000 else _group_digits(number, locale_code())


@lru_cache(maxsize=4096)
def _group_digits(number: int, language: str) -> str:
    return str(format_decimal(number, locale=language.replace("-", "_")))


def size_label(size: int) -> str:
    """Return a number of bytes as the language of the page writes it, as in 1.2 MB."""
    return _name_size(size, locale_code())


@lru_cache(maxsize=4096)
def _name_size(size: int, language: str) -> str:
    step = next((step for step in range(3) if size < 999.5 * 1000**step), 3)
    number = size / 1000**step
    unit = ("byte", "kilobyte", "megabyte", "gigabyte")[step]
    rounded = round(number) if step < 2 or number >= 10 else round(number, 1)
    return str(format_unit(rounded, unit, "short", locale=language.replace("-", "_")))


def today() -> str:
    """Return today's date (in UTC) in the language of the page."""
    return str(format_date(datetime.now(UTC).date(), locale=locale_for(locale_code()), format="long"))


def offered_languages() -> tuple[str, ...]:
    """Return the languages that the archive offers its pages in, its own first."""
    return _offered(archive())


@lru_cache(maxsize=64)
def _offered(of: Archive) -> tuple[str, ...]:
    own = base_code(of.config.language)  # where it has a catalogue, else English
    stated = (language for language in of.config.languages if language in TRANSLATED)
    return tuple(dict.fromkeys((own if own in TRANSLATED else "en", *stated)))


def locale_code() -> str:
    """Return the language of the page being made, as in `en`."""
    return page_language().code


@lru_cache(maxsize=64)
def text_direction(language: str) -> str:
    """Return `rtl` for languages written from right to left, else `ltr`."""
    try:
        return str(Locale.parse(language.replace("-", "_")).text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"


def keep_language_in(url: str) -> str:
    """Return an address of this site with the language chosen for this page."""
    language = page_language()
    return url if language.code == language.offered[0] else f"{url}{'&' if '?' in url else '?'}lang={language.code}"


@lru_cache(maxsize=256)
def language_attributes(language: str, page: str) -> Markup:
    """Return the attributes `lang` and `dir` of a text in this language; "" if that is the language of the page."""
    if base_code(language) == base_code(page):
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(language, text_direction(language))


def language_links() -> list[tuple[str, str, str]]:
    """Return (code, own name, address of this page) for each language offered; nothing if there is only one.

    Nothing either for a very long address: a page with four languages would repeat it seven times.
    """
    offered = page_language().offered
    if len(offered) == 1 or len(request.query_string) > _LONGEST_QUERY_STRING:
        return []
    pairs = [(name, value) for name, value in parse_qsl(request.query_string.decode("latin-1")) if name != "lang"]
    url = f"{request.path}?{urlencode(pairs)}" if pairs else request.path
    in_other = f"{url}{'&' if pairs else '?'}lang="
    return [(code, _own_name(code), in_other + code if number else url) for number, code in enumerate(offered)]


@lru_cache(maxsize=64)
def _own_name(code: str) -> str:
    return (_locale(code).get_display_name(code) or code).capitalize()


def _choose_language(offered: tuple[str, ...]) -> str:
    """Return the one of the languages offered that the address asks for, else the first."""
    wanted = request.args.getlist("lang")[:1]  # for most pages there is none, which costs `get` an exception
    return wanted[0] if wanted and wanted[0] in offered else offered[0]


@lru_cache(maxsize=64)
def _locale(code: str) -> Locale:
    return Locale.parse(code)


def _with_language(page: str, language: str) -> str:
    """Return the page with the language in each link and form that leads to this site."""
    parameter = f"lang={escape(language)}"

    def link(match: re.Match[str]) -> str:
        if "data-language" in match[0] or "lang=" in match[2]:
            return match[0]
        return f"{match[1]}{match[2]}{'&amp;' if '?' in match[2] else '?'}{parameter}{match[3]}"

    page = _OWN_LINK.sub(link, page)
    return _OWN_FORM.sub(rf'\1<input type="hidden" name="lang" value="{escape(language)}">', page)
