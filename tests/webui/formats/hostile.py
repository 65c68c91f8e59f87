"""Documents with text that can break a format: marks of TeX, tags of RIS, quotes, formulas, line ends, names of any form."""

from __future__ import annotations

from hypothesis import strategies as st

from search.citations.pieces import one_line
from search.model.dates import parse_edtf
from search.model.document import Document, Person

MARKS = ["{", "}", "\\", "%", "&", "$", "#", "_", "~", "^", '"', "'", "<", ">", "]]>", "@", "=", "+", "-", "--", "``", "''", ",", ";", " and ",
         "\r\nER  - ", "\nTY  - ", "\u2028", "\x85", "\x0b", "\x1f", "\x00", "日本", "é", "e\u0301", "İ", "\u202e", "＝", "\ufeff", "😀"]  # fmt: skip
words = st.lists(st.sampled_from([*MARKS, "cable", "Cyber", "norms", " ", "a", "The"]), max_size=8).map("".join)
texts = st.one_of(words, st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
printable = texts.map(lambda text: "".join(char for char in text if char.isprintable()).strip()).filter(bool)
names = st.one_of(
    st.sampled_from(["James B. Godwin III", "Ministry of Culture and Sport", "Ludwig van Beethoven", "Barnes, Noble, and Co.", "de Gaulle, Charles", "Plato", "Jürgen Müller", "and and and", "Smith, {John}"]),
    texts,
)  # fmt: skip
people = st.builds(Person, names, st.sampled_from(["author", "editor", "translator", "preface", "mentioned", ""]))
dates = st.sampled_from(
    ["2019", "2019-02", "2019-02-14", "1914/1918", "1925~", "192X", "1950/..", "../1950", "-0043", "2019-21", None]
).map(lambda edtf: parse_edtf(edtf) if edtf else None)
kinds = st.sampled_from(
    ["", "Report", "Media Coverage", "Commentary", "Podcast", "Infographic", "Letter", "Book", "Thesis", "{x}"]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any content."""
    return Document(
        draw(printable),
        title=draw(texts),
        summary=draw(texts),
        type=draw(kinds),
        date=draw(dates),
        people=tuple(person for person in draw(st.lists(people, max_size=4)) if one_line(person.name)),
        venue=draw(texts),
        place=draw(texts),
        url=draw(st.sampled_from(["", "https://example.org/a_b?c=%7B&d={x}", "https://example.org/ü"])),
    )


collections = st.lists(documents(), min_size=1, max_size=4, unique_by=lambda document: document.id.casefold())
