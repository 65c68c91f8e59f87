"""Documents published during an export are neither in its pages nor in its dump."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.commands.cli import main as indexer
from search.config.loading import load_config
from search.digest import published_digest
from search.engines.open_engine import open_engine
from search.engines.whoosh.engine import WhooshEngine
from webui.__main__ import main as webui
from webui.export.site import export_site

NUMBER = 12


def write_and_publish(home: Path, version: str) -> None:
    records = [
        {"id": f"{version}-{n}", "title": f"Title {version} {n}", "text": version, "topics": [version]} for n in range(NUMBER)
    ]
    (home / "docs.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    assert indexer(["build", "--config", str(home / "config.yaml"), "--allow-loss", "100"]) == 0


@pytest.fixture
def home(tmp_path) -> Path:
    (tmp_path / "config.yaml").write_text("sources: [{path: docs.jsonl}]\nindex: {path: index, keep: 1}\n")
    write_and_publish(tmp_path, "before")
    return tmp_path


class PublishedOver(WhooshEngine):
    """The engine of an archive of which others publish new versions, two at each of these moments: its own goes away."""

    moments = ("a document is read", "a page is made")

    def __init__(self, config, home: Path) -> None:
        super().__init__(config)
        self.home, self.left = home, list(self.moments)

    def publish(self, moment: str) -> None:
        if moment in self.left:
            self.left.remove(moment)
            for version in (f"{len(self.left)}-first", f"{len(self.left)}-second"):
                write_and_publish(self.home, version)

    def every(self, *request):
        for document in super().every(*request):
            yield document
            self.publish("a document is read")

    def find(self, request):
        self.publish("a page is made")
        return super().find(request)


def test_pages_dump_and_digest_are_of_one_generation(home, tmp_path):
    config = load_config(home / "config.yaml")
    before = published_digest(config, open_engine(config))
    engine = PublishedOver(config, home)
    done = export_site(config, tmp_path / "site", engine, has_search=False)
    assert engine.left == []
    assert published_digest(config, open_engine(config)) != before == done.digest
    ids = sorted(f"before-{number}" for number in range(NUMBER))
    assert [json.loads(line)["id"] for line in (tmp_path / "site" / "documents.jsonl").read_text().splitlines()] == ids
    assert sorted(path.name for path in (tmp_path / "site" / "documents").iterdir()) == ids
    for path in (tmp_path / "site").rglob("*.*"):
        if path.suffix in (".html", ".atom", ".jsonl", ".xml"):
            assert not [one for one in ("first", "second") if f"{one} " in path.read_text() or f"{one}-" in path.read_text()], (
                path
            )
    assert f"{NUMBER}" in (tmp_path / "site" / "topics" / "before" / "index.html").read_text()
    assert indexer(["build", "--config", str(tmp_path / "site" / "config.yaml")]) == 0
    after = load_config(tmp_path / "site" / "config.yaml")
    assert published_digest(after, open_engine(after)) == before


def test_a_held_file_that_is_gone_is_reported(home, tmp_path, capsys):
    (home / "plan.pdf").write_bytes(b"%PDF-1.4 plan")
    (home / "docs.jsonl").write_text('{"id": "a", "title": "A", "text": "a", "files": ["plan.pdf"]}\n')
    assert indexer(["build", "--config", str(home / "config.yaml"), "--allow-loss", "100"]) == 0
    config = load_config(home / "config.yaml")
    sha256 = open_engine(config).get("a").files[0].sha256
    (config.index_path / "files" / sha256[:2] / sha256).unlink()
    assert webui(["export", str(tmp_path / "site"), "--config", str(config.path)]) == 1
    assert "left out 1 file no longer held: plan.pdf of a; build and export again" in capsys.readouterr().err
