"""British and American spellings of English words.

The tables hold the prefixes of words, so that they cover every word formed from them: `behaviour` covers
`behaviours` and `behavioural`. They are compiled from the spelling differences that every style guide lists.
"""

from __future__ import annotations

import re

_OUR = """
    arbour ardour armour behaviour candour clamour colour demeanour endeavour favour fervour flavour glamour harbour
    honour humour labour neighbour odour parlour rancour rigour rumour saviour savour splendour tumour valour vapour vigour
""".split()
_RE = re.compile(
    "(calib|cent|epicent|fib|lit|lust|meag|met|centimet|kilomet|millimet|sab|somb|spect|theat)(res?|ers?|e?red|e?ring)"
)
_OTHERS = {
    "defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense", "practise": "practice",
    "analogue": "analog", "catalogue": "catalog", "dialogue": "dialog", "monologue": "monolog",
    "archaeolog": "archeolog", "anaesthe": "anesthe", "encyclopaedia": "encyclopedia", "foetus": "fetus", "haemo": "hemo",
    "leukaemia": "leukemia", "mediaeval": "medieval", "orthopaedic": "orthopedic", "paediatric": "pediatric",
    "aluminium": "aluminum", "artefact": "artifact", "aeroplane": "airplane", "grey": "gray", "jewellery": "jewelry",
    "judgement": "judgment", "acknowledgement": "acknowledgment", "ageing": "aging", "manoeuvr": "maneuver",
    "mould": "mold", "moustache": "mustache", "plough": "plow", "pyjamas": "pajamas", "sceptic": "skeptic",
    "sulphur": "sulfur", "enrolment": "enrollment", "fulfilment": "fulfillment", "instalment": "installment",
    "skilful": "skillful", "wilful": "willful",
}  # fmt: skip
_PAIRS = {
    **{british: british.removesuffix("our") + "or" for british in _OUR},
    **_OTHERS,
}
_OTHER_PREFIX = {american: british for british, american in _PAIRS.items()} | _PAIRS
_PREFIX = re.compile("|".join(prefix for pair in _PAIRS.items() for prefix in pair))
_WHOLE = {"programme": "program", "programmes": "programs", "cyberdefence": "cyberdefense"}
_WHOLE |= {american: british for british, american in _WHOLE.items()}
_CENTRE = {"re": "er", "res": "ers", "red": "ered", "ring": "ering"}
_CENTRE |= {american: british for british, american in _CENTRE.items()}
_DOUBLED = re.compile(
    "((?:cance|channe|counse|dia|fue|equa|labe|leve|marve|mode|quarre|riva|signa|swive|tota|trave|tunne)l)(l?)(ed|ers?|ings?)"
)
"""Verbs whose last letter British English doubles before an ending, as in travelled."""
_IZE = re.compile("([a-z]{3,})i([sz])(e|ed|er|ers|es|ing|ation|ations|ational)")
_ALWAYS_S = re.compile(
    "(?:adv|advert|ap?pr|ar|chast|circumc|comprom|compr|conc|demi?|desp|dev|disgu|enterpr|exc|exerc|expert|franch|improv|inc"
    "|li[ao]|marqu|merchand|neighbour|no|overs|parad|po|prec|prem|prom|pra|rai|rev|sunr|superv|surm|surpr|telev|tort|treat|unw|upr|vi?"
    "|w|clockw|likew|otherw)"
)
"""Prefixes of words that end in -ise everywhere, as in advertise."""
_ALWAYS_Z = re.compile("ass|caps|downs|mids|overs|pr|res|s|se|unders|ups")
"""Prefixes of words that end in -ize everywhere, as in resize."""
_YSE = re.compile("((?:anal|paral|catal|electrol|hydrol)y)([sz])(e|ed|er|ers|es|ing)")
_SHORTEST = 4


def other_spellings(word: str) -> tuple[str, ...]:
    """Return the British spelling of a folded American word and the reverse; empty where the two agree."""
    if len(word) < _SHORTEST or not word.isascii():
        return ()
    forms = [
        form
        for form in (_WHOLE.get(word, ""), _by_table(word), _with_other_letter(word), _with_other_doubling(word))
        if form and form != word
    ]
    return tuple(dict.fromkeys(forms))


def _by_table(word: str) -> str:
    if prefix := _PREFIX.match(word):
        return _OTHER_PREFIX[prefix[0]] + word[prefix.end() :]
    match = _RE.fullmatch(word)
    return match[1] + _CENTRE[match[2]] if match else ""


def _with_other_letter(word: str) -> str:
    match = _YSE.fullmatch(word)
    if match is None:
        match = _IZE.fullmatch(word)
        if match is None or (_ALWAYS_S if match[2] == "s" else _ALWAYS_Z).fullmatch(match[1]):
            return ""
        return f"{match[1]}i{_swap_s_and_z(match[2])}{match[3]}"
    return f"{match[1]}{_swap_s_and_z(match[2])}{match[3]}"


def _swap_s_and_z(letter: str) -> str:
    return "z" if letter == "s" else "s"


def _with_other_doubling(word: str) -> str:
    match = _DOUBLED.fullmatch(word)
    return "" if match is None else f"{match[1]}{'' if match[2] else 'l'}{match[3]}"
