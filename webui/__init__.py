"""The reader: URL -> Query -> engine -> page.

addresses  what an address asks for, and the addresses of our pages     pages    one file a kind of page
api        the same answers as JSON                                     formats  the same answers as feeds, tables, citations
serving    how answers are sent: server, headers, caching, errors, metrics
export     the archive as a folder of files
languages  the language of the pages; translations/ holds the catalogues     templating  the templates in each language
by_generation  what is made once for each generation of the index
templates/ prints what pages and formats made; static/ is sent as it is
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask

from search.archive import Archive
from search.completions import Completions
from search.config.settings import Config
from search.engines.contract import Engine
from search.model.results import plain
from webui import api, formats, languages, pages, serving
from webui.addresses.links import DocumentIdConverter
from webui.pages.about import own_text
from webui.pages.cards import print_cards, print_facts
from webui.pages.filters import boxes, chart_bars, print_panel, year_table
from webui.pages.links import count_label, print_page_links, readable_address
from webui.serving import errors, metrics, responses, server, static_files
from webui.templating import Templates


def create_app(config: Config, engine: Engine | None = None) -> Flask:
    """Return the web application of one archive. The index is opened by the first request."""
    app = Flask(__name__, static_folder=None)
    app.url_map.converters["id"] = DocumentIdConverter
    app.url_map.merge_slashes = False  # an id may be an address, which has two slashes in a row
    app.config["MAX_CONTENT_LENGTH"] = 16_384  # bytes; only harvesters send a body, the form of their request
    app.config["EXPORTS_AT_ONCE"] = server.THREADS // server.EXPORTS_SHARE
    archive = app.extensions["archive"] = Archive(config, engine)
    app.extensions["completions"] = Completions(archive)
    app.extensions["templates"] = _templates(archive)
    own_text(archive)  # kept: the ETags, which are made of the file now, are to be those of every process
    responses.install(app)
    errors.install(app)
    metrics.install(app)
    languages.install(app)  # after the rest: what is installed last changes a response first, before it is compressed
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    return app


def _blueprints() -> Iterator[Blueprint]:
    """Yield the routes: the `blueprint` of each module in these folders that has one."""
    for folder in (pages, formats, api, serving):
        for found in iter_modules(folder.__path__, f"{folder.__name__}."):
            module = import_module(found.name)
            if hasattr(module, "blueprint"):
                yield module.blueprint


def _templates(archive: Archive) -> Templates:
    known = {
        "site": archive.config.site,
        "boxes": boxes,
        "panel": print_panel,
        "cards": print_cards,
        "facts": print_facts,
        "chart_bars": chart_bars,
        "year_table": year_table,
        "count_label": count_label,
        "numbers": print_page_links,
        "static": static_files.static_url,
        "today": languages.today,
        "absent_pages": (),
    }
    return Templates(known, {"readable_address": readable_address, "plain": plain})
