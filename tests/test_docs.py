"""The documentation names everything that exists, and nothing else."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from indexer.commands.cli import main as indexer
from indexer.corpus import read_corpus
from search.archive import Archive
from search.config.loading import load_config
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.query import Query
from webui import create_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = ("check", "plan", "build", "update", "status", "rollback", "watch", "suggest-synonyms")


def test_every_command_is_in_the_readme_and_every_command_there_exists(capsys):
    assert set(re.findall(r"python -m indexer ([a-z-]+)", README)) == set(COMMANDS)
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            indexer([command, "--help"])
        assert ended.value.code == 0
    for module in re.findall(r"python -m (\w+)", README):
        assert (ROOT / module / "__main__.py").exists()


def options_of(module: str) -> set[str]:
    """The options that a package's command line declares, of all its commands together."""
    files = [ROOT / module / "__main__.py", *(ROOT / module).glob("commands/*.py")]
    return {
        option
        for path in files
        if path.exists()
        for option in re.findall(r'"(--[a-z][a-z-]+)"', path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_option_in_the_documentation_exists(path):
    for module, rest in re.findall(r"python -m ([\w.]+)([^`\n]*)", path.read_text(encoding="utf-8")):
        if (ROOT / module.replace(".", "/")).exists():
            assert set(re.findall(r"--[a-z][a-z-]+", rest)) <= options_of(module.replace(".", "/")) | {"--config"}, (module, rest)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_make_target_in_the_documentation_exists(path):
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:`|    |run )make ([a-z-]+)", path.read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_and_path_in_the_documentation_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target
    for name in re.findall(r"`((?:search|indexer|webui|tests|docs|benchmarks|corpus)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), name


def test_every_make_target_is_in_the_readme_or_in_contributing():
    written = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    for target in re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M):
        assert target in {"help", "install", "audit", "clean"} or re.search(rf"make {target}\b", written), target


def test_the_addresses_in_the_readme_are_those_of_the_application():
    rules = {
        rule.rule
        for rule in create_app(
            Config(sources=(Source(path="x"),)), OracleEngine(Config(sources=(Source(path="x"),)))
        ).url_map.iter_rules()
    }
    for address in re.findall(r"`(/[a-z.][\w./]*)(?:\?[^`]*)?`", README):
        assert address in rules, address


def test_every_top_setting_is_in_the_readme_and_every_one_there_exists():
    table = README.partition("| setting |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == set(Config.model_fields) - {"path"}


def _settings(model: Any) -> dict[str, Any]:
    """The settings below a model by name, with the model inside each, if any."""
    return {name: _inside(field.annotation) for name, field in model.model_fields.items() if (model, name) != (Config, "path")}


def _inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _inside(part))), None)


def test_the_shipped_configuration_shows_every_setting():
    shown = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))

    def keys(data: Any) -> set[str]:
        if isinstance(data, dict):
            return set(data) | {key for value in data.values() for key in keys(value)}
        return {key for item in data for key in keys(item)} if isinstance(data, list) else set()

    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    waiting, seen = [Config], set()
    while waiting:
        model = waiting.pop()
        for name, inside in _settings(model).items():
            assert name in keys(shown) or re.search(rf"\b{name}:", text), f"{model.__name__}.{name}"
            if inside is not None and inside not in seen:
                seen.add(inside)
                waiting.append(inside)


def test_the_two_line_configuration_of_the_readme_works(tmp_path):
    lines = re.search(r"    (sources: .*)\n    (index: .*)\n", README)
    (tmp_path / "config.yaml").write_text("\n".join(lines.groups()))
    document = re.search(r"one document a line: `(\{.*\})`", README)[1]
    (tmp_path / "docs.jsonl").write_text(document)
    assert indexer(["build", "--config", str(tmp_path / "config.yaml")]) == 0
    assert load_config(tmp_path / "config.yaml").index.path == "index"


def test_the_picture_is_there():
    for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / name).exists()


