"""Every word of a page that is not the archive's own is translated, as a catalogue that marks its messages shows."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from bs4 import BeautifulSoup
from pseudo_catalogue import use_pseudo_catalogue

from search.config.settings import Config, OwnField, Site, Source, Topic, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Evidence, FileLink, Person, Proposal, Section, TopicEvidence
from webui import create_app

MONTHS = {word for names in Locale("de").months["format"].values() for word in names.values()}
KNOWN = MONTHS | {
    "APA", "Chicago", "MLA", "RIS", "BibTeX", "PDF", "MB", "JSON", "English", "Deutsch", "newest", "oldest", "relevance", "title", "page", "OR",
    "ohne", "Titel", "Frühjahr", "Chr", "bis", "um", "er", "Jahre", "Jahrhundert", "API", "OpenAPI", "OAI", "PMH", "Sitemap", "Atom", "http",
}  # fmt: skip
"""Words that are no message: those of dates and made-up titles in German, names of formats and languages, values of parameters."""
ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "data-completions", "data-offered", "data-copied", "data-topic", "data-person", "data-title")  # fmt: skip

REPORT = Document(
    "zq-1", "Zqalpha", subtitle="Zqsub", other_titles=("Zqother",), summary="Zqsummary zqnorms.", summary_note="Zqnote", type="Zqreport",
    date=parse_edtf("2019-06-05"), people=(Person("Zqann Zqberg"), Person("Zqcarl", "editor"), Person("Zqdora", "zqcook")), topics=("zqwater",),
    topic_evidence=(TopicEvidence("zqwater", "zqwater"), TopicEvidence("zqwater", source="Zqsource")), event="Zqmeeting", venue="Zqpress",
    place="Zqtown", url="https://zq.example/", rights="Zqrights", language="de", notes=(),
    sources=(Evidence("Zqlist", ("title", "date", "people", "summary", "sections"), "high"), Evidence("Zqbook", (), "low", "Zqnote")),
    sections=(Section("Zqtext, zqwater", "Zqpart", "part"), Section("Zqmore zqwater", page=2)),
    files=(FileLink(name="zq.pdf", media_type="application/pdf", size=1_200_000, pages=12, sha256="0" * 64),), extra=(("zqmedium", ("Zqoil",)),),
)  # fmt: skip
DOCUMENTS = [
    REPORT,
    Document("zq-2", type="Zqreport", title_status="not_preserved", proposals=(Proposal("title", "Zqbeta", ("Zqsource",)), Proposal("date", "2011"))),
    Document("zq-3", "Zqgamma", title_status="filled", date=parse_edtf("1925~"), summary="Zqsummary", files=(FileLink("https://zq.example/far.pdf"),)),
    Document("zq-4", "Zqdelta zqwater", date=parse_edtf("../1950"), sections=(Section("Zqscan"),), text_note="scanned: not searchable (page 2)"),
    Document("zq-5", "Zqepsilon", date=parse_edtf("192X"), sections=(Section("Zqlocked"),), text_note="protected"),
    Document("zq-6", "Zqzeta", date=parse_edtf("-0043/2019-21"), topics=("zqwater",)),
    *(Document(f"zq-n{number}", f"Zqnews zqwater {number}", date=parse_edtf(str(1900 + number)), type="Zqnews") for number in range(80)),
]  # fmt: skip
PATHS = (
    "/", "/search", "/search?q=zqwater", "/search?q=zqwater&page=2&type=Zqreport&type=Zqnews&-topic=none&from=1900", "/search?q=zqwatre",
    "/search?q=zqalpha+zqzebra+-zqnews", "/search?q=%22zqwater+zqalpha%22", "/search?q=title:zqtext&from=2019&to=1900&year=none", "/search?q=year:2019..1900",
    "/search?q=id:zq-1+OR+zqwat*", "/search?q=type:zqreport+topic:none+zqmedium:zqoil+(zqnorms+OR+title:zqalpha)+people:none", "/search?q=year:-2000+year:>1950",
    "/search?q=zqabc:zqdef", "/search?q=zqwater+not+zqalpha", "/search?q=" + "+".join(f"zqw{n}" for n in range(80)), "/search?q=" + "zq" * 2000,
    "/search?q=zqwater+im+Juni+2019", "/search?q=zqwater+vor+1920", "/search?q=zqwater+seit+1920", "/search?q=zqwater+1919+bis+1925", "/search?q=neueste+zqwater",
    "/search?q=zqwater&from=zq&to=zq", "/search?sort=zq&page=0", "/search?type=Zqnews&-type=Zqnews", "/search?topic=" + "&topic=".join(map(str, range(120))),
    "/search?q=zqann", "/search/citation?q=zqwater&type=Zqreport", "/search?q=zqmeeting", "/search?decade=1920s&century=20th+century", "/search?access=summary&title_status=filled",
    *(f"/documents/{document.id}?q=zqwater" for document in DOCUMENTS[:8]), "/documents/zq-1", "/documents/zq-n3",
    "/topics", "/topics/zqwater", "/topics/zqwater?page=0", "/people", "/people/zqann-zqberg", "/titles", "/titles?page=0", "/holdings", "/help", "/about",
    "/values/type", "/values/decade", "/values/century", "/values/year?page=0", "/zqnowhere", "/zqwater/zqalpha", "/documents/zq-none",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory):
    config = Config(
        sources=(Source(path="x"),),
        language="de",
        site=Site(name="Zqarchive", tagline="Zqtagline", description="Zqdescription", contact="zq@zq.example", rights="Zqrights"),
        types=(TypeValue(value="Zqgroup", children=("Zqreport",)),),
        topics={"zqwater": Topic(label="Zqwater", description="Zqdescribed")},
        fields={"zqmedium": OwnField(label="Zqmedium")},
        facets=("type", "topic", "people", "year", "decade", "century", "access", "title_status", "zqmedium"),
    )
    app = create_app(config, OracleEngine(config, DOCUMENTS))
    use_pseudo_catalogue(app, tmp_path_factory.mktemp("translations"), lambda text: f"⟦{text}⟧")
    return app.test_client()


def shown_texts(page: BeautifulSoup):
    """What a visitor reads or hears, without references, addresses and what was typed."""
    for element in page.select("style, script, code, .cite, q, [value][type=hidden]"):
        if element.name == "script":
            yield from (element[name] for name in ATTRIBUTES if name in element.attrs)
        element.decompose()
    yield from page.stripped_strings
    for element in page.select("*"):
        yield from (str(element[name]) for name in ATTRIBUTES if name in element.attrs)


@pytest.mark.parametrize("path", PATHS)
def test_no_word_of_a_page_is_left_in_english(client, path):
    response = client.get(path, follow_redirects=True)
    page = BeautifulSoup(response.text, "html.parser")
    texts = [re.sub(r"⟦[^⟦⟧]*⟧", " ", text) for text in shown_texts(page)]
    words = {word: text for text in texts for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"\S*zq\S*", " ", text, flags=re.I))}
    typed = set(re.findall(r"\w+", " ".join(client.application.test_request_context(path).request.args.getlist("q"))))
    assert not {word: text for word, text in words.items() if word not in KNOWN | typed}


def test_an_unmarked_word_would_be_seen(client):
    assert "Suche" not in client.get("/").text
    assert "⟦Search the archive⟧" in client.get("/").text
