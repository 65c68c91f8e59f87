"""Other searches that find something.

spelling      the query with its misspelt words corrected
alternatives  searches near one that found nothing, each run
unfinished_words  the words being typed, corrected and completed
acronyms      what an acronym stands for, by the documents that define it
offers        the person or topic whose name was typed
"""
