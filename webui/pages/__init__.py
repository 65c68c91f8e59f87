"""The pages: one file for each kind. Each prepares plain data with every link; templates only print it.

home, results, document, topic, people, titles, holdings, values, help, about  the page at that address
old_addresses   addresses of the site that has closed  files  files held with documents, and pictures of their first pages
cited_search    a search to be cited, and what has changed since
value_page      what the pages of a topic and of a person share
hits            a document as a card of a list      cards         lists of cards as HTML
filters         the boxes and years to narrow by
reading_text    the text of a document as HTML      provenance    the sources of what is known about a document
links           links, and those from page to page  lists         lists by first letter
words           sentences of the search and labels of values, translated
"""
