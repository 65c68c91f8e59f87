"""Dates as catalogues of libraries, archives and museums state them: imprints (MARC 260), unit dates (EAD), spreadsheets.

Each line of a table is `words = EDTF`; `-` is no date, as the source itself says, and `?` is a warning that it cannot be read.
"""

from __future__ import annotations

import pytest

from search.model.date_forms import parse_date

TABLES = {
    "en": """
1998-9 = 1998/1999
1998-09 = 1998-09
1998-10 = 1998-10
1998–9 = 1998/1999
1998-99 = 1998/1999
1998/99 = 1998/1999
1998/9 = 1998/1999
MCMXCVIII = 1998
MDCCCLXII = 1862
MDCCC.LXII = 1862
M DCCC LXII = 1862
anno MDCXLV = 1645
MCMXCVIII [1998] = 1998
p1998 = 1998
c1998 = 1998~
©1998 = 1998
℗1998 = 1998
(c) 1998 = 1998
cop. 1998 = 1998
copyright 1998 = 1998
[1998] = 1998
1998? = 1998?
[1998?] = 1998?
[ca. 1998] = 1998~
[ca 1998] = 1998~
between 1998 and 2000 = 1998/2000
[between 1998 and 2000] = 1998/2000
[between 1998 and 2000?] = 1998/2000?
198- = 198X
198-? = 198X?
[198-?] = 198X?
[198-] = 198X
[19--?] = 19XX?
18--? = 18XX?
[18--] = 18XX
19th century = 18XX
19th cent. = 18XX
19th c. = 18XX
nineteenth century = 18XX
early 19th century = 18XX
late 19th century = 18XX
mid 19th century = 18XX
first half of the 19th century = 18XX
second half of the 18th century = 17XX
last quarter of the 19th century = 18XX
[s.d.] = -
date unknown = -
Winter 1998/99 = 1998-24/1999
winter 1998 = 1998-24
Spring 1998 = 1998-21
Autumn 1998 = 1998-23
Fall 1998 = 1998-23
1 v. (1998-2001) = 1998/2001
1998-2001 (bulk 1999) = 1998/2001
1998-2001, bulk 1999-2000 = 1998/2001
1998-2001, undated = 1998/2001
1998-2001 and undated = 1998/2001
1998-2001, n.d. = 1998/2001
1998, 2001 = 1998/2001
1998; 2001 = 1998/2001
1998 and 2001 = 1998/2001
1998 & 2001 = 1998/2001
1998 or 1999 = 1998/1999
1998, c1997 = 1998
1998 [i.e. 1999] = 1999
1998 (i.e. 1999) = 1999
1998 [c1997] = 1998
1998, reprinted 2001 = 1998
1998 (printed 2001) = 1998
1794, reprinted 1831 or later = 1794
1998 (published) = 1998
published 1998 = 1998
printed 1998 = 1998
2019年2月14日 = 2019-02-14
5779 = ?
1440 AH = ?
5 Tishri 5760 = ?
14/02/98 = ?
'98 = ?
98 = ?
Feb 98 = ?
2019-02-14T10:00:00Z = 2019-02-14
2019-02-14T23:30:00-05:00 = 2019-02-14
2019-02-14 10:00:00 +0100 = 2019-02-14
2019-02-14 10:00 AM EST = 2019-02-14
Thu, 14 Feb 2019 10:00:00 GMT = 2019-02-14
Thu Feb 14 10:00:00 2019 = 2019-02-14
Thursday, February 14, 2019 = 2019-02-14
February 14th, 2019 = 2019-02-14
Feb-Mar 2019 = 2019-02/2019-03
February-March 2019 = 2019-02/2019-03
February/March 2019 = 2019-02/2019-03
14-16 February 2019 = 2019-02-14/2019-02-16
February 14-16, 2019 = 2019-02-14/2019-02-16
14 Feb - 3 Mar 2019 = 2019-02-14/2019-03-03
14 February 2019 - 3 March 2020 = 2019-02-14/2020-03-03
1998 to 2001 = 1998/2001
1998 through 2001 = 1998/2001
1998-present = 1998/..
1998- present = 1998/..
1998 to date = 1998/..
1998 onwards = 1998/..
since 1998 = 1998/..
after 1998 = 1998/..
before 1998 = /1998
by 1998 = /1998
not before 1998 = 1998/..
not after 1998 = /1998
[not after 1998] = /1998
about 1925 = 1925~
approximately 1925 = 1925~
circa 1925 = 1925~
c.1925-30 = 1925~/1930
c. 1920-c. 1930 = 1920~/1930~
possibly 1925 = 1925?
perhaps 1925 = 1925?
1925 (?) = 1925?
1925 [?] = 1925?
1920s-1930s = 192X/193X
1920s and 1930s = 192X/193X
late 1920s = 192X
early 1920s = 192X
mid-1920s = 192X
the 1920s = 192X
18th and 19th centuries = 17XX/18XX
500 BC = -0499
c. 500 B.C. = -0499~
79 AD = 0079
A.D. 79 = 0079
1st century AD = 00XX
Q1 2019 = 2019-01/2019-03
2019 Q1 = 2019-01/2019-03
first quarter 2019 = 2019
1810-1819/ 1877 = ?
1955, printed 1981 = 1955
1955 (print 1981) = 1955
Apr. 1, 1955 = 1955-04-01
1955 April 1 = 1955-04-01
1955 April = 1955-04
1955 Apr 1-1956 May 3 = 1955-04-01/1956-05-03
1955, April 1 = 1955-04-01
1955-Apr-01 = 1955-04-01
19550401 = 1955-04-01
1955.04.01 = 1955-04-01
1955-uu-uu = 1955
19uu = 19XX
1955-00-00 = 1955
[1955-1956] = 1955/1956
[1955]-1956 = 1955/1956
1955-[1956] = 1955/1956
1955-[56] = 1955/1956
[1955 or 1956] = 1955/1956
[1955?]-1956 = 1955?/1956
Oct. 1955 = 1955-10
Sept 1955 = 1955-09
Sept. 3rd 1955 = 1955-09-03
3rd September, 1955 = 1955-09-03
the 3rd of September 1955 = 1955-09-03
September 1955 (?) = 1955-09?
1955 (approx.) = 1955~
1955 (circa) = 1955~
1955 ca. = 1955~
1955 c. = 1955~
1955 [approximate] = 1955~
1955-56 season = 1955/1956
academic year 1955-56 = 1955/1956
date not known = -
1976–7, enlarged version 2007 = 1976/1977
first published 1792 = 1792
published 1819, reprinted 1978–9 = 1819
exhibited 1909 = 1909
c.1785–8, reprinted 1971 = 1785~/1788
2001, reproduced 2007 = 2001
1977, reprinted c.1983 = 1977
1965, printed after 1971 = 1965
1915, later cast = 1915
1914, cast c.1965 = 1914
1829–30, exhibited 1830 = 1829/1830
plate 1743, impression c.1750s = 1743
conceived 1881, cast 1919 = 1881
c. mid- to late-19th century = 18XX~
c. last half of the 16th century = 15XX~
2000, designed 1998 = 2000
2019년 2월 14일 = 2019-02-14
2019-3 = 2019-03
2019-2 = 2019-02
2012-3 = 2012/2013
1999-12 = 1999-12
mix = ?
MM = ?
MD = ?
1920-talet = 192X
1920-tallet = 192X
""",
    "de": """
o. J. = -
o.J. = -
[o.J.] = -
ohne Jahr = -
undatiert = -
Frühjahr 1998 = 1998-21
Frühling 1998 = 1998-21
Sommer 1998 = 1998-22
Herbst 1998 = 1998-23
14. Feb. 2019 = 2019-02-14
14.02.2019 = 2019-02-14
14.2.2019 = 2019-02-14
März 2019 = 2019-03
1998 bis 2001 = 1998/2001
von 1998 bis 2001 = 1998/2001
nach 1998 = 1998/..
vor 1998 = /1998
um 1925 = 1925~
1920er = 192X
19. Jahrhundert = 18XX
19. Jh. = 18XX
""",
    "es": """
s.f. = -
primavera de 1998 = 1998-21
otoño 1998 = 1998-23
14 febrero 2019 = 2019-02-14
de 1998 a 2001 = 1998/2001
antes de 1998 = /1998
h. 1925 = 1925~
años 1920 = 192X
siglo XIX = 18XX
s. XIX = 18XX
XVIII-XIX = ?
""",
    "it": """
senza data = -
primavera 1998 = 1998-21
estate 1998 = 1998-22
marzo 2019 = 2019-03
sec. XIX = 18XX
XIX secolo = 18XX
""",
    "nl": """
z.j. = -
z.d. = -
zomer 1998 = 1998-22
maart 2019 = 2019-03
19e eeuw = 18XX
""",
    "pt": """
sem data = -
inverno 1998 = 1998-24
século XIX = 18XX
""",
    "fr": """
printemps 1998 = 1998-21
été 1998 = 1998-22
hiver 1998 = 1998-24
1er janvier 2019 = 2019-01-01
le 14 février 2019 = 2019-02-14
1998 à 2001 = 1998/2001
avant 1998 = /1998
après 1998 = 1998/..
années 1920 = 192X
XIXe siècle = 18XX
44 av. J.-C. = -0043
""",
    "ja": """
2019年2月14日 = 2019-02-14
2019年2月 = 2019-02
2019年 = 2019
昭和50年 = ?
2019 年 2 月 = 2019-02
""",
    "zh": """
2019年2月14日 = 2019-02-14
""",
}
ROWS = [(language, *line.split(" = ")) for language, table in TABLES.items() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "words", "edtf"), ROWS)
def test_a_date_of_a_catalogue_is_read_as_meant(language, words, edtf):
    reading = parse_date(words, language)
    assert (reading.span.edtf if reading.span else "?" if reading.warning else "-") == edtf
    assert reading.span is None or reading.span.words in (words, "")
