"""What every process of a server needs, loaded once before there are several: no visitor waits, and all share its memory."""

from __future__ import annotations

from flask import Flask

from search.model.dates import display_date, parse_edtf
from search.text.common_words import load_common_words
from webui.languages import offered_languages
from webui.templating import compile_templates


def preload(app: Flask) -> None:
    """Compile the templates, and load the common words of the archive's language and the names of months in each language."""
    compile_templates(app)
    language = app.extensions["archive"].analyzer.language
    load_common_words(language)
    with app.app_context():
        offered = offered_languages()
    for code in dict.fromkeys((language, *offered)):
        display_date(parse_edtf("2000-01-01"), code)
