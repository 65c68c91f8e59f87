"""What must hold for the files of the repository as a whole: no machine's paths, and every dependency locked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from source_files import ROOT, files_below, name_of

WRITTEN = {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ".html", ".css", ".js", ".json", ".sh", ".cfg", ".txt", ""}


def test_no_file_names_a_machine_or_a_registry() -> None:
    """A path of somebody's disk works on no other; a registry's address is the installing person's choice."""
    machine = re.compile(r"(?<![\w./~-])/(?:work|root|home|Users|opt)/\w")
    registry = re.compile(r"pypi\.org|pythonhosted|npmjs\.org|repo1?\.maven|(?:index-url|find-links)[ =]", re.I)
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in files_below(ROOT, *WRITTEN)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if machine.search(line) or registry.search(line)
    ]
    assert found == []


LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("path", LOCKS, ids=name_of)
def test_every_locked_package_has_a_version_and_sums(path: Path) -> None:
    joined = re.sub(r"\\\n\s*", "", path.read_text())
    locked = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert locked
    assert [line for line in locked if not re.fullmatch(r"[\w.-]+==\S+( --hash=sha256:[0-9a-f]{64})+", line)] == []


def test_locks_agree_on_every_version() -> None:
    """`whoosh274` is another release under another name, kept in a folder of its own."""
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
