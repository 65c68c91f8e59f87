"""Questions about an archive itself, by the page that answers them; an archive may list its own in `help_links`."""

from __future__ import annotations


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


CITING = _read_list("""
    how to cite; cite this; citation; citing; how is a document cited; reference format; citation style; how to quote;
    how to reference...; quote this; quote properly; reference this; bibliography; APA; MLA; APA style; Chicago style;
    suggested citation; recommended citation; footnote; footnotes; how to credit you; credit; citation button; citation
    formats available
""")
HOLDINGS = _read_list("""
    how many...; number of documents; total number; size of the archive; how big is the archive; holdings; what is held;
    what is missing; what years do you cover; what period is covered; which years; coverage; how far back...; list of
    all documents; what do you have; what is in here; what is in the collection; what kinds of documents; how complete
    is this; everything you have; browse; browse everything; show me everything; full text; full texts; oldest document
    you have
""")
SAVING = _read_list("""
    download; how to download; download all; download the collection; PDF; where is the PDF; export; export results;
    export citations; bulk download; save; save results; save search; Zotero; export to Zotero; EndNote; Mendeley;
    BibTeX; RIS; CSV; Excel; spreadsheet; RSS; RSS feed; feed; subscribe; subscribe to updates; updates; notify me;
    notified; notifications; alerts; email alerts; newsletter; mailing list; keep me updated; follow this topic; API;
    how to print; print this
""")
CONTACT = _read_list("""
    contact; contact us; email address; phone; phone number; postal address; who to ask; report a mistake; report an
    error; email; telephone; opening hours; visit the archive; feedback; report a problem; correct a mistake; send a
    correction; talk to somebody; speak to an archivist; write to you; reach you; broken link; found a typo; found a
    mistake; found an error; date is wrong; something is missing; suggest a document; report a bug; order a copy
""")
RIGHTS = _read_list("""
    copyright; who owns the copyright; rights; licence; license; permission to use; can I use this; may I use the
    pictures; reuse; reuse this; allowed to reuse texts; reprint; reproduce; permission; creative commons; public
    domain; fair use; terms of use; terms and conditions; republish this; quote from this; free to use; is it free; do I
    have to pay
""")
SEARCHING = _read_list("""
    help; FAQ; how to search; search help; search tips; how does search work; advanced search; boolean search; boolean
    operators; search operators; wildcards; search for an exact phrase; how do I use quotes; use quotation marks; narrow
    my search; how to exclude a word; how to use this site; what does untitled mean; why are there no results
""")
ABOUT = _read_list("""
    about; about us; about this archive; what is this archive; who runs this site; who made this; who are you; who
    maintains this; who is behind this archive; what is this site; is this an official site; why does this archive
    exist; does the institute still exist; is it still open; still active; privacy; privacy policy; cookies; imprint;
    impressum; accessibility statement; mission statement
""")
