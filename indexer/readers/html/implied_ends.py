"""A tree builder that ends elements whose end tags HTML allows to omit: `<li>one<li>two` becomes two items side by side."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag

NOT_TEXT = frozenset(
    "script style template noscript svg head title iframe object applet canvas datalist noembed audio video".split()
)
"""Elements that never contain words of the page."""
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
_DEEPEST = 400
"""Most elements within each other; pages nest without limit, and the time to search an element grows with the depth below it."""
_DEEPEST_LOOK = 100
"""Most open elements that each start tag looks through."""


class PageTree(BeautifulSoup):
    """A page parsed by Python's own parser, with the omitted end tags added."""

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
        if len(self.tagStack) > _DEEPEST and name not in NOT_TEXT:
            return None  # as browsers do: the content belongs to the surrounding element
        return super().handle_starttag(name, *arguments, **named)
