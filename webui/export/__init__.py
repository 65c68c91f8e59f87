"""The archive as a folder of files for any web server: pages, feeds, files, a dump, a search in the browser.

site    requests every page of the application and writes the files   places  which file an address is written to
pages   a page with its links made relative to its file               dump    all documents, and how to read them back
browser_search  the search in the browser, by Pagefind where it is installed
"""
