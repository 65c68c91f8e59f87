"""The project's own files, for the tests that read them: which there are, what each imports and defines."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[1]
PACKAGES = ("search", "indexer", "webui")

_SKIPPED = {".git", ".hypothesis", ".venv", ".cache", "var", "__pycache__", "node_modules", "build", "dist", "corpus", "fixtures"}


def files_below(folder: Path, *endings: str) -> Iterator[Path]:
    """Yield every file below a folder with one of these endings, in order; caches, builds and fixtures are left out."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in _SKIPPED and not path.name.endswith("_cache"):
                yield from files_below(path, *endings)
        elif path.suffix in endings:
            yield path


def name_of(path: Path) -> str:
    """Return the path below the checkout, with slashes."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """Return the dotted name a file is imported by."""
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def parse_module(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def list_imports(path: Path) -> list[tuple[int, str]]:
    """Return every module or name a file imports, anywhere in it, as (line, dotted name); relative ones are resolved."""
    return list(_find_imports(path))


def _find_imports(path: Path) -> Iterator[tuple[int, str]]:
    package = [*path.relative_to(ROOT).parent.parts]
    for node in ast.walk(parse_module(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


@cache
def message_template() -> Catalog:
    """Return all messages of the program, as `.ci/catalogues.py` collects them."""
    return runpy.run_path(str(ROOT / ".ci" / "catalogues.py"))["template"]()


PRODUCT = [path for package in PACKAGES for path in files_below(ROOT / package, ".py")]
TESTS = list(files_below(ROOT / "tests", ".py"))
BENCHMARKS = list(files_below(ROOT / "benchmarks", ".py"))
