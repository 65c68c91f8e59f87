"""The syntax of other search systems, and marks of pasted text, are read as what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query_language.foreign_syntax import join_initials, rewrite
from search.query_language.parser import parse_text
from search.query_language.tree import format_tree

FIELDS = ("type", "topic", "medium")


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("title:(trust OR norms)", "title:trust OR title:norms"),
        ("title:(trust norms)", "title:trust title:norms"),
        ("title:(norm* trust)", "title:norm* title:trust"),
        ('title:("public core" OR norms)', 'title:"public core" OR title:norms'),
        ("type:(policy report OR podcasts) china", 'type:"policy report" OR type:podcasts china'),
        ("-type:(news OR podcasts)", "-(type:news OR type:podcasts)"),
        ("medium:(oil AND NOT paper)", "medium:oil -medium:paper"),
        ("year:(2011 OR 2013)", "year:2011 OR year:2013"),
        ("author: (Greg Austin)", 'people:"Greg Austin"'),
        ("title:(trust -norms)", "title:trust -title:norms"),
        ("title:(trust OR NOT norms)", "title:trust OR -title:norms"),
        ("title:(NOT trust AND norms)", "-title:trust title:norms"),
        ("type:(-report)", "-type:report"),
        ("type:(policy report -news)", 'type:"policy report" -type:news'),
        ("TITLE(trust)", "title:trust"),
        ("-trust[ti] -before:2011", "-title:trust -year:..2010"),
        ("spam -<b>trust</b>", "spam -trust"),
        ("-spam,botnets", "-(spam OR botnets)"),
        ("trust NOT spam|botnets", "trust -(spam OR botnets)"),
        ("-type:news|podcasts", "-(type:news OR type:podcasts)"),
        ("year:2011|2013", "year:2011 OR year:2013"),
        ("year:[2012 TO 2014]", "year:2012..2014"),
        ("-year:(2012 TO *)", "-year:2012.."),
        ("year != 2012", "-year:2012"),
        ("type!=news", "-type:news"),
        ("china AND NOT(spying)", "china -spying"),
        ("trust[ti] 2011[dp]", "title:trust year:2011"),
        ('"public core"[title]', 'title:"public core"'),
        ("year>2018", "year:2019.."),
        ("spam >2018", "spam year:2019.."),
        ("<= 2018", "year:..2018"),
        ("contributor:Austin", "author:Austin"),
        ("year <= 2018", "year:..2018"),
        ("date:>2018", "year:2019.."),
        ("before:2011 spam", "year:..2010 spam"),
        ("spam since: 2011", "spam year:2011.."),
        ("china ! spam", "china -spam"),
        ("Victoire ! les femmes votent", "Victoire ! les femmes votent"),  # a French sentence
        ("Gare ! Loup", "Gare Loup"),
        ("Attention ! danger", "Attention danger"),
        ("vive la paix ! non", "vive la paix non"),
        ("cyber war ! spam", "cyber war -spam"),
        ("dc.title:trust", "title:trust"),
        ('dc.title = "public core" AND dcterms.type=news', 'title:"public core" type:news'),
        ("china,india;russia", "china india russia"),
        ("spam|botnets", "spam OR botnets"),
        ("spam&trust", "spam trust"),
        ("<b>spam</b> trust", "spam trust"),
        ("Marsh &amp; McLennan", "Marsh McLennan"),
        ("Fighting%20Spam", "Fighting Spam"),
        ("TS=(spam) AND PY=2011", "spam year:2011"),
        ("TITLE-ABS-KEY(spam OR trust)", "spam OR trust"),
        ("spam.ti. AND trust.ab.", "title:spam trust"),
        ("behavio?r norms", "behavio* norms"),
        ("organi?ation", "organi*"),
        ("behavio*r", "behavio*"),
        ("trust (no spam)", "trust, no spam"),
        ("trust+spam", "trust spam"),
        ("cf. Lee, Norms of trust, op. cit., pp. 3-4", "Lee, Norms of trust"),
        ("Ibid. Lee, Norms, supra note 4, at 12", "Lee, Norms"),
        ("A G Stephens", "A.G. Stephens"),
        ("papers of J E Mroz", "papers of J.E. Mroz"),
        ("U S policy", "U.S. policy"),
        ("plan A B and c", "plan A B and c"),
    ],
)
def test_other_syntax_means_what_it_means_elsewhere(typed: str, ours: str) -> None:
    assert parse_text(typed, FIELDS) == parse_text(ours, FIELDS)


def test_a_mark_apart_excludes_nothing_in_french() -> None:
    assert parse_text("merci ! bonjour", FIELDS, "fr-CA") == parse_text("merci bonjour")


@pytest.mark.parametrize(
    "typed",
    [
        "AT&T",
        "R&D",
        "1,000",
        "f(x)",
        "report(s)",
        "SMITH(S)",
        "text [sic] here",
        "words[1]",
        "the U.S. (not all)",
        "see p. ab. it",
        "a < b",
        "x > 2018",
        "after: the war",
        "type:report,podcast",
        "x <y and z> w",
        "vector<int> spam",
        "&lt;b&gt;",
        '"a <b> c" "spam|botnets"',
        "id:acc,data|x",
        "id:a%20b",
        "id:x&amp;y",
        "id:year>2012",
        '"Plan A B Testing"',
        "X Y chromosomes",
        ">5000 members",
        "Senate bill S. 3414",
        "KEY (findings)",
        "Policy brief (No 5)",
    ],
)
def test_other_text_stays_as_it_is(typed: str) -> None:
    assert rewrite(join_initials(typed), {"title": "title", "year": "year"}.get) == typed  # type: ignore[arg-type]


SIGNS = 'title:( ! dc. ) year > < 2011 before: trust OR AND NOT , | & [ti] [ <b> %20 - " TITLE( &lt; :'.split()


@settings(max_examples=200)
@given(st.lists(st.sampled_from(SIGNS)))
def test_any_mixture_of_signs_is_read_and_can_be_read_again(pieces: list[str]) -> None:
    for typed in (" ".join(pieces), "".join(pieces)):
        written = format_tree(parse_text(typed, FIELDS))
        assert len(written) <= 8 * len(typed)
        assert parse_text(written, FIELDS) == parse_text(typed, FIELDS)
