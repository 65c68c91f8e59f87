"""Text as a reader gives it: parted at headings, each part with an anchor of its own."""

from __future__ import annotations

from search.text.analysis import fold_value


class Sections:
    """Collects the parts of a text in reading order."""

    def __init__(self) -> None:
        self._parts = [{"heading": "", "anchor": "", "text": ""}]
        self._anchors = {""}

    def begin(self, heading: str, anchor: str = "") -> None:
        """A new part. Its anchor is the one given, else the heading folded, with a number where it is used already."""
        wanted = free = anchor or fold_value(heading) or "part"
        number = 1
        while free in self._anchors:
            number += 1
            free = f"{wanted}-{number}"
        self._anchors.add(free)
        self._parts.append({"heading": heading, "anchor": free, "text": ""})

    def add(self, text: str) -> None:
        part = self._parts[-1]
        part["text"] = f"{part['text']}\n\n{text}" if part["text"] else text

    def listed(self) -> list[dict[str, str]]:
        """The parts that hold anything, as records are written."""
        return [part for part in self._parts if part["heading"] or part["text"]]
