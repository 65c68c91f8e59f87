"""Take the pictures of the README from the running program:  python .ci/pictures.py [FOLDER]

Serves the archive of config.yaml on this machine, opens it in Chromium and writes docs/pictures/*.webp. With a FOLDER it takes
every kind of page instead, at three widths, in light and dark, as PNG, to be looked at. Needs chromium and the test packages.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from serving import served

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app

ROOT = Path(__file__).parents[1]
README = {
    "home": ("/", 1280, 800, "light"),
    "results": ("/search?q=cyber+china&type=Commentary&type=News", 1280, 800, "light"),
    "document": ("/documents/entry-2014-01-31?q=cyber", 1280, 800, "light"),
    "phone": ("/search?q=cyber+china", 390, 800, "dark"),
}
"""Page, width, height and colours of each picture."""
EVERY_KIND = {
    "home": "/", "results": "/search?q=cyber+china&type=Commentary&from=2012", "nothing": "/search?q=zebra+migration",
    "document": "/documents/entry-2014-01-31?q=cyber", "untitled": "/documents/entry-2011-07-07", "person": "/people/greg-austin",
    "people": "/people", "topic": "/topics/china-us", "about": "/about", "help": "/help", "holdings": "/holdings",
    "values": "/values/topic", "404": "/nowhere",
}  # fmt: skip
QUALITY = 62


def take(browser: Browser, address: str, width: int, height: int, scheme: str, *, is_whole: bool = False) -> bytes:
    """Return the picture of a page as PNG, from the top or whole."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1)
    for _ in range(2):  # the font is shown from the second page on, when it is at hand
        page.goto(address, wait_until="networkidle")
    taken = page.screenshot(full_page=is_whole)
    page.close()
    return taken


def main(folder: Path | None) -> int:
    """Write the pictures; returns the exit code."""
    config = load_config(ROOT / "config.yaml")
    app = create_app(config, OracleEngine(config, read_corpus(config).documents))
    with served(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for name, path in EVERY_KIND.items():
                for width in (360, 768, 1440):
                    for scheme in ("light", "dark"):
                        taken = take(browser, address + path, width, 900, scheme, is_whole=width < 1440)
                        (folder / f"{name}-{width}-{scheme}.png").write_bytes(taken)
            return 0
        (ROOT / "docs" / "pictures").mkdir(exist_ok=True)
        for name, (path, width, height, scheme) in README.items():
            picture = Image.open(io.BytesIO(take(browser, address + path, width, height, scheme)))
            picture.convert("RGB").save(ROOT / "docs" / "pictures" / f"{name}.webp", quality=QUALITY, method=6)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
