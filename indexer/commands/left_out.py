"""What `check` says of the words that are not in the text of saved pages and files."""

from __future__ import annotations

from indexer.corpus import Corpus

_WORST = 5


def format_left_out(corpus: Corpus) -> list[str]:
    """The words left out of all and how many there are, and the pages that lost the largest share; nothing where none were."""
    left_out = corpus.left_out
    if not left_out:
        return []
    words = sum(one.words_left_out for one in left_out)
    whole = sum(one.words for one in left_out)
    files = "1 file" if len(left_out) == 1 else f"{len(left_out):,} files"
    lines = [f"left out of {files} as menus, headers, footers and hidden or shared lines: {words:,} of {whole:,} words"]
    if len(left_out) > 1:
        lines.append("most was left out of:")
    lines += [f"  {one.file}: {one.words_left_out:,} of {one.words:,} words" for one in left_out[:_WORST]]
    return lines
