"""Write requirements*.lock from pyproject.toml: one file for the product, one for each extra and dependency group.

Later files have the versions of the first one, so that any of them can be installed together. No address of a registry is
written, so that each installation can choose one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

_COMPILE = (
    *("-m", "piptools", "compile", "--quiet", "--generate-hashes", "--allow-unsafe", "--upgrade", "--strip-extras"),
    *("--no-annotate", "--no-emit-options", "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"),
)


def main() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    groups = {"": project["project"]["dependencies"], **extras, **project["dependency-groups"]}
    earlier: list[str] = []
    for name, wanted in groups.items():
        lock = f"requirements{'-' if name else ''}{name}.lock"
        constraints = [option for other in earlier for option in ("-c", other)]
        subprocess.run(
            [sys.executable, *_COMPILE, "--output-file", lock, *constraints, "-"],
            input="\n".join(wanted),
            text=True,
            check=True,
            env=os.environ | {"CUSTOM_COMPILE_COMMAND": "make lock"},
        )
        earlier.append(lock)
        print(lock)


if __name__ == "__main__":
    main()
