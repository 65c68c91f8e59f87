"""A tree builder that ends elements where HTML lets their end tags be left out: `<li>one<li>two` is two items side by side."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag

_BLOCKS = (
    "address article aside blockquote center details dir div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main "
    "menu nav ol p pre section table ul"
).split()
_CELLS = frozenset({"td", "th"})
_AROUND_P = frozenset("article aside blockquote body button center dd details div dt fieldset form li section td th".split())
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir", "table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"})),
    "thead": (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "a": (frozenset({"a"}), frozenset({"td", "th", "table", "li"})),
    **{name: (frozenset({"p"}), _AROUND_P) for name in _BLOCKS},
}
"""What the start of an element ends, and the elements beyond which it ends nothing."""
_DEEPEST_LOOK = 100
"""Open elements; pages nest without limit, and each start tag looks through those around it."""


class PageTree(BeautifulSoup):
    """A page parsed by Python's own parser, which by itself knows of no end that is left out."""

    def handle_starttag(self, name: str, *arguments: Any, **named: Any) -> Tag | None:
        """End what the start of this element ends, and open it."""
        ended, beyond = _ENDS.get(name, ((), ()))
        if ended:
            for element in reversed(self.tagStack[-_DEEPEST_LOOK:]):
                if element.name in beyond:
                    break
                if element.name in ended:
                    self.handle_endtag(element.name)
                    break
        return super().handle_starttag(name, *arguments, **named)
