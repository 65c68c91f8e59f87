"""Cards of documents as HTML. A page has ten of them; rendered by a template they took a third of its time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from search.model.results import Fragments, plain
from webui.languages import gettext
from webui.pages.hits import Card
from webui.pages.links import Link


def print_cards(cards: Iterable[Card], level: str = "h3", can_pick: bool = False) -> Markup:
    """Return a list of cards, each title a heading of this level, with boxes to pick documents if `can_pick`."""
    pick = escape(gettext("Pick")) if can_pick else ""
    match = escape(gettext("Match in the part"))
    rows = [_card(card, level, pick, match) for card in cards]
    return Markup(f'<ol class="hits">\n{"".join(rows)}</ol>\n')


def _card(card: Card, level: str, pick: str, match: str) -> str:
    number, title = card.number, mark_up(card.title)
    lines = [f'  <li value="{number}">\n    <article aria-labelledby="t{number}">']
    if pick:
        box = f'<input type="checkbox" name="id" value="{escape(card.id)}" form="picked">'
        lines.append(f'<label class="pick">{box}<span class="hidden">{pick} {escape(plain(card.title))}</span></label>')
    if card.picture:
        lines.append(f'<img class="picture" src="{escape(card.picture)}" alt="" width="88" height="124" loading="lazy">')
    how = ' class="made"' if card.is_untitled else card.language_attributes
    lines.append(f'<{level} id="t{number}"{how}><a href="{escape(card.url)}">{title}</a></{level}>')
    lines.append(print_facts(card))
    if card.snippet:
        lines.append(f'<p class="snippet"{card.language_attributes}>{mark_up(card.snippet)}</p>')
    if below := _more(card, match):
        lines.append(f'<p class="facts">{below}</p>')
    return "\n      ".join(lines) + "\n    </article>\n  </li>\n"


def mark_up(fragments: Fragments) -> str:
    """Return fragments as HTML, the matching ones marked."""
    return "".join(f"<mark>{escape(one.text, False)}</mark>" if one.match else escape(one.text, False) for one in fragments)


def print_facts(card: Card) -> Markup:
    """Return the line below a title: type, date, people, publisher, and what can be read here."""
    parts = []
    if card.kind:
        hue = f" hue-{card.hue}" if card.hue else ""
        parts.append(f'<span class="kind{hue}">{escape(card.kind)}</span>')
    date = escape(card.date or gettext("Undated"))
    parts.append(f'<time datetime="{card.date_iso}">{date}</time>' if card.date_iso else f"<span>{date}</span>")
    parts += (f"<span>{_link(one)}</span>" for one in card.people)
    parts += (f"<span>{escape(said)}</span>" for said in (card.venue, card.access) if said)
    return Markup(f'<p class="facts">{"".join(parts)}</p>')


def _more(card: Card, match: str) -> str:
    """Return the file, the place of the match, the topics, and why the document was found."""
    parts = [_link(card.file)] if card.file else []
    if card.where:
        parts.append(f'<a href="{escape(card.where.url)}"><span class="hidden">{match} </span>{escape(card.where.label)}</a>')
    parts += map(_link, card.topics)
    parts += [escape(card.note)] if card.note else []
    return "".join(f"<span>{part}</span>" for part in parts)


@lru_cache(maxsize=2048)
def _link(link: Link) -> str:
    return f'<a href="{escape(link.url)}">{escape(link.label)}</a>'
