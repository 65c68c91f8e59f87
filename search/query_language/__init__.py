"""From what was typed to what engines match. Read in this order:

cutting         how much of what was typed is read
foreign_syntax  the syntax of other search systems -> ours (page_addresses: the address of a page of results)
parser          what was typed -> tree (tree: the parts of a query, written back and described; field_names; years; negations)
joined_values   values of several words typed without quotation marks -> one value
understanding   plain words that mean more -> tree: phrases (types, orders, exclusions; date_phrases, parts_of_years,
                time_words, typed_dates), meanings, citations
other_trees     the same query as other trees: what was understood as words again, joined words apart
plain_questions questions that are only words, read without trying each rule on them
compiling       tree -> question (clauses with their words analysed; words, question_words) -> matching, the tree for engines
field_values    what a value behind a field's name matches         passages     a text too long to require every word of it
ranking         question -> boosts: what reorders the best results
archive_questions   questions about the archive itself, each with the page that answers it
"""