def blocks_of(heading: str) -> list[str]:
    """The indented blocks below a heading of the README, without their indentation."""
    section = README.partition(f"### {heading}\n")[2].partition("\n##")[0]
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.M)
    return [textwrap.dedent(block).strip("\n") + "\n" for block in found]


def build_archive(folder: Path, config: str) -> Archive:
    """The archive that a configuration of the README makes of the files in a folder; nothing may be wrong with them."""
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    assert indexer(["build", "--config", str(folder / "config.yaml")]) == 0
    return Archive(load_config(folder / "config.yaml"))


def test_the_example_of_a_spreadsheet_works(tmp_path):
    table, config = blocks_of("A spreadsheet")
    (tmp_path / "works.csv").write_text(table, encoding="utf-8")
    archive = build_archive(tmp_path, config)
    (hit,) = archive.search(Query("harbour subject:water year:1925")).hits
    assert hit.document.id == "N00309"
    assert dict(hit.document.extra) == {"artist": ("Anna Berg",), "subject": ("ships", "water")}
    assert archive.search(Query("year:1922")).total == 1


def test_the_example_of_a_folder_of_pdf_works(tmp_path):
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed")
    beside, config = blocks_of("A folder of PDF")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "budget.yaml").write_text(beside, encoding="utf-8")
    pages = reportlab.Canvas(str(tmp_path / "reports" / "budget.pdf"))
    for words in ("Income of the port authority in the year of the storm.", "Expenditure on dredging."):
        pages.drawString(72, 700, words)
        pages.showPage()
    pages.save()
    archive = build_archive(tmp_path, config)
    (hit,) = archive.search(Query("dredging year:2019 type:report")).hits
    assert hit.document.title == "The harbour budget"
    assert [section.page for section in hit.document.sections] == [1, 2]
    assert [file.name for file in hit.document.files] == ["budget.pdf"]


SAVED_PAGE = """<!DOCTYPE html><html><head><title>Storm over the harbour - The Gazette</title></head><body>
<nav><a href="/">Home</a></nav><article><h1 class="headline">Storm over the harbour</h1><p class="byline">Anna Berg</p>
<p class="published">14 February 2019</p><p>Two ships were lost.</p><div class="share">Share this page</div></article></body></html>
"""


def test_the_example_of_a_saved_site_works(tmp_path):
    (config,) = blocks_of("A saved web site")
    page = tmp_path / "site" / "news" / "storm.html"
    page.parent.mkdir(parents=True)
    page.write_text(SAVED_PAGE, encoding="utf-8")
    archive = build_archive(tmp_path, config)
    (hit,) = archive.search(Query("ships year:2019 type:news")).hits
    assert hit.document.title == "Storm over the harbour"
    assert hit.document.url == "https://example.org/site/news/storm.html"
    assert [person.name for person in hit.document.people] == ["Anna Berg"]
    assert archive.search(Query("share")).total == 0


EXPORTS = re.findall(r"""curl (?:-o (\S+) )?"http://127\.0\.0\.1:8000(/[^"]*)\"""", README)


@pytest.fixture(scope="module")
def shipped():
    """A client of the shipped archive."""
    config = load_config(ROOT / "config.yaml")
    return create_app(config, OracleEngine(config, read_corpus(config).documents)).test_client()


@pytest.mark.parametrize(("file", "address"), EXPORTS)
def test_every_export_of_the_readme_gives_what_it_says(shipped, file, address):
    response = shipped.get(address)
    assert response.status_code == 200
    assert len(response.data) > 300
    assert b"<error" not in response.data
    if file:
        assert address.partition("?")[0].endswith(file.partition(".")[2]) or file == "csl.json"


def test_every_format_is_among_the_exports_of_the_readme(shipped):
    rules = {rule.rule for rule in shipped.application.url_map.iter_rules()}
    shown = {address.partition("?")[0] for _, address in EXPORTS}
    assert {rule for rule in rules if rule.startswith("/search.")} <= shown
