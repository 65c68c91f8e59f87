"""Four real collections, with the configuration a sensible archivist would write: every record comes out, titled and dated."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from indexer.corpus import Corpus, read_corpus
from search.config.loading import load_config
from search.model.document import Document

POSTS = """
site: {address: "https://18f.gsa.gov"}
sources:
- path: posts/*.md
  id: "{stem}"
  url: "https://18f.gsa.gov/{stem}"
  mapping: {topics: tags, people: authors, summary: excerpt, aliases: redirect_from}
  defaults: {type: Blog post}
  ignore: [layout, "image*", hero, permalink, description, github, locale, tumblr_url]
"""
FINDING_AIDS = """
sources:
- path: finding-aids-totals.csv
  id: "{url}"
  mapping: {date: date_range, people: creator, text: abstract, call_number: collection_number, physical: physical_description}
  ignore: ["total_*"]
  defaults: {type: Finding aid}
fields: {call_number: {label: Call number}, repository: {label: Repository}, sponsor: {label: Sponsor}, extent: {label: Extent},
  physical: {label: Physical description}, language_of_materials: {label: Language}}
"""
MUNICIPAL = """
language: es
sources:
- path: rionegro_fondos.csv
  id: "{secuencia}"
  mapping: {title: unidad_documental_compuesta, date: fecha_inicial, date_end: fecha_final, type: nivel_de_descripción,
    text: alcance_y_contenido, topics: tipo_de_documento, state: caracterísitcas_físicas, call_number: identificador, notes: fuentes}
  split: {state: "|", notes: "|"}
  ignore: ["*"]
- path: rionegro_collections.csv
  mapping: {id: ca_collections.idno, title: ca_collections.arrangement, date: ca_collections.unitdate.date_value,
    text: ca_collections.scopecontent}
  ignore: ["*"]
fields: {state: {label: Estado}, call_number: {label: Signatura}}
"""
SAVED_PAGES = """
sources:
- path: press
  url: "http://www.mozilla.org/{path}"
  html: {text: ["#mainContent"], remove: ["#header", "#side", "#nav", .skipLink, .important, "#footer"]}
  defaults: {type: Press release}
- path: .
  url: "http://www.mozilla.org/{path}"
  html: {text: ["#mainContent"], remove: ["#header", "#side", "#nav", .skipLink, .important, "#footer"]}
"""
pytestmark = pytest.mark.slow
SETTINGS = {"18f": POSTS, "nla-finding-aids": FINDING_AIDS, "rionegro": MUNICIPAL, "mozilla-archive": SAVED_PAGES}


@pytest.fixture(scope="module")
def read(shared: Path, tmp_path_factory: pytest.TempPathFactory):
    """Reads one of the collections."""

    def read_collection(name: str) -> Corpus:
        folder = tmp_path_factory.mktemp("collections") / name
        shutil.copytree(shared / "collections" / name, folder, copy_function=shutil.copyfile)
        (folder / "config.yaml").write_text(SETTINGS[name])
        return read_corpus(load_config(folder / "config.yaml"))

    return read_collection


def find_undated(corpus: Corpus) -> list[Document]:
    return [document for document in corpus.documents if document.date is None]


def count_untitled(corpus: Corpus) -> int:
    return sum(not document.title for document in corpus.documents)


def test_a_blog_in_markdown(read):
    corpus = read("18f")
    assert (len(corpus.documents), corpus.errors, count_untitled(corpus), find_undated(corpus)) == (509, (), 0, [])
    years = Counter(document.date.year for document in corpus.documents)
    assert years == {
        2014: 40,
        2015: 136,
        2016: 142,
        2017: 39,
        2018: 38,
        2019: 32,
        2020: 25,
        2021: 19,
        2022: 12,
        2023: 12,
        2024: 14,
    }
    texts = ["\n".join(section.text for section in document.sections) for document in corpus.documents]
    assert all(texts)
    assert [text for text in texts if re.search(r"\{% image|<iframe|&#8211;|\| url \}\}", text)] == []
    assert all(document.summary and document.people and document.topics for document in corpus.documents)


def test_finding_aids_in_csv(read):
    corpus = read("nla-finding-aids")
    assert (len(corpus.documents), corpus.errors, count_untitled(corpus)) == (2337, (), 5)
    assert len(find_undated(corpus)) == 42
    by_words = {document.date.words or document.date.edtf: document.date.edtf for document in corpus.documents if document.date}
    assert by_words["1822 - 1825"] == "1822/1825"
    assert by_words["c1868-1895"] == "1868~/1895"
    assert "1950/.." in by_words.values()
    assert {document.date_words for document in find_undated(corpus)} >= {"Undated", "26 March - 25 April"}
    assert sum(bool(document.people) for document in corpus.documents) == 2337 - 298
    repositories = {value for document in corpus.documents for value in document.values("repository")}
    assert "National Library of Australia" in repositories
    assert "National LIbrary of Australia" not in repositories


def test_a_municipal_archive_in_two_tables(read):
    corpus = read("rionegro")
    by_file = Counter(document.source_path for document in corpus.documents)
    assert by_file == {"rionegro_fondos.csv": 600, "rionegro_collections.csv": 199}
    assert [problem.line for problem in corpus.errors] == [5]
    first = [document for document in corpus.documents if document.source_path == "rionegro_fondos.csv"]
    types = Counter(document.type for document in first)
    assert types == {"Tomo": 364, "Carpeta": 185, "Caja": 46, "Fondo": 4, "": 1}
    assert sum(document.date is None for document in first) == 22 + 2 + 1  # two slips of the pen have an end that is read
    assert {"Rasgaduras", "Dobleces"} <= {value for document in first for value in document.values("state")}
    assert not any("|" in value for document in first for value in document.values("state"))
    assert "1600/1990" in {document.date.edtf for document in first if document.date}


def test_saved_pages(read):
    corpus = read("mozilla-archive")
    assert (len(corpus.documents), corpus.errors) == (250, ())
    named = [document.id for document in corpus.documents if document.title == "Mozilla"]
    assert named == ["events-foundation-intro-2003-index"]  # the first slide says so; on all others it is the logo
    press = [document for document in corpus.documents if document.type == "Press release"]
    assert len(press) == 38
    snapshot = [document.id for document in corpus.documents if document.date and document.date.edtf == "2008-04-21"]
    assert snapshot == []
    assert all(document.url.startswith("http://www.mozilla.org/") for document in corpus.documents)
