"""Make the font of the pages:  python .ci/font.py path/to/node_modules

Reads the variable Newsreader of the npm package @fontsource-variable/newsreader (OFL-1.1), keeps Latin letters, kerning and
the weights in use, and writes webui/static/fonts/newsreader.woff2. Needs fonttools and brotli. The font is committed, so that
an installation does not need this.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).parents[1] / "webui" / "static" / "fonts"
LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœ"
CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + LETTERS + "\u00a0¡¿«»‹›‘’‚“”„•…–—·©§°€"
FEATURES = ["kern"]
WEIGHTS = (400, 600)


def main(packages: Path) -> int:
    """Write the font and its licence; returns the exit code."""
    package = packages / "@fontsource-variable" / "newsreader"
    font = TTFont(package / "files" / "newsreader-latin-wght-normal.woff2")
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    options = subset.Options(layout_features=FEATURES, flavor="woff2", hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # the names that the licence requires
    chosen = subset.Subsetter(options)
    chosen.populate(text=CHARACTERS)
    chosen.subset(font)
    font.flavor = "woff2"
    font.save(FONTS / "newsreader.woff2")
    shutil.copyfile(package / "LICENSE", FONTS / "LICENSE")
    print(f"{(FONTS / 'newsreader.woff2').stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
