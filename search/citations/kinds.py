"""What kind of thing a document is in the words of the Citation Style Language, by its type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from search.text.analysis import fold, fold_value

PARTS = frozenset(
    ("article", "article-newspaper", "article-magazine", "article-journal", "chapter", "entry-encyclopedia", "paper-conference")
)
"""Kinds that are printed within something larger, which has a title of its own."""
PAGES = frozenset(("webpage", "post-weblog", "post"))
"""Kinds that are a page of a site."""
MEDIA = frozenset(
    (
        "broadcast",
        "motion_picture",
        "song",
        "graphic",
        "map",
        "interview",
        "speech",
        "personal_communication",
        "dataset",
        "figure",
    )
)
"""Kinds whose medium references name: [Podcast], [Infographic]."""

_WORDS: tuple[tuple[str, str], ...] = (
    ("personal_communication", "letter letters correspondence briefwechsel korrespondenz lettre carta lettera"),
    ("thesis", "thesis theses dissertation dissertationen these tesis tesi diplomarbeit"),
    ("speech", "speech speeches lecture lectures talk address vortrag rede discours conferencia discurso"),
    ("interview", "interview interviews entrevista intervista"),
    ("broadcast", "podcast podcasts radio broadcast audio sound recording tonaufnahme rundfunk"),
    ("motion_picture", "video videos film films movie television vidéo pelicula"),
    ("map", "map maps atlas karte landkarte plan carte mapa mappa"),
    (
        "graphic",
        "infographic infographics image images photo photos photograph photographs picture pictures poster posters painting "
        "paintings drawing drawings print prints illustration art artwork cartoon gemalde zeichnung foto fotografie plakat bild "
        "grafik kunst photographie affiche peinture dessin fotografia pintura dibujo",
    ),
    ("dataset", "dataset datasets data datensatz"),
    ("manuscript", "manuscript manuscripts handschrift manuskript manuscrit manuscrito manoscritto urkunde"),
    ("article-journal", "journal zeitschrift revue revista"),
    ("article-magazine", "magazine magazin"),
    ("article-newspaper", "news newspaper press coverage zeitung zeitungsartikel presse nachrichten noticia noticias prensa"),
    ("legislation", "law act statute legislation treaty gesetz loi ley"),
    ("book", "book books monograph buch bucher livre libro livro"),
    ("pamphlet", "pamphlet brochure leaflet flyer broschure brosura folleto"),
    ("report", "report reports paper papers study studies guide guides publication publications bericht studie rapport informe"),
    ("post-weblog", "blog blogs post commentary comment opinion op-ed kommentar commentaire comentario idea ideas"),
    ("webpage", "web website webpage page pages text texts programme program seite site"),
)
_BY_WORD = {word: kind for kind, words in reversed(_WORDS) for word in words.split()}


def kind_of(document_type: str, stated: Mapping[str, str]) -> str:
    """Return the CSL type of a document type: the one `stated` for its folded value, else by its words, else `document`."""
    return stated.get(fold_value(document_type)) or _by_words(document_type)


@lru_cache(maxsize=1024)
def _by_words(document_type: str) -> str:
    words = set(re.findall(r"[^\W_]+", fold(document_type)))
    return next((kind for kind, _ in _WORDS for word in words if _BY_WORD.get(word) == kind), "document")
