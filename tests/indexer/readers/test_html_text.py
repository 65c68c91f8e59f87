"""The text of a saved page is read completely, with its words divided correctly, without menus and notices."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.html.reader import page_record
from indexer.sources import SourceFile
from search.config.settings import Source

TAGS = "<p> </p> <div> <div\tid=nav> </div> <a\thref=x> </a> <li> <h2> </h2> <table> <td> <tr> </table> <pre> <br> <main> <form> <nav> </nav>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("One<br>two<br/>three", "One two three"),
        ("<details><summary>Who pays</summary>Insurers pay.</details>", "Who pays Insurers pay."),
        ("<center>First</center><center>Second</center>", "First Second"),
        ("<fieldset><legend>Options</legend>Chosen</fieldset>", "Options Chosen"),
        ("<select><option>alpha</option><option>beta</option></select>", "alpha beta"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term Meaning"),
        ("<x-card>one</x-card><x-card>two</x-card>", "one two"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<b>bo</b>ld and <i>ita</i>lic", "bold and italic"),
        ("in<wbr>ter&shy;net", "internet"),
        ("H<sub>2</sub>O, 19<sup>th</sup> and 10<sup>6</sup> m<sup>2</sup>", "H2O, 19th and 10⁶ m²"),
        ("insurance<sup>1</sup> market", "insurance [1] market"),
        ('insurance<sup><a href="#n1">a</a></sup>', "insurance [a]"),
        ('A<img src="x.png" alt="map of Kyiv">B', "A map of Kyiv B"),
        ("he said <q>yes</q>", "he said “yes”"),
        ("a&nbsp;b&#160;c &amp; d &lt;e&gt;", "a b c & d <e>"),
        ("<p>a<!-- hidden --></p><script>x()</script><style>p{}</style><noscript>no</noscript>b", "a b"),
        ("<textarea>typed</textarea>words", "typed words"),
    ],
)
def test_words_are_apart_and_whole(read_page, text_of, body, words):
    record = read_page(f"<html><title>T</title><body>{body}</body></html>")
    assert " ".join(text_of(record).split()) == words


KEPT = [
    ("a form around the page", "<form><input type=hidden name=v><div id=content><p>The board met.</p></div></form>"),
    (
        "a form with a search box in it",
        "<form><h1>Report</h1><p>The board met in Brussels and agreed on everything that was put before it that day.</p><input name=q></form>",
    ),
    ("several articles", "<article><h2>A</h2><p>first</p></article><div><p>The board met.</p></div><article>third</article>"),
    ("a header in an article", "<article><header><p>The board met.</p></header><p>more</p></article>"),
    ("a footer in an article", "<article><p>more</p><footer>The board met.</footer></article>"),
    ("an aside in an article", "<article><p>more</p><aside>The board met.</aside></article>"),
    ("a small main", "<main><p>teaser</p></main><div><p>The board met in Brussels and agreed on everything.</p></div>"),
    ("a wrapper named after its sidebar", '<div class="has-sidebar"><p>The board met.</p></div>'),
    ("a page named as a menu", '<div id="menu"><p>The board met in Brussels and agreed on everything.</p></div>'),
    ("a body that a script shows", '<body style="display:none"><p>The board met.</p></body>'),
    ("a header of a page that is all text", "<header><h1>Report</h1><p>The board met.</p></header><p>more</p>"),
    ("noframes", "<noframes><p>The board met.</p></noframes>"),
    ("no body at all", "The board met."),
]


@pytest.mark.parametrize(("name", "body"), KEPT, ids=[name for name, _ in KEPT])
def test_no_text_is_taken_away(read_page, text_of, name, body):
    assert "The board met" in text_of(read_page(f"<title>T</title>{body}"))


TEXT = "<p>" + "The board met in Brussels. " * 20 + "</p>"
AROUND = [
    "<nav>Menu</nav>",
    '<div role="navigation">Menu</div>',
    '<ul id="mainNav"><li><a href="/">Menu</a></li></ul>',
    '<div class="left-sidebar">Menu</div>',
    '<p class="skipLink"><a href="#c">Menu</a></p>',
    "<header><a href='/'>Menu</a></header>",
    "<footer>Menu</footer>",
    "<aside>Menu</aside>",
    "<form action='/search'><label>Menu</label><input name=q></form>",
    "<div hidden>Menu</div>",
    '<span style="display: none">Menu</span>',
    '<div aria-hidden="true">Menu</div>',
    '<span class="sr-only">Menu</span>',
    "<dialog>Menu</dialog>",
    "<template><p>Menu</p></template>",
    "<svg><text>Menu</text></svg>",
]


@pytest.mark.parametrize("around", AROUND)
def test_menus_and_hidden_text_stay_out_and_are_counted(read_page, text_of, around):
    record = read_page(f"<title>T</title><body>{around}<article>{TEXT}</article>{around}</body>")
    assert "Menu" not in text_of(record)
    assert record.words_left_out == (0 if "<template" in around or "<svg" in around else 2)


def test_words_taken_and_left_out_are_all_the_words(read_page, text_of):
    record = read_page("<body><h1>Title here</h1><nav>one two</nav><p>three four</p><footer>five</footer></body>")
    assert (record.values["title"], text_of(record), record.words_left_out) == ("Title here", "three four", 3)


def test_lists_quotes_code_and_tables_are_blocks(read_page):
    record = read_page(
        "<title>T</title><p>Para<ul><li>one<ul><li>deep</ul><li><p>two</p><p>more</p></ul>"
        "<blockquote><p>said</p></blockquote><pre>a\n  b</pre>"
        "<table><tr><th>Year<th>Sum</tr><tr><td>2001<td>12</tr></table>"
    )
    (section,) = record.values["sections"]
    assert [(kind, section["text"][start:end], level) for kind, start, end, level in section["blocks"]] == [
        ("paragraph", "Para", 0),
        ("item", "one", 1),
        ("item", "deep", 2),
        ("item", "two", 1),
        ("paragraph", "more", 0),
        ("quote", "said", 0),
        ("code", "a\n  b", 0),
        ("row", "Year | Sum", 1),
        ("row", "2001 | 12", 0),
    ]


def test_a_table_that_lays_out_a_page_is_no_rows(read_page):
    words = "many words " * 50
    record = read_page(f"<title>T</title><table><tr><td>Menu<td><h2>Head</h2><p>{words}</p></tr><tr><td>a<td>b</tr></table>")
    assert {block[0] for part in record.values["sections"] for block in part.get("blocks", ())} == {"paragraph"}


def test_links_are_places_in_the_text_and_only_safe_addresses_stay(read_page):
    record = read_page('<title>T</title><p>See <a href="b.html#x">that <b>page</b></a> or <a href="javascript:x()">this</a>.</p>')
    (section,) = record.values["sections"]
    assert section["text"] == "See that page or this."
    assert [(section["text"][start:end], address) for start, end, address in section["links"]] == [("that page", "b.html#x")]


def test_headings_part_the_text_and_keep_their_anchors(read_page):
    record = read_page('<title>T</title><p>a</p><h2 id="one">First<br>part</h2><p>b</p><h3><a name="two">Next</a></h3><p>c</p>')
    assert [(part.get("heading", ""), part.get("anchor", ""), part["text"]) for part in record.values["sections"]] == [
        ("", "", "a"),
        ("First part", "one", "b"),
        ("Next", "two", "c"),
    ]


def test_the_text_that_a_selector_names_is_taken_whole(read_page, text_of):
    page = "<title>T</title><div id=menu><p>one two three</p></div><div class=t><p>a</p></div><div class=t><p class=x>gone</p>b</div>"
    record = read_page(page, text=["#nothing", ".t"], remove=".x")
    assert (text_of(record).split(), record.words_left_out, record.is_guessed) == (["a", "b"], 4, False)


def test_a_page_nested_without_end_is_read(read_page, text_of):
    assert text_of(read_page("<div>" * 20_000 + "deep")) == "deep"


@given(st.lists(st.sampled_from([*TAGS.split(" "), "w ", "x "]), max_size=30))
def test_no_word_is_lost_uncounted(parts):
    record = page_record(SourceFile(Path("a.html"), "a.html", Source(path="a.html"), "html", "a"), "".join(parts))
    taken = " ".join(
        [record.values["title"], *(f"{part.get('heading', '')} {part['text']}" for part in record.values["sections"])]
    )
    taken_words = len([word for word in taken.split() if word != "|"])
    words = sum(part in ("w ", "x ") for part in parts)
    assert words <= taken_words + record.words_left_out <= words + len(record.values["title"].split())
