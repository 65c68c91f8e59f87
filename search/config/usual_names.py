"""Names that people and other programs use for our fields and settings, so that advice can name ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_FIELDS = {
    "id": "identifier accession accession_number call_number callnumber objectid object_id uuid shelfmark signatur cote",
    "title": "name headline heading label titre titulo titolo display_title object_title",
    "subtitle": "deck subtitre untertitel",
    "other_titles": "alternative_title alternate_title alt_title alternativetitle",
    "summary": "abstract excerpt lede lead teaser resumen resume zusammenfassung description",
    "text": "body content contents fulltext full_text transcript transcription html",
    "type": "category categories genre kind doctype document_type item_type itemtype classification resourcetype layout",
    "date": "year dates created published published_at publication_date pubdate publication_year issued unitdate fecha datum",
    "people": "author authors creator creators contributor contributors artist artists byline autor auteur auteurs verfasser",
    "topics": "tag tags subject subjects keyword keywords topic themes manual_tags schlagworte mots_cles",
    "language": "lang locale langue sprache idioma",
    "place": "location place_of_publication publication_place coverage lugar lieu ort",
    "url": "link uri website web_url source_url permalink href",
    "rights": "license licence copyright rightsstatement",
    "aliases": "redirect_from redirects old_urls alias",
    "notes": "note remarks",
}
FIELD_BY_USUAL_NAME = {name: field for field, names in _FIELDS.items() for name in names.split()}
"""Our field by what others call it."""
SETTING_BY_USUAL_NAME = {
    "paths": "path",
    "glob": "path",
    "file": "path",
    "files": "path",
    "folder": "path",
    "format": "reader",
    "type": "reader",
    "exclude": "ignore",
    "skip": "ignore",
    "columns": "mapping",
    "fields": "mapping",
    "map": "mapping",
    "separator": "split",
    "delimiter": "split",
    "selectors": "html",
    "date": "date_format",
    "date_formats": "date_format",
    "base_url": "url",
    "address": "url",
    "link": "url",
    "id_field": "id",
    "items": "records",
    "root": "records",
    "body": "text",
    "content": "text",
    "author": "people",
    "authors": "people",
}
"""Our setting by what people guess it is called; only advised where there is such a setting."""
FOUND_BY_ITSELF = {
    "encoding": "the encoding of a file is found by itself",
    "charset": "the encoding of a file is found by itself",
    "sheet": "the first sheet with rows is read; save another as a file of its own",
    "header": "the line that names the columns is found by itself",
}
"""Settings that people expect and that are not needed, with the reason."""


def field_meant(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the field that a name most likely means, "" if there is none."""
    known = tuple(known)
    usual = FIELD_BY_USUAL_NAME.get("_".join(name.casefold().replace("-", " ").split()), "")
    near = difflib.get_close_matches(name, known, 1, 0.8)
    if near or usual in known:
        return near[0] if near else usual
    return next(iter(difflib.get_close_matches(name, known, 1, cutoff)), "")
