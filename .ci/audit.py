"""Every kind of page of the shipped archive, through the Nu HTML checker:  python .ci/audit.py path/to/vnu.jar

Checks each page as it is served and, with completions open, as it is after its script ran; and the stylesheet. Exit code 0 when
nothing was found, 1 when something was, 2 when the checker could not run. Needs Java, Chromium and the test packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from serving import served

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app

ROOT = Path(__file__).parents[1]
PAGES = (
    *("/", "/search", "/search?q=cyber", "/search?q=cyber&type=Commentary&-topic=india&from=2011", "/search?q=cyber+inzurance"),
    *("/search?q=zebra+migration", "/search/citation?q=cyber", "/values/topic", "/search?q=cyber&lang=de"),
    *("/documents/entry-2014-01-31?q=cyber", "/documents/entry-2011-07-07", "/documents/entry-2019-06-05", "/topics/china-us"),
    *("/topics", "/people", "/people/greg-austin", "/titles", "/holdings", "/help", "/about", "/nowhere"),
)

_NEWER = ".*(@view-transition|light-dark|@layer|nesting).*"
"""In the CSS standard, and not yet in the checker."""


def write_pages(folder: Path) -> None:
    """Write each page twice: as served, and as the browser has it when two letters were typed into its box."""
    config = load_config(ROOT / "config.yaml")
    app = create_app(config, OracleEngine(config, read_corpus(config).documents))
    client = app.test_client()
    with served(app) as address, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]).new_page()
        for number, path in enumerate(PAGES):
            print(f"{number:02} is {path}")
            Path(folder, f"{number:02}-served.html").write_bytes(client.get(path).data)
            page.goto(address + path)
            page.locator("#q").fill("")
            page.locator("#q").press_sequentially("cy")
            page.locator("#completions [role=option]").first.wait_for()
            Path(folder, f"{number:02}-scripted.html").write_text(page.content(), encoding="utf-8")
    Path(folder, "style.css").write_bytes(client.get("/static/style.css").data)


def main(checker: Path) -> int:
    """Check the pages; returns the exit code."""
    if shutil.which("java") is None or shutil.which("chromium") is None or not checker.exists():
        print("this needs Java, Chromium and npm, as in: apt-get install default-jre-headless chromium npm", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder))
        options = ("--Werror", "--also-check-css", "--filterpattern", _NEWER)
        checked = subprocess.run(["java", "-jar", str(checker), *options, folder])
    print("nothing found" if checked.returncode == 0 else "see above")
    return min(checked.returncode, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
