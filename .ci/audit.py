"""Every kind of page of the shipped archive, through the Nu HTML checker:  python .ci/audit.py path/to/vnu.jar

Exit code 0 when nothing was found, 1 when something was, 2 when the checker could not run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app

PAGES = (
    *("/", "/search", "/search?q=cyber", "/search?q=cyber&type=Commentary&-topic=india&from=2011", "/search?q=cyber+inzurance"),
    *("/documents/entry-2014-01-31?q=cyber", "/documents/entry-2011-07-07", "/documents/entry-2019-06-05", "/topics/china-us"),
    *("/titles", "/holdings", "/help", "/nowhere"),
)

_NEWER = ".*@view-transition.*"
"""In the CSS standard, and not yet in the checker."""


def main(checker: Path) -> int:
    if shutil.which("java") is None or not checker.exists():
        print("this needs Java and npm; install them, as in: apt-get install default-jre-headless npm", file=sys.stderr)
        return 2
    root = Path(__file__).parents[1]
    config = load_config(root / "config.yaml")
    client = create_app(config, OracleEngine(config, read_corpus(config).documents)).test_client()
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(PAGES):
            Path(folder, f"{number:02}.html").write_bytes(client.get(page).data)
            print(f"{number:02}.html is {page}")
        styles = [str(path) for path in (root / "webui" / "static").glob("*.css")]
        options = ("--Werror", "--also-check-css", "--filterpattern", _NEWER)
        checked = subprocess.run(["java", "-jar", str(checker), *options, *styles, folder])
    print("nothing found" if checked.returncode == 0 else "see above")
    return min(checked.returncode, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
