"""What must hold for the files of the repository as a whole: no machine's paths, and every dependency locked."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from source_files import PACKAGES, ROOT, TESTS, files_below, name_of

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


def test_every_locked_package_has_a_version_and_sums() -> None:
    for path in LOCKS:
        joined = re.sub(r"\\\n\s*", "", path.read_text())
        locked = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert locked, path.name
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


PERMITTED = {"MIT", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib", "CC0-1.0", "Apache-2.0", "PSF-2.0", "CNRI-Python", "Unlicense", "MPL-2.0", "LGPL-2.1-or-later", "HPND", "BSL-1.0"}  # fmt: skip
"""Licences under which this project may use a package; of copyleft ones MPL-2.0 and the LGPL, which end at their own files and
library: we change neither."""
WORDS_FOR = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "MIT License": "MIT",
    "BSD License": "BSD",
}
"""What packages without an SPDX expression call these licences."""
READ_FROM_ITS_FILES = {"locate": "MIT", "pypdfium2": "BSD-3-Clause"}
"""Packages whose metadata do not name their licence in words of a list: what the licence file that they bring says."""
NOT_INSTALLED = {"whoosh": "BSD-2-Clause"}
"""Packages that lie in a folder of their own, with the licence they state."""
LOCKED = sorted({name for path in LOCKS for name in re.findall(r"^([\w.-]+)==", path.read_text(), re.M)} - set(NOT_INSTALLED))


def _licences(package: str) -> set[str]:
    """The licences an installed package states: its SPDX expression, else its licence line, else its classifiers."""
    stated = metadata.metadata(package)
    if package in READ_FROM_ITS_FILES:
        return {READ_FROM_ITS_FILES[package]}
    expression = stated.get("License-Expression") or ""
    if not expression:
        line = stated.get("License") or ""
        classifiers = [value.split(" :: ")[-1] for value in stated.get_all("Classifier") or [] if value.startswith("License ::")]
        return {WORDS_FOR.get(word, word) for word in (re.split(", ", line) if 0 < len(line) <= 40 else classifiers)}
    return {word for word in re.split(r"\s+(?:AND|OR)\s+|[()]", expression) if word}


def test_every_dependency_has_a_licence_that_is_permitted() -> None:
    """Of packages that are installed here. One that states no licence has to be looked up and decided on."""
    installed = {re.sub(r"[-_.]+", "-", each.name).lower() for each in metadata.distributions()}
    licences = {package: _licences(package) for package in LOCKED if re.sub(r"[-_.]+", "-", package).lower() in installed}
    assert licences
    assert {package: stated for package, stated in licences.items() if not stated or not stated <= PERMITTED} == {}


def test_every_invariant_is_written_down_and_cited_by_a_test() -> None:
    written = re.findall(r"^\*\*(\d+)\. ", (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8"), re.M)
    assert written == [str(number) for number in range(1, 10)]
    cited = {number for path in TESTS for number in re.findall(r"[Ii]nvariants?[ _](\d)", path.read_text(encoding="utf-8"))}
    assert sorted(cited) == written


def test_code_cites_only_invariants_that_are_written_down() -> None:
    written = set(re.findall(r"^\*\*(\d+)\. ", (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8"), re.M))
    cited = {
        number
        for package in PACKAGES
        for path in files_below(ROOT / package, ".py")
        for number in re.findall(r"invariants? (\d+)", path.read_text(encoding="utf-8"))
    }
    assert cited <= written
