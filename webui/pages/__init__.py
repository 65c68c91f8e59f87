"""The pages: one file a kind of page. Each makes plain data with every link ready; templates print and decide nothing.

home, results, document, topic, titles, holdings, help  the page at that address
files          files held with documents, and pictures of their first pages
old_addresses  addresses of the closed site     old_paths  earlier paths and ids of documents
filters   the boxes and years to narrow a search by
links          links, and the links from page to page of a list
"""
