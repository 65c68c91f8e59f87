"""The layout of the code: who may import whom, that nothing imports in a circle, and how large a file may grow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from source_files import BENCHMARKS, PACKAGES, PRODUCT, ROOT, TESTS, list_imports, module_name, name_of, parse_module

from search.engines.contract import Engine

MAY_IMPORT = {"search": {"search"}, "indexer": {"indexer", "search"}, "webui": {"webui", "search"}}
"""Each package and the packages it may import."""

LIBRARY_OWNERS = {
    "flask": ("webui/",),
    "werkzeug": ("webui/",),
    "jinja2": ("webui/",),
    "gunicorn": ("webui/",),
    "prometheus_client": ("webui/",),
    "bs4": ("indexer/",),
    "lxml": ("indexer/",),
    "markdown_it": ("indexer/",),
    "pypdfium2": ("indexer/",),
    "PIL": ("indexer/",),
    "mammoth": ("indexer/",),
    "python_calamine": ("indexer/",),
    "charset_normalizer": ("indexer/",),
    "whoosh": ("search/engines/whoosh/",),
    "opensearchpy": ("search/engines/opensearch/",),
    "tantivy": (),
    "sqlite3": (),
}
"""Libraries that may be imported below these paths only; with none, in benchmarks only."""

ENGINES = ("search.engines.whoosh", "search.engines.opensearch", "search.engines.oracle")
"""Modules behind the contract: everything else reaches them through `search.engines.contract`."""
OPENS_ENGINES = "search.engines.open_engine"

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGER_FILES: dict[str, str] = {}
"""Files that may be longer, each with its reason."""

NOT_A_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "core"}


def _is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _imports_by_module() -> dict[str, set[str]]:
    """Every module of the product with the modules of the product it imports."""
    modules = {module_name(path): path for path in PRODUCT}

    def module_of(name: str) -> str:
        while name and name not in modules:
            name = name.rpartition(".")[0]
        return name

    return {
        module: {found for _, name in list_imports(path) if (found := module_of(name)) and found != module}
        for module, path in modules.items()
    }


def _room_of(module: str) -> str:
    """The folder below the package that a module is in; a file directly in the package is a room of its own."""
    if _is_inside(module, "search.engines"):
        return "search.engines"
    parts = module.split(".")
    has_folder = len(parts) > 1 and (ROOT / parts[0] / parts[1]).is_dir()
    return ".".join(parts[:2]) if has_folder else module


def _imports_by_room(modules: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    rooms: dict[str, set[str]] = {}
    for module, imports in modules.items():
        room = _room_of(module)
        rooms.setdefault(room, set()).update(other for name in imports if (other := _room_of(name)) != room)
    return rooms


def _first_cycle(graph: Mapping[str, Set[str]]) -> list[str]:
    """Names that import each other in a circle, the first again at the end; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert _first_cycle(_imports_by_module()) == []


def test_no_room_imports_itself_by_way_of_others() -> None:
    rooms = _imports_by_room(_imports_by_module())
    assert _first_cycle(rooms) == []


@pytest.mark.parametrize(
    ("graph", "cycle"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, ["a", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, ["a", "b", "c"]),
    ],
)
def test_cycles_are_recognised(graph: dict[str, set[str]], cycle: list[str]) -> None:
    assert sorted(set(_first_cycle(graph))) == cycle


def _list_all_imports() -> Iterator[tuple[Path, str, str]]:
    """Yield (file, place, module) for every import of the product."""
    return ((path, f"{name_of(path)}:{line}", module) for path in PRODUCT for line, module in list_imports(path))


def test_packages_import_only_the_packages_they_may() -> None:
    others = set(PACKAGES) | {"tests", "benchmarks"}
    foreign = [
        f"{place}: {module}"
        for path, place, module in _list_all_imports()
        if module.split(".")[0] in others - MAY_IMPORT[name_of(path).split("/")[0]]
    ]
    assert foreign == []


