"""Title, authors, dates, language and encoding of a saved page."""

from __future__ import annotations

import pytest

from indexer.readers.encodings import decode
from indexer.readers.html.page import decode_page

TITLES = [
    ("<title>Annual report 2009 - Institute</title><h1>Annual report 2009</h1>", "Annual report 2009"),
    ("<title>Annual report 2009 - Institute</title><h1>Cyber<br>Insurance<br/>Report</h1>", "Cyber Insurance Report"),
    ("<title>Status update (June 6, 2003)</title><h1>Status update</h1>", "Status update (June 6, 2003)"),
    ('<meta property="og:title" content="Shared title"><title>x | y</title><h1>Head</h1>', "Shared title"),
    ('<meta property="og:site_name" content="Institute"><meta property="og:title" content="Report | Institute">', "Report"),
    ('<meta property="og:site_name" content="Institute"><title>Institute - Report</title>', "Report"),
    ("<title>Release</title><h1><a href='/'>Mozilla</a></h1><p>x</p>", "Release"),
    ("<title>Release</title><div id=header><h1>Mozilla</h1></div><p>words words words</p>", "Release"),
    ("<title>Release – Mozilla</title><h1>Mozilla</h1>", "Release"),
    ("<title></title><div id=logo><h1>Mozilla</h1></div><h2>Release notes</h2>", "Release notes"),
    ("<title></title><h1><img src=logo.gif alt=Mozilla></h1><h1>Release notes</h1>", "Release notes"),
    ("<title>Untitled Document</title><h1>Report</h1>", "Report"),
    ("<title>Report | Institute</title><p>x</p>", "Report"),
    ("<title>Cyber - Friend or Foe</title><p>x</p>", "Cyber - Friend or Foe"),
    ("<title>Guide</title><h1>One</h1><p>a</p><h1>Two</h1><p>b</p>", "Guide"),
    ("<svg><title>Icon</title></svg><title>Report</title>", "Report"),
    ("<title>Gazette » News » Storm at sea</title><h1>Storm at sea</h1><p>words of it</p>", "Storm at sea"),
    ("<title>Gazette » Storm at sea</title><h2>Storm at sea</h2><p>words of it</p>", "Storm at sea"),
    ("<title>Gazette - News - Storm at sea</title><h2>Storm at sea</h2><p>words of it</p>", "Storm at sea"),
    ("<title>Storm at sea » Gazette</title><div id=header><h1>Gazette</h1></div><p>words of it</p>", "Storm at sea"),
    ("<p>no title at all</p>", ""),
]


@pytest.mark.parametrize(("page", "title"), TITLES, ids=[page[:60] for page, _ in TITLES])
def test_the_title_is_chosen_from_the_page_alone(read_page, page, title):
    assert read_page(f"<html><body>{page}</body></html>").values["title"] == title


def test_the_title_is_not_in_the_text_again(read_page, text_of):
    assert text_of(read_page("<title>Report - Institute</title><h1>Report</h1><p>words</p>")) == "words"


def test_a_selector_says_where_the_title_is(read_page):
    page = "<title></title><div id=c><h3>Real</h3></div><h1>Other</h1>"
    assert read_page(page, title=["title", "#c h3"]).values["title"] == "Real"


def test_all_authors_are_read(read_page):
    page = '<meta name="author" content="A"><meta name=author content="B"><meta name="DC.creator" content="C"><meta name=citation_author content="a">'
    assert read_page(page).values["people"] == ["A", "B", "C"]


def test_selectors_find_people_and_the_first_date(read_page):
    page = (
        "<p class=by>Jane Doe</p><p class=by>John Roe</p><p class=d>Updated</p><p class=d>KYIV - December 15th, 2004 - words</p>"
        '<meta name="published" content="Ann">'
    )
    record = read_page(page, "report-2004-11-3.html", people=".by", date=".d")
    assert (record.values["people"], record.values["date"]) == (["Jane Doe", "John Roe"], "2004-12-15")
    assert read_page(page, people="meta[name=published]").values["people"] == ["Ann"]
    assert read_page("<time class=d datetime='2001-02-03'>long ago</time>", date=".d").values["date"] == "2001-02-03"


@pytest.mark.parametrize(
    ("page", "name", "date"),
    [
        ('<meta name="citation_publication_date" content="2004/05/06">', "a.html", "2004/05/06"),
        ('<meta property="article:published_time" content="2004-05-06T10:00:00Z">', "a.html", "2004-05-06T10:00:00Z"),
        ('<time pubdate datetime="2004-05">May</time>', "a.html", "2004-05"),
        ("<p>taken on April 21, 2008</p>", "news.html", None),
    ],
)
def test_a_date_is_stated(read_page, page, name, date):
    assert read_page(page, name).values.get("date") == date


def test_the_language_and_the_address_are_read(read_page):
    page = '<html lang="de-AT"><link rel="canonical" href="https://example.org/a"><meta name=description content="Short.">'
    values = read_page(page).values
    assert (values["language"], values["url"], values["summary"]) == ("de-AT", "https://example.org/a", "Short.")


ISO = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ISO.encode() + b"\x93caf\xe9\x94 \x80", "“café” €"),
        (ISO.encode() + "café".encode(), "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        (b'<meta charset="shift_jis">' + "日本".encode("cp932"), "日本"),
        (b"<meta charset='x-unknown'>caf\xe9", "café"),
        (b"caf\xe9", "café"),
        ("Привет мир, это проба текста на русском".encode("cp1251"), "Привет мир, это проба текста на русском"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>' + "Łódź".encode("iso-8859-2"), "Łódź"),
        (b"cut in a character: caf\xc3\xa9 caf\xc3", "cut in a character: café caf�"),
    ],
)
def test_encodings_are_marked_valid_declared_or_detected(data, text):
    assert decode_page(data).rpartition(">")[2] == text


def test_any_bytes_are_text():
    for first in range(256):
        text, encoding = decode(bytes([first, 255, first, 10]) * 30, "utf-8")
        assert text
        assert encoding
