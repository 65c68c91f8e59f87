"""Markdown as site generators have it: front matter of two kinds, HTML and shortcodes that are no text, posts that wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from archive_files import by_id, problems_of, read_files, text_of

SETTINGS = "sources: [{path: p}]\n"


def read(tmp_path, content: str, name: str = "a.md"):
    return read_files(tmp_path, SETTINGS, {f"p/{name}": content})


def page_text(tmp_path, body: str) -> str:
    (document,) = read(tmp_path, f"---\ntitle: Page\n---\n{body}").documents
    return text_of(document)


def test_tags_are_no_text(tmp_path):
    body = (
        'Text with <br> a break, a <b>bold</b>ness, <a href="https://e.org">a link</a>.\n\n<div class="note">\nA note.\n</div>\n'
    )
    assert page_text(tmp_path, body) == "Text with\na break, a boldness, a link.\n\nA note."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('Before {{< figure src="x.png" >}} after', "Before after"),
        ("Before {{% note %}}inner{{% /note %}} after", "Before inner after"),
        ('Before {% image "a.jpg" "The team" %} after', "Before after"),
        ("A [link]({{ '/about/' | url }}) here {{ site.name }}.", "A link here ."),
        ("{% comment %}not this{% endcomment %}this", "this"),
        ("Code `{{ kept }}` here", "Code {{ kept }} here"),
        ("```\n{% kept %}\n```", "{% kept %}"),
        ("{% raw %}<div>The {{ shown }} one</div>{% endraw %}", "The {{ shown }} one"),
        ("{% highlight html %}\n<p>{{ kept }}</p>\n{% endhighlight %}", "<p>{{ kept }}</p>"),
        ("Tom &amp; Jerry&#8211;&eacute;", "Tom & Jerry–é"),
        ("<!-- hidden -->shown", "shown"),
        ("A ~~struck~~ word", "A struck word"),
        ("Set {a, b} stays", "Set {a, b} stays"),
    ],
)
def test_shortcodes_and_entities_are_read_as_a_site_shows_them(tmp_path, body, text):
    assert " ".join(page_text(tmp_path, body).split()) == text


def test_lists_links_and_tables_stay_what_they_are(tmp_path):
    body = "# Head\n\n- one [link](https://e.org/x)\n- two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    (document,) = read(tmp_path, f"---\ntitle: T\n---\n{body}").documents
    (section,) = document.sections
    assert (section.heading, [block.kind for block in section.blocks]) == ("Head", ["item", "item", "quote", "row", "row"])
    assert [(section.text[link.start : link.end], link.url) for link in section.links] == [("link", "https://e.org/x")]


@pytest.mark.parametrize(
    "javascript", ["[x](javascript:alert(1))", '<a href="javascript:alert(1)">x</a>', "[x](data:text/html,1)"]
)
def test_a_link_to_anything_but_a_page_is_its_words(tmp_path, javascript):
    (document,) = read(tmp_path, f"---\ntitle: T\n---\n{javascript} end").documents
    assert (document.sections[0].text, document.sections[0].links) == ("x end", ())


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: T\ndate: 2014-03-12\ntopics: [a, b]\n---\n",
        "\n\n---\ntitle: T\ndate: 2014-03-12\ntopics: [a, b]\n---\n",
        '+++\ntitle = "T"\ndate = 2014-03-12T10:00:00Z\ntopics = ["a", "b"]\n+++\n',
        "---\ntitle: T\ndate: 2014-03-12\ntopics:\n- a\n- b\t\t\n---\n",
    ],
)
def test_front_matter_is_yaml_or_toml(tmp_path, front):
    corpus = read(tmp_path, front + "Body.\n")
    (document,) = corpus.documents
    assert (document.title, document.date.edtf, document.topics, text_of(document)) == ("T", "2014-03-12", ("a", "b"), "Body.")
    assert problems_of(corpus) == ""


def test_a_mistake_in_toml_has_its_line(tmp_path):
    assert "p/a.md:3: its front matter is not TOML" in problems_of(read(tmp_path, '+++\ntitle = "T"\ndate = \n+++\nx\n'))


def test_a_warning_in_toml_has_the_line_of_its_key(tmp_path):
    corpus = read(tmp_path, '+++\ntitle = "T"\ncolour = "red"\n+++\nx\n')
    assert str(corpus.problems[0]).startswith("p/a.md:3: warning: colour: is not a field")


TOMORROW, YESTERDAY = date.today() + timedelta(days=1), date.today() - timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "is_published"),
    [
        ("published: false", False), ("published: true", True), ("draft: true", False),
        ("published: no", False), ("published: yes", True), ("draft: yes", False), ("draft: no", True), ("draft: off", True),
        (f"publishDate: {TOMORROW}", False), (f"publishDate: {YESTERDAY}", True), (f"publishDate: {TOMORROW}T10:00:00Z", False),
    ],
)  # fmt: skip
def test_what_is_not_published_yet_waits(tmp_path, line, is_published):
    corpus = read(tmp_path, f"---\ntitle: T\n{line}\n---\nx\n")
    assert (len(corpus.documents), corpus.drafts) == ((1, 0) if is_published else (0, 1))
    assert problems_of(corpus) == ""


def test_pages_of_folders_do_not_collide(tmp_path):
    names = ["_index.md", "a/_index.md", "a/index.md", "b/_index.md", "b.md", "b/index.md"]
    corpus = read_files(tmp_path, SETTINGS, {f"p/{name}": "# T\n\nx\n" for name in names})
    assert corpus.errors == ()
    assert sorted(by_id(corpus)) == ["_index", "a-_index", "a-index", "b", "b-_index", "b-index"]


def test_section_pages_of_several_sources_are_named_by_their_folders_too(tmp_path):
    settings = "sources: [{path: content/news}, {path: content/events}, {path: more/_index.md}]\nindex: {path: index}\n"
    names = ["content/news/_index.md", "content/events/_index.md", "content/events/a/_index.md", "more/_index.md"]
    corpus = read_files(tmp_path, settings, dict.fromkeys(names, "# T\n\nx\n"))
    assert not corpus.problems
    assert sorted(by_id(corpus)) == ["a-_index", "content-events-_index", "content-news-_index", "more-_index"]



@pytest.mark.parametrize(
    ("name", "front", "edtf"),
    [
        ("2014-03-12-title.md", "", "2014-03-12"),
        ("2024-12-5-title.md", "", "2024-12-05"),
        ("2014-03-12-title.md", "date: 2015\n", "2015"),
        ("2014-13-12-title.md", "", None),
        ("title.md", "", None),
    ],
)
def test_the_day_in_a_files_name_is_the_date_where_the_record_states_none(tmp_path, name, front, edtf):
    (document,) = read(tmp_path, f"---\ntitle: T\n{front}---\nx\n", name).documents
    assert (document.date.edtf if document.date else None) == edtf


def test_a_file_without_a_title_is_published_as_untitled(tmp_path):
    corpus = read(tmp_path, "No title at all.")
    assert (corpus.documents[0].title_status, corpus.errors) == ("not_preserved", ())
    assert "title: is empty; the document is published as untitled" in problems_of(corpus)
