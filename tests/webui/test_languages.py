"""The pages in other languages: catalogues are complete, and a chosen language stays."""

from __future__ import annotations

import gzip
import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from page_reading import soup
from source_files import ROOT, message_template

from search.config.settings import Config, OwnField, Site, Source, Topic
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document
from webui import create_app
from webui.languages import TRANSLATED, text_direction

SAME = {"Text", "Person", "%(num)s pages", "%(num)s documents", "page %(number)s", "sources", "notes"}
OTHERS = [language for language in TRANSLATED if language != "en"]


def placeholders(text):
    return sorted(re.findall(r"%\(\w+\)s", text))


def has_words(text):
    return any(map(str.isalpha, re.sub(r"%\(\w+\)s", "", text)))


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_message_with_its_placeholders(language):
    with (ROOT / "webui" / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in message_template():
        if not message.id:
            continue
        found = catalogue.get(message.id)
        assert found is not None, message.id
        forms = found.string if message.pluralizable else (found.string,)
        key = message.id[1] if message.pluralizable else message.id
        for form in forms:
            assert form, message.id
            assert placeholders(form) == placeholders(key), message.id
            assert form != key or key in SAME or not has_words(key), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_compiled_as_it_is_written(language):
    folder, compiled = ROOT / "webui" / "translations" / language / "LC_MESSAGES", BytesIO()
    with (folder / "messages.po").open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    assert (folder / "messages.mo").read_bytes() == compiled.getvalue(), "run `python .ci/catalogues.py`"


@pytest.fixture(scope="module")
def german():
    config = Config(sources=(Source(path="x"),), language="de", languages=("de", "en"), site=Site(name="Heimatmuseum"))
    documents = [
        Document("a", "Das Haus am See", type="Bild", date=parse_edtf("1902"), summary="Ein Haus."),
        Document("b", type="Brief", date=parse_edtf("1905-03-02")),
        Document("c", "مدينة القدس", language="ar", summary="مدينة قديمة"),
    ]
    return create_app(config, OracleEngine(config, documents)).test_client()


def test_the_pages_follow_the_language_of_the_archive(german):
    page = soup(german, "/search?q=haus")
    assert page.html["lang"] == "de"
    assert "1 Treffer für" in page.h1.text
    assert soup(german, "/documents/b").h1.text == "Brief ohne Titel, 2. März 1905"
    assert soup(german, "/documents/b?lang=en").h1.text == "Untitled brief, 2 March 1905"
    assert soup(german, "/search?q=id:b&lang=en").select_one(".hits h2").text == "Untitled brief, 2 March 1905"
    assert "3 Dokumente sind vorhanden." in soup(german, "/").text


def test_a_language_that_was_chosen_stays_in_every_link_and_form(german):
    page = soup(german, "/search?q=haus&lang=en")
    assert page.html["lang"] == "en"
    for link in page.select("a[href^='/']"):
        if link["href"].startswith(("/api/", "/search.", "/static/", "/cite.")) or link.has_attr("data-language"):
            continue
        assert "lang=en" in link["href"], link
    assert all(form.select_one("input[name=lang][value=en]") for form in page.select("form[action^='/search']"))
    assert {one["hreflang"] for one in page.select("link[rel=alternate][hreflang]")} == {"de", "en"}
    assert soup(german, "/search?q=haus&lang=xx").html["lang"] == "de"


def test_a_long_address_is_not_repeated_for_each_language(german):
    words = "网" * 1_000  # the most that are searched
    assert len(soup(german, f"/search?q={words}").select("a[data-language]")) == 1
    assert not soup(german, f"/about?x={words * 4}").select("[hreflang]")


def test_titles_in_other_scripts_say_how_they_are_written(german):
    title = soup(german, "/search?q=title:القدس").select_one(".hits h2")
    assert (title["lang"], title["dir"]) == ("ar", "rtl")
    assert soup(german, "/documents/c").h1["dir"] == "rtl"
    assert [text_direction(code) for code in ("he", "de", "xx")] == ["rtl", "ltr", "ltr"]


def test_sentences_that_the_search_makes_are_in_the_language_of_the_page(german):
    read = soup(german, "/search?q=title:haus+year:1902..1905")
    assert [chip.text.strip(" ✕\n") for chip in read.select(".reading + .chips a, .reading .chips a")] == [
        "Entfernen: das Wort haus, im Titel",
        "Entfernen: die Jahre 1902 bis 1905",
    ]
    wrong = soup(german, "/search?q=haus&from=1905&to=1902")
    assert "„Von“ (1905) liegt nach „Bis“ (1902), also liegt nichts dazwischen." in wrong.text
    assert "von 1902 bis 1905" in wrong.text
    assert "from 1902 to 1905" in soup(german, "/search?q=haus&from=1905&to=1902&lang=en").text


def test_programs_are_answered_in_plain_english(german):
    answer = german.get("/api/v1/search?q=zzz:haus+-brief").json
    assert answer["query"]["notices"] == ["There is no field “zzz”, so its words were looked for everywhere."]
    assert answer["query"]["reading"][-1]["meaning"] == "without the word brief"


@pytest.mark.parametrize("path", ["/", "/search?q=haus", "/documents/a", "/help", "/about", "/nirgends"])
def test_a_browser_that_takes_compressed_pages_gets_those_of_a_chosen_language_too(german, path):
    chosen = f"{path}{'&' if '?' in path else '?'}lang=en"
    packed = german.get(chosen, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.status_code == german.get(path).status_code
    assert gzip.decompress(packed.data).decode() == german.get(chosen).text
    assert "lang=en" in german.get(chosen).text
    assert german.get(chosen, headers={"If-None-Match": packed.headers.get("ETag", "")}).status_code in (304, 404)


def test_labels_of_the_archive_are_shown_in_the_language_of_the_page_and_values_stay():
    labels = {"en": {"Bild": "Picture", "Wasser": "Water", "Was fließt.": "What flows.", "Technik": "Technique", "Öl": "Oil"}}
    config = Config(
        sources=(Source(path="x"),),
        language="de",
        languages=("de", "en"),
        labels=labels,
        topics={"wasser": Topic(label="Wasser", description="Was fließt.")},
        fields={"technik": OwnField(label="Technik")},
    )
    documents = [Document("a", "Der See", type="Bild", topics=("wasser",), extra=(("technik", ("Öl",)),)), Document("b", type="Bild"), Document("c")]
    client = create_app(config, OracleEngine(config, documents)).test_client()

    def read(address: str) -> str:
        page = soup(client, address)
        for typed in page.select(".hint, h1 q, title"):  # words to type and typed stay in the language of the archive
            typed.decompose()
        return page.get_text(" ")

    for path, shown in {
        "/search": ("Picture", "Water", "Technique", "Oil"),
        "/search?type=Bild&technik=%C3%96l": ("Picture", "Technique: Oil"),
        "/search?q=type:Bild+topic:wasser+technik:%C3%96l": ("type Picture", "topic Water", "technik: Oil"),
        "/search?q=type:bild+topic:WASSER+technik:%C3%B6l": ("type Picture", "topic Water", "technik: Oil"),
        "/search?q=type:picture+topic:Water+technik:Oil": ("type Picture", "topic Water", "technik: Oil"),
        "/documents/a": ("Picture", "Water", "Technique", "Oil"),
        "/documents/b": ("Untitled picture",),
        "/topics": ("Water", "What flows."),
        "/topics/wasser": ("Water", "What flows."),
        "/values/technik": ("Technique", "Oil"),
        "/holdings": ("Picture",),
        "/": ("Water", "What flows."),
    }.items():
        address = f"{path}{'&' if '?' in path else '?'}lang=en"
        assert [one for one in shown if one not in read(address)] == [], path
        assert [one for one in labels["en"] if one in read(address).replace("Technique", "")] == [], path
        assert [one for one in labels["en"].values() if one in read(path)] == [], path
    assert soup(client, "/search?lang=en").select_one("input[name=type][value=Bild]")
    for typed in ("type:Bild topic:Wasser technik:Öl", "type:picture topic:water technik:oil", "type:BILD topic:WATER technik:öl"):
        assert client.get("/api/v1/search", query_string={"q": typed}).json["total"] == 1, typed
    for address, shown in {
        "/search.atom?lang=en": ['term="Bild" label="Picture"', 'term="wasser" label="Water"', 'label="Technique: Oil"', "Everything –"],
        "/search.atom": ['term="Bild" label="Bild"', 'label="Technik: Öl"', "Alles –"],
        "/api/v1/search?lang=en": ['"value":"Bild","label":"Picture"', '"value":"wasser","label":"Water"'],
        "/api/v1/search": ['"value":"Bild","label":"Bild"', '"value":"wasser","label":"Wasser"'],
        "/api/v1/completions?q=wat&lang=en": ['"text":"Water","kind":"topic"'],
        "/api/v1/completions?q=was&lang=en": ['"text":"Water","kind":"topic"'],
        "/api/v1/completions?q=was": ['"text":"Wasser","kind":"topic"'],
        "/cite.ris?id=a&lang=en": ["KW  - Water"],
        "/cite.ris?id=a": ["KW  - Wasser"],
    }.items():
        answer = client.get(address).text
        assert [one for one in shown if one not in answer] == [], address
