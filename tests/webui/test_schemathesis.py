"""The description of the API through a program that others wrote: schemathesis sends what it allows, and what it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from serving import served

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app

ROOT = Path(__file__).parents[2]
_EXAMPLES = 40
"""Requests to each address, beside those that lie at the edges of what each parameter allows."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_schemathesis_finds_nothing(tmp_path, seed):
    pytest.importorskip("schemathesis", reason="schemathesis was not found; install it with `pip install schemathesis`")
    config = load_config(ROOT / "config.yaml")
    with served(create_app(config, OracleEngine(config, read_corpus(config).documents))) as address:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json", "--no-color"]
        options = ["--seed", str(seed), "--max-examples", str(_EXAMPLES), "--phases", "coverage,fuzzing"]
        done = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: 4" in done.stdout
    assert "No issues found" in done.stdout
