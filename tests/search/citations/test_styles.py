"""References equal strings written by hand after the manuals: APA 7, Chicago 17 (bibliography) and MLA 9."""

from __future__ import annotations

from datetime import date

import pytest

from search.citations.item import Citer
from search.citations.styles import citations
from search.config.settings import Config, Site, Source
from search.model.dates import parse_edtf
from search.model.document import Document, Person

SEEN = date(2026, 9, 7)
CITER = Citer(Config(sources=(Source(path="x"),), site=Site(name="The Archive", publisher="The Institute")))
HERE = "https://a.example/documents/x"


def reference_in_styles(document: Document, genre: str = "") -> dict[str, str]:
    """The reference in each style, with asterisks around italics."""
    item = CITER.describe(document, document.title or "Untitled commentary", HERE, genre)
    return {
        style: "".join(f"*{piece.text}*" if piece.is_italic else piece.text for piece in pieces)
        for style, pieces in citations(item, SEEN).items()
    }


def people(*names: str, role: str = "author") -> tuple[Person, ...]:
    return tuple(Person(name, role) for name in names)


CASES: dict[str, tuple[Document, str, dict[str, str]]] = {
    "a report by three": (
        Document(
            "x",
            "Cyber Insurance",
            type="Policy Report",
            date=parse_edtf("2019-06"),
            place="New York",
            venue="EastWest Institute",
            people=people("Davis Hake", "Andreas Kuehn", "Bruce McConnell"),
        ),
        "",
        {
            "APA": f"Hake, D., Kuehn, A., & McConnell, B. (2019, June). *Cyber Insurance*. EastWest Institute. The Archive. {HERE}",
            "Chicago": f"Hake, Davis, Andreas Kuehn, and Bruce McConnell. *Cyber Insurance*. New York: EastWest Institute, June 2019. The Archive. {HERE}.",
            "MLA": f"Hake, Davis, et al. *Cyber Insurance*. EastWest Institute, June 2019. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a report with editors, one with a suffix": (
        Document(
            "x",
            "Foundations",
            type="Report",
            date=parse_edtf("2014"),
            people=people("James B. Godwin III", "Andrey Kulpin", role="chief editor"),
        ),
        "",
        {
            "APA": f"Godwin, J. B., III, & Kulpin, A. (Eds.). (2014). *Foundations*. The Institute. The Archive. {HERE}",
            "Chicago": f"Godwin, James B., III, and Andrey Kulpin, eds. *Foundations*. The Institute, 2014. The Archive. {HERE}.",
            "MLA": f"Godwin, James B., III, and Andrey Kulpin, editors. *Foundations*. The Institute, 2014. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "an article in a newspaper": (
        Document(
            "x",
            "Who Rules Cyberspace?",
            type="Media Coverage",
            date=parse_edtf("2012-09-10"),
            venue="The Daily Planet",
            people=people("Lois Lane"),
        ),
        "",
        {
            "APA": f"Lane, L. (2012, September 10). Who Rules Cyberspace? *The Daily Planet*. The Archive. {HERE}",
            "Chicago": f"Lane, Lois. “Who Rules Cyberspace?” *The Daily Planet*, September 10, 2012. The Archive. {HERE}.",
            "MLA": f"Lane, Lois. “Who Rules Cyberspace?” *The Daily Planet*, 10 Sept. 2012. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "an article without author, date or newspaper": (
        Document("x", "On “Norms”", type="Media Coverage"),
        "",
        {
            "APA": f"*On “Norms”*. (n.d.). The Archive. Retrieved September 7, 2026, from {HERE}",
            "Chicago": f"“On ‘Norms.’” N.d. The Archive. Accessed September 7, 2026. {HERE}.",
            "MLA": f"“On ‘Norms.’” *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a page without an author": (
        Document("x", "The Objective", type="Programme text", date=parse_edtf("2020")),
        "",
        {
            "APA": f"*The Objective*. (2020). The Institute. The Archive. {HERE}",
            "Chicago": f"“The Objective.” The Institute. 2020. The Archive. {HERE}.",
            "MLA": f"“The Objective.” *The Institute*, 2020. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a podcast by a body": (
        Document("x", "Norms", type="Podcasts", date=parse_edtf("2019-05-06"), people=people("Ministry of Culture and Sport")),
        "Podcast",
        {
            "APA": f"Ministry of Culture and Sport. (2019, May 6). *Norms* [Podcast]. The Institute. The Archive. {HERE}",
            "Chicago": f"Ministry of Culture and Sport. “Norms.” The Institute, May 6, 2019. Podcast. The Archive. {HERE}.",
            "MLA": f"Ministry of Culture and Sport. “Norms.” The Institute, 6 May 2019. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a picture made over some years": (
        Document("x", "Trenches", type="Painting", date=parse_edtf("1914/1918"), people=people("Vincent van Gogh")),
        "",
        {
            "APA": f"van Gogh, V. (1914–1918). *Trenches* [Painting]. The Institute. The Archive. {HERE}",
            "Chicago": f"van Gogh, Vincent. *Trenches*. The Institute, 1914–1918. Painting. The Archive. {HERE}.",
            "MLA": f"van Gogh, Vincent. *Trenches*. The Institute, 1914-18. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a letter of about 1925": (
        Document("x", "To a Friend", type="Letter", date=parse_edtf("1925~"), people=people("Anne-Marie Slaughter")),
        "",
        {
            "APA": f"Slaughter, A.-M. (ca. 1925). *To a Friend* [Letter]. The Institute. The Archive. {HERE}",
            "Chicago": f"Slaughter, Anne-Marie. *To a Friend*. The Institute, ca. 1925. Letter. The Archive. {HERE}.",
            "MLA": f"Slaughter, Anne-Marie. *To a Friend*. The Institute, circa 1925. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a book with a translator and a subtitle": (
        Document(
            "x",
            "War",
            subtitle="A History",
            type="Book",
            date=parse_edtf("1867"),
            place="Boston",
            venue="Little, Brown",
            people=(*people("Leo Tolstoy"), *people("Constance Garnett", role="translator")),
        ),
        "",
        {
            "APA": f"Tolstoy, L. (1867). *War: A History* (C. Garnett, Trans.). Little, Brown. The Archive. {HERE}",
            "Chicago": f"Tolstoy, Leo. *War: A History*. Translated by Constance Garnett. Boston: Little, Brown, 1867. The Archive. {HERE}.",
            "MLA": f"Tolstoy, Leo. *War: A History*. Translated by Constance Garnett, Little, Brown, 1867. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "commentary without a title": (
        Document("x", "", type="Commentary", date=parse_edtf("2011-12-22"), people=people("Greg Austin")),
        "",
        {
            "APA": f"Austin, G. (2011, December 22). [Untitled commentary]. *The Institute*. The Archive. {HERE}",
            "Chicago": f"Austin, Greg. Untitled commentary. The Institute. December 22, 2011. The Archive. {HERE}.",
            "MLA": f"Austin, Greg. Untitled commentary. *The Institute*, 22 Dec. 2011. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a body with a body": (
        Document("x", "Dream", type="Report", date=parse_edtf("2001"), people=people("Junta de Andalucía", "Ministry of Culture")),
        "",
        {
            "APA": f"Junta de Andalucía, & Ministry of Culture. (2001). *Dream*. The Institute. The Archive. {HERE}",
            "Chicago": f"Junta de Andalucía and Ministry of Culture. *Dream*. The Institute, 2001. The Archive. {HERE}.",
            "MLA": f"Junta de Andalucía and Ministry of Culture. *Dream*. The Institute, 2001. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "one named and others that are not": (
        Document("x", "Act Now!", subtitle="How?", type="Book", date=parse_edtf("1999"), people=people("Ann Lee", "et al.")),
        "",
        {
            "APA": f"Lee, A., et al. (1999). *Act Now! How?* The Institute. The Archive. {HERE}",
            "Chicago": f"Lee, Ann, et al. *Act Now! How?* The Institute, 1999. The Archive. {HERE}.",
            "MLA": f"Lee, Ann, et al. *Act Now! How?* The Institute, 1999. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "signs that other formats give a meaning": (
        Document("x", "{The} 100% “$” & _You_ on the U.S.", type="Book", date=parse_edtf("1999"), people=people("Ann Lee")),
        "",
        {
            "APA": f"Lee, A. (1999). *{{The}} 100% “$” & _You_ on the U.S.* The Institute. The Archive. {HERE}",
            "Chicago": f"Lee, Ann. *{{The}} 100% “$” & _You_ on the U.S.* The Institute, 1999. The Archive. {HERE}.",
            "MLA": f"Lee, Ann. *{{The}} 100% “$” & _You_ on the U.S.* The Institute, 1999. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a vase made over years before Christ": (
        Document("x", "Vase", type="Painting", date=parse_edtf("-0499/-0449")),
        "",
        {
            "APA": f"*Vase* [Painting]. (500–450 BC). The Institute. The Archive. {HERE}",
            "Chicago": f"*Vase*. The Institute, 500–450 BC. Painting. The Archive. {HERE}.",
            "MLA": f"*Vase*. The Institute, 500-450 BC. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
    "a book with an editor and two translators": (
        Document("x", "Essays", type="Book", date=parse_edtf("1999"), people=(*people("Ann Lee"), *people("Bo Li", role="editor"), *people("Cy Fo", "Di Go", role="translator"))),
        "",
        {
            "APA": f"Lee, A. (1999). *Essays* (B. Li, Ed.; C. Fo & D. Go, Trans.). The Institute. The Archive. {HERE}",
            "Chicago": f"Lee, Ann. *Essays*. Edited by Bo Li. Translated by Cy Fo and Di Go. The Institute, 1999. The Archive. {HERE}.",
            "MLA": f"Lee, Ann. *Essays*. Edited by Bo Li, translated by Cy Fo and Di Go, The Institute, 1999. *The Archive*, {HERE}. Accessed 7 Sept. 2026.",
        },
    ),
}


@pytest.mark.parametrize(("document", "genre", "expected"), CASES.values(), ids=CASES.keys())
def test_references_are_written_as_the_manuals_say(document, genre, expected):
    assert reference_in_styles(document, genre) == expected


@pytest.mark.parametrize(
    ("edtf", "apa", "chicago", "mla"),
    [
        ("2019-06-05/2019-06-07", "2019, June 5–7", "June 5–7, 2019", "5-7 June 2019"),
        ("2019-06/2019-08", "2019, June–August", "June–August 2019", "June-Aug. 2019"),
        ("1999/2001", "1999–2001", "1999–2001", "1999-2001"),
        ("192X", "1920s", "1920s", "1920s"),
        ("17XX", "18th century", "18th century", "18th century"),
        ("1950/..", "1950–", "1950–", "1950-"),
        ("1925?", "1925?", "[1925?]", "[1925?]"),
        ("2019-21", "2019, Spring", "Spring 2019", "Spring 2019"),
        ("1914~/1918~", "ca. 1914–1918", "ca. 1914–1918", "circa 1914-18"),
    ],
)
def test_dates_are_cited_with_the_precision_they_are_known_with(edtf, apa, chicago, mla):
    found = reference_in_styles(Document("x", "T", type="Report", date=parse_edtf(edtf)))
    assert f"({apa})" in found["APA"]
    assert f"The Institute, {chicago}." in found["Chicago"]
    assert f"The Institute, {mla}." in found["MLA"]


def test_words_that_are_no_date_are_cited_as_they_are():
    found = reference_in_styles(Document("x", "T", type="Report", date_words="in the days of old"))
    assert all("in the days of old" in text for text in found.values())


def test_of_many_authors_each_style_shows_as_many_as_its_manual_says():
    names = tuple(f"Ann Author{chr(97 + number)}" for number in range(22))
    found = reference_in_styles(Document("x", "T", type="Report", date=parse_edtf("2019"), people=people(*names)))
    assert "Authors, A., . . . Authorv, A. (2019)" in found["APA"]
    assert "Ann Authorg, et al. *T*" in found["Chicago"]
    assert found["MLA"].startswith("Authora, Ann, et al. *T*")
