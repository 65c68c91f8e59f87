"""Search an archive: a `Query` in, a `ResultPage` out, on any engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial

from msgspec.structs import replace

from search.answering import Readings, Run, Spent
from search.choices import Choice, Choices, make_choice
from search.config.loading import load_synonyms
from search.config.settings import Config
from search.engines.contract import Answer, Engine, Request, count_matching
from search.engines.open_engine import open_engine
from search.engines.withdrawal import hide_withdrawn
from search.explaining import explain
from search.facets import make_facet
from search.fields import PERSON, Fields, display_title
from search.history import Histories, History
from search.hits import make_hits
from search.known_items import document_at, find_full_names, find_named_items, make_list_of_types
from search.marking.snippets import Marker
from search.model.dates import parse_bound
from search.model.document import Document
from search.model.query import Query, Selection
from search.model.results import Explanation, ResultPage, WayOut
from search.model.sentences import label_in_words
from search.own_words import label_stems
from search.query_language import tree as ql
from search.query_language.archive_questions import ArchiveQuestions
from search.query_language.compiling import to_match
from search.query_language.cutting import shorten_text
from search.query_language.joined_values import join_values
from search.query_language.matching import AllOf, Everything, Within, any_of, has_scored_term, scored_terms, with_terms
from search.query_language.parser import parse_text
from search.query_language.plain_questions import PlainQuestions
from search.query_language.question import Vocabulary
from search.query_language.ranking import boosts
from search.query_language.understanding import make_understanding
from search.reading import NEGATIONS, read_question
from search.suggestions.acronyms import find_letters, find_long_form, may_be_acronym
from search.suggestions.alternatives import ways_out
from search.suggestions.offers import offers
from search.text.analysis import fold_value
from search.text.synonyms import Expansion


class Archive:
    """One archive: its configuration, its fields and its engine. Safe to share between threads."""

    def __init__(self, config: Config, engine: Engine | None = None) -> None:
        self.config = config
        self.engine = hide_withdrawn(engine or open_engine(config), config.withdrawn)
        self.fields = Fields(config)
        self.analyzer = self.fields.analyzer
        self._known_long_form = lru_cache(4096)(lambda typed, generation: find_long_form(typed, self.engine, self.analyzer))
        self._has_value = lru_cache(1024)(lambda field, key, generation: self.engine.has_value(field, key))
        self._choices = Choices()
        self._archive_questions = ArchiveQuestions(config.help_links, self.analyzer)
        self._histories = Histories(config)
        self._synonyms = load_synonyms(config, self.analyzer)
        named = frozenset(config.searched_own_fields), frozenset(self.fields.keyword)
        types, names = make_list_of_types(config, self.engine), self._synonyms.names_of(config.site.publisher)
        self._understanding = make_understanding(config, self.analyzer, partial(self._label, "type"), types, names)
        self.understand = self._understanding.understand
        vocabulary = Vocabulary(
            self.analyzer,
            self._value_named,
            self._expand,
            lambda pieces: find_letters(pieces, self.engine, self.analyzer),
            *named,
            lambda keys: find_full_names(keys, self.engine),
        )
        exact = Vocabulary(self.analyzer, self._value_named, worded_fields=named[0], valued_fields=named[1])
        words = vocabulary.question_words.small | set(NEGATIONS)
        plain = PlainQuestions(vocabulary, words, self._synonyms.openings, self._understanding.may_mean_more, self._long_form)
        labels = label_stems(self.fields, self.analyzer)
        self._readings = Readings(self.engine, vocabulary, exact, self.understand, plain, labels)

    def _expand(self, pieces: Sequence[str]) -> Expansion | None:
        if pieces[0].isupper() and len(pieces) > 1 and all(piece.isalpha() and piece.isupper() for piece in pieces[:2]):
            joined = self._long_form("".join(pieces[:2]))  # UN GGE
            if joined:
                return Expansion(2, (joined,))
        if found := self._synonyms.find(pieces):
            return found
        long_form = self._long_form(pieces[0])
        return Expansion(1, (long_form,)) if long_form else None

    def _long_form(self, typed: str) -> str:
        """Return the long form of a typed acronym; "" if the archive does not define it."""
        return self._known_long_form(typed, self.engine.current().id) if may_be_acronym(typed, self.analyzer) else ""

    def search(self, query: Query, facets: Collection[str] | None = None, all_matches: bool = False) -> ResultPage:
        """Answer a query, with the facets of these names, or all facets of the archive.

        With `all_matches` each hit names all fields that hold the words, else those that show why it was found.
        Raises IndexMissing, IndexOutdated, IndexDamaged or EngineUnavailable.
        """
        with self.engine.pin():
            shown = self.fields.facets if facets is None else [one for name, one in self.fields.keyword.items() if name in facets]
            choice, request, found, is_new = self._choose(query, tuple([field.name for field in shown]))
            marker = Marker(found.terms, self.analyzer, choice.learnt)
            hits = make_hits(found, choice, self.fields, self.config, marker, all_matches)
            if is_new:
                self._choices.keep(query.text, query.is_exact, found.generation, replace(choice, learnt=marker.learnt))
            text, is_corrected = choice.corrected_text, choice.ran == "corrected" and found.total > 0
            suggestion = WayOut("spelling", text, query.with_text(text), found.total) if is_corrected else None
            return ResultPage(
                query,
                found.total,
                hits,
                tuple([make_facet(field, query, found.counts.get(field.name, {})) for field in shown]),
                choice.reading,
                found.generation,
                suggestion,
                () if found.total else self._ways_out(query, choice),
                sort=request.sort,
                ran=choice.ran,
                typed_total=found.total if choice.ran == "as typed" else self._typed_total(choice, query),
                ran_text=text,
                is_sentence=choice.is_sentence,
                offers=choice.offers if found.total and query.page == 1 else (),
                help=choice.help,
            )

    def explain(self, page: ResultPage) -> Mapping[str, Explanation]:
        """Return the explanation of the rank of each hit of a page by id; empty if the page is not sorted by relevance."""
        return explain(self.engine, self._find(page.query)[1], page.hits)

    def every(self, query: Query) -> Iterator[Document]:
        """Yield every document that a search finds, in its order, from one generation."""
        return self.engine.every(self._find(replace(query, page=1, per_page=1))[1])

    def _find(self, query: Query) -> tuple[Choice, Request, Answer]:
        choice, request, found, is_new = self._choose(query)
        if is_new:
            self._choices.keep(query.text, query.is_exact, found.generation, choice)
        return choice, request, found

    def _choose(self, query: Query, facets: tuple[str, ...] = ()) -> tuple[Choice, Request, Answer, bool]:
        """Search with the first run that finds anything in the whole archive, or else with the first run.

        What runs depends on the words and the generation alone, so it is to be kept for other pages and filters of the same
        search if it is new, which the last value says.
        """
        generation = self.engine.current().id
        choice = self._choices.find(query.text, query.is_exact, generation)
        if choice is not None:
            request = self._request(choice, query, facets)
            return choice, request, self.engine.find(request), False
        spent = Spent()
        run, request, found, nearest = self._try_runs(query, facets, spent)
        has_offers = found.total > 0 or query.is_filtered
        offered = offers(run.question, self.fields, self.engine) if has_offers else ()
        reading, page = read_question(run, query.text, self._label, self._is_value), self._archive_questions.find(query.text)
        shorter = replace(run, match=with_terms(run.match, found.terms))
        choice = make_choice(shorter, nearest.tree, spent.further, reading, page, offered)
        return choice, request, found, found.generation == generation

    def _try_runs(self, query: Query, facets: tuple[str, ...], spent: Spent) -> tuple[Run, Request, Answer, Run]:
        """Return the run that answers a query with its request and answer, and the last run that was tried.

        If none finds anything, suggestions start from the last.
        """
        first: tuple[Run, Request, Answer] | None = None
        for plain in self._runs(query, spent):
            run = replace(plain, boosts=boosts(plain.question, self.analyzer))
            request = self._request(run, query, facets)
            found = self.engine.find(request)
            first = first or (run, request, found)
            if found.total or run.ran == "most words" or (query.is_filtered and count_matching(self.engine, run.match)):
                return run, request, found, run
        assert first is not None  # there is always a run as typed
        return *first, run

    def _runs(self, query: Query, spent: Spent) -> Iterator[Run]:
        """Yield the runs to try in order. Each ranks documents with the id or address that was typed first."""
        identified = find_named_items(query.text, self.engine) if query.text else ()
        for run in self._readings.runs(self.parse(query.text), query.text, query.is_exact, spent):
            yield replace(run, match=any_of((run.match, *identified)), first=(*identified, *run.first)) if identified else run

    def find_as_page(self, text: str, limit: int) -> Answer:
        """Return the best documents as the page of results finds them."""
        return self._find(Query(shorten_text(text), sort="relevance", per_page=limit))[2]

    def find_plain(self, text: str, limit: int, match_any: bool) -> Answer:
        """Return the best documents for plain words, without operators: all of them required, or any."""
        tree: ql.Tree = ql.Passage(text) if match_any else ql.All(tuple(map(ql.Word, text.split())))
        return self.engine.find(Request(to_match(tree, self.analyzer), limit=limit))

    def parse(self, text: str) -> ql.Tree:
        """Return the tree of what was typed."""
        return join_values(parse_text(text, self._named_fields, self.config.language), self._is_value)

    def _is_value(self, field: str, text: str) -> bool:
        """Return whether a keyword field has this text as a value or as the label of one."""
        known = self.fields.keyword.get(field)
        if known is not None and fold_value(self._value_named(field, text)) not in known.spellings:
            return self._has_value(PERSON if field == "people" else field, fold_value(text), self.engine.current().id)
        return known is not None

    @cached_property
    def _named_fields(self) -> tuple[str, ...]:
        return (
            *(name for name in self.fields.keyword if name != "year" and not name.startswith("_")),
            *self.config.searched_own_fields,
        )

    def _value_named(self, field: str, typed: str) -> str:
        known, folded = self.fields.keyword[field], fold_value(typed)
        is_stated = folded in known.other_labels and self._has_value(field, folded, self.engine.current().id)
        value = typed if is_stated else known.value_shown_as(typed)
        is_known = field != "type" or fold_value(value) in known.spellings
        return value if is_known else self._understanding.type_named(typed) or value

    def _label(self, field: str, typed: str) -> str:
        """Return a value of the query as the pages show it; as typed if it has no label."""
        known = self.fields.keyword.get(field)
        return label_in_words(field, known.value_label(self._value_named(field, typed))) if known else typed

    def _typed_total(self, choice: Choice, query: Query) -> int:
        """Return how many documents have all words typed, when a search for most of the words ran."""
        if choice.all_words is None or not query.is_filtered:
            return choice.typed_total
        return self._count(replace(choice, match=choice.all_words), query)

    def _ways_out(self, query: Query, choice: Choice) -> tuple[WayOut, ...]:
        def cost(text: str) -> int:
            return self._readings.cost_of_first_run(self.parse(text), text)

        def count(other: Query) -> int:
            return self._count(choice, other) if other.text == query.text else self.count_first(other)

        return ways_out(query, choice.nearest, self.analyzer, count, cost, Spent(choice.further).left)

    def count_first(self, query: Query) -> int:
        """Return how many documents the first run of a query finds: as typed, or most words of a sentence or a question."""
        return self._count(next(self._runs(query, Spent())), query)

    def _count(self, run: Run | Choice, query: Query) -> int:
        return self.engine.find(self._request(run, replace(query, page=1, per_page=0), ())).total

    def count(self, query: Query) -> int:
        """Return how many documents a search for the query shows."""
        return self._find(replace(query, page=1, per_page=0))[2].total

    def document(self, document_id: str) -> Document | None:
        """Return the published document with this id; None if there is none or it is withdrawn."""
        return self.engine.get(document_id)

    def is_gone(self, document_id: str) -> bool:
        """Whether a document with this id was published and is now withdrawn or removed."""
        return document_id in self.config.withdrawn or document_id in self.history(self.engine.current().id).gone

    def history(self, generation: str) -> History:
        """Return when the documents of a generation changed, and which were removed. Cached."""
        return self._histories.of(generation)

    def at_address(self, url: str) -> Document | None:
        """Return the document of an address: its own address, or else that of its file or source."""
        return document_at(url, self.engine)

    def counts(self, field: str, *selections: Selection) -> Mapping[str, int]:
        """Return the number of documents by value of `field`, within the selections."""
        return self.facet_counts((field,), selections)[field]

    def facet_counts(self, fields: Sequence[str], selections: Sequence[Selection]) -> Mapping[str, Mapping[str, int]]:
        """Return the number of documents by value of each field, within the selections."""
        return self.engine.find(Request(Everything(), tuple(selections), tuple(fields), limit=0)).counts

    def marker(self, text: str) -> Marker:
        """Return a marker of the words of a query."""
        return Marker(tuple(scored_terms(self._find(Query(text, per_page=1))[1].match)), self.analyzer)

    def display_title(self, document: Document, language: str = "") -> str:
        """Return the title shown. An untitled document is described by type and date, in the given language or the archive's."""
        return display_title(document, language or self.config.language, self.fields)

    def _request(self, run: Run | Choice, query: Query, facets: tuple[str, ...]) -> Request:
        match = run.match
        if query.since or query.until:
            first = parse_bound(query.since).first_day if query.since else None
            last = parse_bound(query.until).last_day if query.until else None
            match = AllOf((match, Within(first, last)))
        # Without a word to rank by, the newest come first.
        order = query.sort or run.sort or ("relevance" if has_scored_term(match) else "newest")
        return Request(
            match,
            query.selections,
            facets,
            order,
            (query.page - 1) * query.per_page,
            query.per_page,
            run.boosts if order == "relevance" and query.per_page else (),
            run.first if order == "relevance" else (),
        )
