"""Text to words, for documents and queries alike, so that every engine is given the same tokens.

analysis        words, stems and stop words of a language       stop_words      function words by language
codes           COVID-19, ISO 27001: letters beside digits      acronyms        those that a text defines
common_words    everyday words, which are never corrected       synonyms        those that the archive lists
spelling_forms  British and American spellings              language_codes  "en" of "en-GB"
"""
