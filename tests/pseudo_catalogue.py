"""A catalogue of messages made from the English ones, to see what pages do with words that are not English."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import get_babel

ROOT = Path(__file__).parents[1]


def use_pseudo_catalogue(app: Flask, folder: Path, change: Callable[[str], str]) -> None:
    """Show the German pages of an application with each message changed, but for its placeholders."""

    def changed(text: str) -> str:
        return "".join(part if part.startswith("%(") else change(part) for part in re.split(r"(%\(\w+\)s)", text) if part)

    catalogue = Catalog(locale="de")
    for message in runpy.run_path(str(ROOT / ".ci" / "catalogues.py"))["template"]():
        if message.id:
            catalogue.add(message.id, tuple(map(changed, message.id)) if message.pluralizable else changed(message.id))
    (folder / "de" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "de" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    get_babel(app).translation_directories = [str(folder)]
