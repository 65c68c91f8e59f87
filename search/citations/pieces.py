"""A formatted reference as pieces of plain text, some in italics. Whoever prints it escapes the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle

from msgspec import Struct

_ENDS = (".", "?", "!", ".”", "?”", "!”", ".’”", "?’”", "!’”")


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def one_line(text: str) -> str:
    """Return the text with each run of white space and control characters as one space."""
    return " ".join(_CONTROL.sub(" ", text).split())


class Piece(Struct, frozen=True):
    """A run of plain text."""

    text: str
    is_italic: bool = False


Pieces = tuple[Piece, ...]


def plain_text(pieces: Sequence[Piece]) -> str:
    """Return the text of all pieces."""
    return "".join(piece.text for piece in pieces)


def sentence(*pieces: Piece | str) -> list[Piece]:
    """Return the pieces closed by a full stop, unless they end with a mark that closes a sentence. Nothing for nothing."""
    made = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
    made = [piece for piece in made if piece.text]
    if made and not plain_text(made).endswith(_ENDS):
        made.append(Piece("."))
    return made


def join_sentences(*sentences: Sequence[Piece]) -> Pieces:
    """Return the sentences with a space between them; neighbours of the same kind are one piece."""
    merged: list[Piece] = []
    for made in sentences:
        run = [Piece(" "), *made] if merged and made else list(made)
        for piece in run:
            if merged and merged[-1].is_italic == piece.is_italic:
                merged[-1] = Piece(merged[-1].text + piece.text, piece.is_italic)
            else:
                merged.append(piece)
    return tuple(merged)


def put_in_quotes(title: str) -> str:
    """Return a title in double quotes with its full stop inside; quotes within it become single ones."""
    marks = cycle("‘’")
    inner = re.sub('"', lambda _: next(marks), title.replace("“", "‘").replace("”", "’"))
    bare = inner.rstrip("’")
    return f"“{inner}”" if bare.endswith((".", "?", "!")) else f"“{bare}.{inner[len(bare) :]}”"
