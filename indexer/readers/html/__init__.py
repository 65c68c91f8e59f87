"""A saved web page: one document, with its title, its facts and its text without what is around it.

reader        read: a file to its record
page          bytes to a parsed page; the words of an element
implied_ends  the tree of a page with omitted end tags
surroundings  which elements are menus, headers, footers or hidden, and where the text is
layout        elements to sections with blocks and links
title         the title, from the page alone
facts         authors, dates, language, summary and address, as <meta> and other elements state them
"""
