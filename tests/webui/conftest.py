"""A small archive of known documents behind the web application, on the in-memory engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.config.settings import Config, Site, Source, Topic, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Evidence, FileLink, Person, Proposal, Section, TopicEvidence
from webui import create_app


def known_documents() -> list[Document]:
    documents = [
        Document("report-1", "Cyber insurance", summary="About the insurance market.", type="Policy Report", date=parse_edtf("2019-06-05"),
                 topics=("insurance",), topic_evidence=(TopicEvidence("insurance", "insurance"),), people=(Person("Davis Hake"),),
                 url="https://www.example.org/idea/cyber-insurance/", sources=(Evidence("the page", ("title",), "high", "seen"), Evidence("https://mirror.example/node/5989"),
                 Evidence("http://mirror.example/list?page=2"), Evidence("https://example.org/idea/reframe")),
                 files=(FileLink("https://example.org/files/insurance.pdf"),)),
        Document("text-1", "Reframe", type="Programme text", url="http://example.org/idea/reframe", sections=(Section(
                 "On cyber norms and <script>alert(1)</script>\n\nOne | two\n\nA table:\n\nHere | There\n\na | b", "Norms & rules", "norms"),)),
        Document("entry-1", "", title_status="not_preserved", type="Commentary", date=parse_edtf("2011-12-22"),
                 proposals=(Proposal("title", "A proposed title", ("https://www.example.org/proposed",), "medium", "one day off"),)),
        Document("entry-2", "", title_status="not_preserved", date=parse_edtf("2017-11-20")),
    ]  # fmt: skip
    for number in range(25):
        when = parse_edtf(f"{2010 + number % 5}-{1 + number % 12:02}")
        documents.append(
            Document(f"news-{number:02}", f"Cyber news {number}", type="News", date=when, topics=("norms",) if number % 2 else ())
        )
    return documents


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return Config(
        sources=(Source(path="x"),),
        site=Site(name="The Archive", address="https://archive.example", contact="archivist@archive.example"),
        types=(
            TypeValue(value="Reports", children=("Policy Report",)),
            TypeValue(value="Ideas", children=("News", "Commentary")),
        ),
        topics={"norms": Topic(label="Norms", description="What states should do."), "insurance": Topic(label="Insurance")},
        path=Path(tmp_path_factory.mktemp("web")) / "config.yaml",
    )


@pytest.fixture
def documents() -> list[Document]:
    return known_documents()


@pytest.fixture(scope="session")
def client(config: Config) -> FlaskClient:
    return create_app(config, OracleEngine(config, known_documents())).test_client()


@pytest.fixture
def visitor(config: Config) -> FlaskClient:
    """The only one who asks an application."""
    return create_app(config, OracleEngine(config, known_documents())).test_client()
