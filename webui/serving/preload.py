"""What every process of a server needs, loaded once before there are several: no visitor waits, and all share its memory."""

from __future__ import annotations

from flask import Flask

from search.preloading import load_word_lists
from webui.languages import offered_languages
from webui.templating import compile_templates


def preload(app: Flask) -> None:
    """Compile the templates, and load the lists of words that searches and pages need."""
    compile_templates(app)
    with app.app_context():
        load_word_lists(app.extensions["archive"].analyzer.language, offered_languages())
