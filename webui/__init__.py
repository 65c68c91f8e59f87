"""The reader: URL -> Query -> engine -> page.

pages      what a page shows, with every link ready; templates print and decide nothing
views      the pages          api      the same answers as JSON
exports    the same search as Atom, CSV, RIS, BibTeX         machines  what crawlers and browsers ask for
harvest    all documents for harvesters (OAI-PMH)            metrics   what operators watch
responses  headers, caching, compression, limits             errors    what goes wrong, told in one place
"""

from __future__ import annotations

from flask import Flask

from search.archive import Archive
from search.config.settings import Config
from search.engines.contract import Engine
from webui import api, machines
from webui.formats import exports
from webui.formats import oai as harvest
from webui.pages import views
from webui.pages.filters import boxes
from webui.serving import errors, metrics, responses


def create_app(config: Config, engine: Engine | None = None) -> Flask:
    """The web application of one archive. Opens nothing: the index is looked at by the first request."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 16_384  # only a harvester sends anything, the form of its request
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["boxes"] = boxes
    app.jinja_env.filters["thousands"] = "{:,}".format
    app.extensions["archive"] = Archive(config, engine)
    responses.install(app)
    errors.install(app)
    metrics.install(app)
    for room in (views, api, exports, machines, harvest, metrics):
        app.register_blueprint(room.blueprint)
    return app