def test_libraries_are_imported_where_they_belong() -> None:
    found = [
        f"{place}: {module} belongs in {' or '.join(LIBRARY_OWNERS[library]) or 'benchmarks'}"
        for path, place, module in _list_all_imports()
        if (library := module.split(".")[0]) in LIBRARY_OWNERS and not name_of(path).startswith(LIBRARY_OWNERS[library])
    ]
    assert found == []


def test_engines_are_reached_through_their_contract() -> None:
    reached = [
        f"{place}: {imported}"
        for path, place, imported in _list_all_imports()
        for engine in ENGINES
        if _is_inside(imported, engine) and not _is_inside(module_name(path), engine) and module_name(path) != OPENS_ENGINES
    ]
    assert reached == []


def test_files_are_short_and_named_for_a_subject() -> None:
    files = [*PRODUCT, *TESTS, *BENCHMARKS]
    assert [name_of(path) for path in files if path.stem in NOT_A_SUBJECT] == []
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    long = {name: count for name, count in lines.items() if count > LONGEST_FILE and name not in LONGER_FILES}
    assert long == {}, "split them where they do two things"


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{name_of(path)}:{node.lineno}: {node.name}: {lines} lines"
        for path in PRODUCT
        for node in ast.walk(parse_module(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_files_excepted_from_a_rule_still_need_it() -> None:
    assert [name for name in LONGER_FILES if len((ROOT / name).read_text().splitlines()) <= LONGEST_FILE] == []


ROOMS = [path for path in PRODUCT if path.name == "__init__.py"]


def _unnamed_files(init: Path) -> list[str]:
    """Files and folders of a room that its `__init__` docstring does not name."""
    described = ast.get_docstring(parse_module(init)) or ""
    files = {path.stem for path in init.parent.glob("*.py")} - {"__init__", "__main__"}
    folders = {path.name for path in init.parent.iterdir() if (path / "__init__.py").exists()}
    return sorted(name for name in files | folders if not re.search(rf"\b{name}\b", described))


def test_every_room_says_what_it_is_and_names_its_files() -> None:
    assert {name_of(init): missing for init in ROOMS if (missing := _unnamed_files(init))} == {}


def _public_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Public functions and classes of a module, and the public methods of its public classes."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for member in node.body:
                    if isinstance(member, kinds) and not member.name.startswith("_"):
                        yield f"{node.name}.{member.name}", member


def test_public_names_have_docstrings() -> None:
    missing = [
        f"{name_of(path)}:{node.lineno}: {name}"
        for path in PRODUCT
        for name, node in _public_definitions(parse_module(path))
        if not ast.get_docstring(node) and not _is_documented_by_the_contract(path, name)
    ]
    assert missing == []


def _is_documented_by_the_contract(path: Path, name: str) -> bool:
    """Whether this is an engine's implementation of a method that the contract describes."""
    _, _, method = name.partition(".")
    return (
        name_of(path).startswith("search/engines/")
        and callable(described := getattr(Engine, method, None))
        and bool(described.__doc__)
    )


CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "monotonic_ns", "perf_counter_ns", "process_time_ns"}
MAY_READ_THE_CLOCK = {"tests/waiting.py", "tests/cluster/opensearch_cluster.py"}
"""Files of tests that wait for something, with a limit no working machine reaches."""


def test_no_test_reads_a_clock() -> None:
    """A test that compares a clock with a constant fails because a machine is slow; `counting` and `waiting` do not."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in TESTS
        if name_of(path) not in MAY_READ_THE_CLOCK
        for node in ast.walk(parse_module(path))
        if (isinstance(node, ast.Attribute) and node.attr in CLOCKS) or (isinstance(node, ast.Name) and node.id in CLOCKS)
    ]
    assert found == []


def test_the_rules_are_tried_on_files() -> None:
    """An empty list of files would make every test above pass."""
    assert {"search/engines/contract.py", "search/engines/whoosh/engine.py"} <= {name_of(path) for path in PRODUCT}
    assert any(module.startswith("whoosh") for path in PRODUCT for _, module in list_imports(path))
    assert len(TESTS) > 30
