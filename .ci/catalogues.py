"""Bring the catalogues of the pages up to date:  python .ci/catalogues.py

Collects the messages of templates and code, adds new ones to webui/translations/<language>/LC_MESSAGES/messages.po without a
translation, removes unused ones, and compiles each catalogue. Prints untranslated messages; exits 1 if there are any.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).parents[1]))

from webui.languages import TRANSLATED
from webui.pages import files, filters, hits, provenance, words
from webui.serving import errors

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "webui" / "translations"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
SEARCH_METHODS = [("citations/**.py", "ignore"), ("**.py", "python")]
TABLES = (*(hits._ACCESS, hits._LABELS, words.ROLES, provenance._NOUNS, provenance._CONFIDENCE),)
"""Messages that code looks up in tables."""


def template() -> Catalog:
    """Return all messages of the program."""
    catalogue = Catalog(project="Finding Aid", charset="utf-8")
    options = {"**/templates/**.html": {"trimmed": "true"}}
    keywords = dict.fromkeys(("_", "gettext", "sentence", "join_parts")) | {"ngettext": (1, 2)}
    found = extract_from_dir(ROOT / "webui", METHODS, options, keywords, ())
    for _, _, message, _, _ in (*found, *extract_from_dir(ROOT / "search", SEARCH_METHODS, keywords=keywords)):
        catalogue.add(message)
    for table in TABLES:
        for message in table.values():
            if message:
                catalogue.add(message)
    for pair in (*errors._WORDS.values(), errors._OTHER):
        for message in pair:
            catalogue.add(message)
    for message in (*filters.WORDS, *filters.FIELD_WORDS, *files.FORMAT_WORDS, *words.VALUES, *words.NOTES):
        catalogue.add(message)
    return catalogue


def main() -> int:
    """Update and compile every catalogue; returns the exit code."""
    messages = template()
    missing = 0
    for language in TRANSLATED:
        if language == "en":
            continue
        path = FOLDER / language / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = Catalog(locale=language, charset="utf-8")
        if path.exists():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language)
        catalogue.update(messages, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        empty = [entry.id for entry in catalogue if entry.id and not all(entry.string if entry.pluralizable else [entry.string])]
        missing += len(empty)
        for one in empty:
            print(f"{language}: {one}")
        with path.open("wb") as file:
            write_po(file, catalogue, sort_output=True, omit_header=False, width=120, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
