"""Questions about an archive itself, by the page that answers them; an archive may list its own in `help_links`."""

from __future__ import annotations


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


CITING = _read_list("""
    how to cite; cite this; citation; how is a document cited; reference format; citation style; how to quote; how to
    reference...; quote this; reference this; bibliography; APA; Chicago style
""")
HOLDINGS = _read_list("""
    how many...; number of documents; size of the archive; holdings; what is held; what is missing; what years do you
    cover; what period is covered; list of all documents; what do you have; what is in here; how complete is
    this; everything you have
""")
SAVING = _read_list("""
    download; how to download; download all; export; export results; bulk download; save results; Zotero; export to
    Zotero; EndNote; Mendeley; BibTeX; RIS; CSV; RSS; RSS feed; feed; subscribe; newsletter; API; how
    to print; print this
""")
CONTACT = _read_list("""
    contact; contact us; email address; phone number; who to ask; report a mistake; report an error; email; telephone;
    opening hours; feedback; report a problem; correct a mistake; send a correction; talk to somebody; write
    to you; reach you; broken link; found a typo; found a mistake; found an error; report a bug; order a copy
""")
RIGHTS = _read_list("""
    copyright; rights; licence; license; permission to use; can I use this; reuse; reuse this; reprint; permission;
    creative commons; terms of use; republish this; free to use; do I have to pay
""")
SEARCHING = _read_list("""
    help; how to search; search help; search tips; how does search work; advanced search; boolean search; search
    operators; wildcards; how to exclude a word; how to use this
""")
ABOUT = _read_list("""
    about; about this archive; what is this archive; who runs this site; who made this; who are you; who maintains
    this; what is this site; privacy policy; cookies; imprint
""")
