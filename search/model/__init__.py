"""Plain frozen values that all rooms share: documents, queries and results.

document      a document and its parts; JSON and MessagePack of it
document_fields  every field of a document, declared once
dates, days   a date as a span of days, EDTF, display; days as whole numbers
date_forms    reads dates in any common form: date_single one date, date_formats by strptime codes, date_words the words
date_language how languages name seasons, decades and centuries
sentences     sentences for people that pages translate
addresses     web addresses as people keep them
query         a search, independent of any engine and any URL
results       one page of results
"""
