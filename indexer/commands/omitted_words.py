"""Report the words that were left out of the text of saved pages and files."""

from __future__ import annotations

from indexer.corpus import Corpus

_WORST = 5


def format_omissions(corpus: Corpus) -> list[str]:
    """Return lines for `check`: the number of omitted words, and the files with the largest share of them; [] for no file."""
    omissions = corpus.omissions
    if not omissions:
        return []
    words = sum(one.words_left_out for one in omissions)
    whole = sum(one.words for one in omissions)
    files = "1 file" if len(omissions) == 1 else f"{len(omissions):,} files"
    lines = [f"left out of {files} as menus, headers, footers and hidden or shared lines: {words:,} of {whole:,} words"]
    if len(omissions) > 1:
        lines.append("the largest shares:")
    lines += [f"  {one.file}: {one.words_left_out:,} of {one.words:,} words" for one in omissions[:_WORST]]
    return lines
