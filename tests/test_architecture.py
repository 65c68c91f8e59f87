"""The walls of the house: who may import whom, how large a file may grow, and what must never stand in a file."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ROOMS = {"search": {"search"}, "indexer": {"indexer", "search"}, "webui": {"webui", "search"}}
"""Each room and the rooms it may import."""

OWNERS = {
    "flask": ("webui/",),
    "werkzeug": ("webui/",),
    "jinja2": ("webui/",),
    "gunicorn": ("webui/",),
    "bs4": ("indexer/",),
    "markdown_it": ("indexer/",),
    "whoosh": ("search/engines/whoosh/",),
    "opensearchpy": ("search/engines/opensearch/",),
    "tantivy": (),
    "sqlite3": (),
}
"""Libraries with one room of their own, as the paths below which they may be imported."""

ENGINES = ("search.engines.whoosh", "search.engines.opensearch", "search.engines.oracle")
"""Modules behind the seam: the rest of the product reaches them through `search.engines.contract` only."""

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGER_FILES: dict[str, str] = {}
"""Files that may be longer, each with its reason."""

SKIPPED = {".git", ".hypothesis", ".venv", ".cache", "var", "__pycache__", "node_modules", "build", "dist", "corpus", "fixtures"}
WRITTEN = {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ".html", ".css", ".js", ".json", ".sh", ".cfg", ".txt", ""}


def _files(folder: Path, *endings: str) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in SKIPPED and not path.name.endswith("_cache"):
                yield from _files(path, *endings)
        elif path.suffix in endings:
            yield path


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PRODUCT = [path for room in ROOMS for path in _files(ROOT / room, ".py")]


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module a file imports, anywhere in it, with its line; relative ones spelled out."""
    package = [*path.relative_to(ROOT).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("path", PRODUCT, ids=_named)
def test_rooms_import_only_the_rooms_they_may(path: Path) -> None:
    room = _named(path).split("/")[0]
    foreign = (set(ROOMS) | {"tests", "benchmarks"}) - ROOMS[room]
    assert [f"line {line}: {module}" for line, module in _imported(path) if module.split(".")[0] in foreign] == []


@pytest.mark.parametrize("path", PRODUCT, ids=_named)
def test_libraries_stay_in_their_room(path: Path) -> None:
    found = [
        f"line {line}: {module} belongs in {' or '.join(OWNERS[library]) or 'benchmarks'}"
        for line, module in _imported(path)
        if (library := module.split(".")[0]) in OWNERS and not _named(path).startswith(OWNERS[library])
    ]
    assert found == []


@pytest.mark.parametrize("path", PRODUCT, ids=_named)
def test_engines_are_reached_through_the_seam(path: Path) -> None:
    module = _named(path).removesuffix(".py").replace("/", ".")
    reached = [
        f"line {line}: {imported}"
        for line, imported in _imported(path)
        for engine in ENGINES
        if _inside(imported, engine) and not _inside(module, engine) and module != "search.engines.open_engine"
    ]
    assert reached == []


@pytest.mark.parametrize("path", PRODUCT, ids=_named)
def test_files_are_nouns_and_short(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "core"}
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE or _named(path) in LONGER_FILES, f"{lines} lines: split it where it does two things"


@pytest.mark.parametrize("path", PRODUCT, ids=_named)
def test_functions_fit_on_a_screen(path: Path) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_longer_files_are_still_longer() -> None:
    assert [name for name in LONGER_FILES if len((ROOT / name).read_text().splitlines()) <= LONGEST_FILE] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    """A path of somebody's disk works on no other; a registry's address is the installing person's choice."""
    machine = re.compile(r"(?<![\w./~-])/(?:work|root|home|Users|opt)/\w")
    registry = re.compile(r"pypi\.org|pythonhosted|npmjs\.org|repo1?\.maven|(?:index-url|find-links)[ =]", re.I)
    found = [
        f"{_named(path)}:{number}: {line.strip()[:80]}"
        for path in _files(ROOT, *WRITTEN)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if machine.search(line) or registry.search(line)
    ]
    assert found == []


LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("path", LOCKS, ids=_named)
def test_every_locked_package_has_a_version_and_sums(path: Path) -> None:
    joined = re.sub(r"\\\n\s*", "", path.read_text())
    locked = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert locked
    assert [line for line in locked if not re.fullmatch(r"[\w.-]+==\S+( --hash=sha256:[0-9a-f]{64})+", line)] == []


def test_locks_agree_on_every_version() -> None:
    """`whoosh274` is another release of the same library on purpose, kept in a folder of its own."""
    versions: dict[str, set[str]] = {}
    for path in LOCKS:
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", path.read_text(), re.M):
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    groups = {"": project["project"]["dependencies"], **extras, **project["dependency-groups"]}
    for group, wanted in groups.items():
        lock = (ROOT / f"requirements{'-' if group else ''}{group}.lock").read_text().lower()
        names = [re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted]
        assert [name for name in names if f"{name}==" not in lock] == [], group


def test_the_walls_are_tried_on_files() -> None:
    """An empty list of files would make every test above pass."""
    assert {"search/engines/contract.py", "search/engines/whoosh/engine.py"} <= {_named(path) for path in PRODUCT}
    assert any(module.startswith("whoosh") for path in PRODUCT for _, module in _imported(path))
