"""Every setting, declared once: its name, its type, its default and what it means.

`load_config` reads config.yaml and reports every mistake at once with file and line. Only `sources` has no default.
Relative paths are relative to the configuration file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from search.config import help_phrases

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FIELD_NAME = r"^[a-z][a-z0-9_]*$"
CslType = Literal[
    "", "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score",
    "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication", "post", "post-weblog",
    "regulation", "report", "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
"""The types of the Citation Style Language 1.0.2; "" is not stated."""
Slug = Annotated[str, Field(pattern=SLUG)]
FieldName = Annotated[str, Field(pattern=FIELD_NAME)]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
"""A list of texts; one text may be written without the list."""


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Site(_Settings):
    """What visitors read about the archive on every page. `examples` are searches to try; those that find nothing are not shown,
    and where there are none they are made from the words of the archive. `about` is a Markdown file, shown at /about.
    """

    name: str = "Archive"
    tagline: str = ""
    description: str = ""
    address: str = "http://127.0.0.1:8000"
    contact: str = ""
    publisher: str = ""
    rights: str = ""
    about: str = ""
    examples: tuple[str, ...] = ()


class ListingEntries(_Settings):
    """A list of dated entries in an HTML page: CSS selectors for its entries and, inside each, for their parts.

    `date_format` is how the page writes dates, as in %m/%d/%Y; `id` may hold {date} and {number}.
    """

    select: str
    title: str = "h3"
    type: str = ".type"
    date: str = "time"
    date_format: str = "%Y-%m-%d"
    id: str = "entry-{date}"


class ListingSections(_Settings):
    """Running text of an HTML page, one document for each part that `select` finds; `id` may hold {slug} and {number}."""

    select: str
    title: str = "h1, h2, h3"
    type: str = ""
    id: str = "{slug}"


class Listing(_Settings):
    """How to read one page that holds many documents. `repairs` finds text that was added
    to complete the page; its title becomes a note on the document."""

    sections: tuple[ListingSections, ...] = ()
    entries: tuple[ListingEntries, ...] = ()
    repairs: str = ""


class HtmlSelectors(_Settings):
    """CSS selectors for the parts of a saved page; the first that finds something is used, `people` and `remove` use all."""

    title: Texts = ()
    text: Texts = ()
    remove: Texts = ()
    date: Texts = ()
    people: Texts = ()


class Source(_Settings):
    """A file, folder or pattern (`corpus/*.md`) to read. `reader` "" means: by the file's ending.

    `mapping` says where a foreign source keeps our fields: {title: headline} reads `title` from its key `headline`; dots reach
    into objects and `*` goes over lists, as in `authors.*.name`. `split` separates several values in one text, `date_format` are
    strptime codes or `edtf`. `id` and `url` are templates of {path}, {stem} and keys of the record. `ignore` are keys to leave
    out without a warning; `defaults` are values for records that state none; `records` is where a JSON file keeps its list.
    """

    path: str
    reader: Literal["", "html", "listing", "markdown", "csv", "xlsx", "json", "jsonl", "yaml", "pdf", "docx", "dump"] = ""
    mapping: dict[str, str] = {}
    split: dict[str, str] = {}
    date_format: Texts = ()
    id: str = ""
    url: str = ""
    defaults: dict[str, str | tuple[str, ...]] = {}
    ignore: Texts = ()
    records: str = ""
    html: HtmlSelectors | None = None
    listing: Listing | None = None


class Index(_Settings):
    """Where generations are kept, and how many earlier ones stay for going back.

    `build_memory` bounds the memory, in MB, that a build takes for the words of documents it has not written yet.
    """

    path: str = "var/index"
    keep: Annotated[int, Field(ge=1, le=20)] = 2
    build_memory: Annotated[int, Field(ge=16, le=65_536)] = 256


class OpenSearch(_Settings):
    """Addresses of the cluster and the name (an alias) of this archive on it.

    `processes` is how many processes prepare the documents of a large build beside the one that sends them.
    """

    hosts: Annotated[tuple[str, ...], Field(min_length=1)] = ("http://127.0.0.1:9200",)
    name: Slug = "archive"
    username: str = ""
    password: str = ""
    ca: str = ""
    shards: Annotated[int, Field(ge=1, le=1024)] = 1
    replicas: Annotated[int, Field(ge=0, le=5)] = 1
    processes: Annotated[int, Field(ge=0, le=64)] = 1


class Ranking(_Settings):
    """BM25 (Robertson and Zaragoza 2009) over one weighted field; a weight counts each word of that field so many times.

    k1 2, b 0.65 and a title counted three times were tuned on Cranfield and CISI and checked on eight more collections.
    """

    k1: Annotated[float, Field(gt=0, le=10)] = 2.0
    b: Annotated[float, Field(ge=0, le=1)] = 0.65
    weights: dict[FieldName, Annotated[int, Field(ge=1, le=20)]] = {"title": 3}


class TypeValue(_Settings):
    """A type of document, or a group of them: selecting a group selects its children. `also` are other names that people type.

    `csl` is what it is to citation managers: a type of the Citation Style Language, as in report or article-newspaper.
    """

    value: str
    label: str = ""
    csl: CslType = ""
    also: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


class Topic(_Settings):
    """A topic: `phrases` found in a document's words assign it; `parent` is another topic's key."""

    label: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    parent: str = ""


class HelpLink(_Settings):
    """A page that answers a question about the archive itself, shown above the results of a search that asks it.

    `phrases` are questions; small words and words such as "document" are left out when they are compared. "..." at the end
    of a phrase means that the question may go on.
    """

    label: str
    url: str
    phrases: tuple[str, ...]


HELP_LINKS = (
    HelpLink(label="How to cite a document", url="/help#cite", phrases=help_phrases.CITING),
    HelpLink(label="What the archive holds", url="/holdings", phrases=help_phrases.HOLDINGS),
    HelpLink(label="How to save or download results", url="/help#save", phrases=help_phrases.SAVING),
    HelpLink(label="Contact and corrections", url="/about#contact", phrases=help_phrases.CONTACT),
    HelpLink(label="Rights and reuse", url="/about#rights", phrases=help_phrases.RIGHTS),
    HelpLink(label="How to search", url="/help", phrases=help_phrases.SEARCHING),
    HelpLink(label="About this archive", url="/about", phrases=help_phrases.ABOUT),
)


class OwnField(_Settings):
    """A field of this archive's own, such as an artist or a collection. With `facet: false` it is shown with the document and
    is not a filter; with `searched: false` its words are not searched.
    """

    label: str
    facet: bool = True
    searched: bool = True


class KnownPerson(_Settings):
    """A person, or a body such as an institution: the name shown, and other spellings that documents use for it."""

    label: str
    also: tuple[str, ...] = ()
    body: bool = False


class Config(_Settings):
    """The whole configuration. `path` is the file it was read from; `sources` is the one setting without a default."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    site: Site = Site()
    language: str = "en"
    stop_words: tuple[str, ...] | None = None
    synonyms: str = ""
    engine: Literal["whoosh", "opensearch"] = "whoosh"
    index: Index = Index()
    opensearch: OpenSearch = OpenSearch()
    ranking: Ranking = Ranking()
    types: tuple[TypeValue, ...] = ()
    topics: dict[Slug, Topic] = {}
    people: dict[Slug, KnownPerson] = {}
    fields: dict[FieldName, OwnField] = {}
    topic_fields: tuple[Literal["title", "subtitle", "summary", "text"], ...] = ("title", "text")
    facts: tuple[str, ...] = ()
    facets: tuple[FieldName, ...] = ()
    per_page: Literal[10, 20, 50, 100] = 10
    help_links: tuple[HelpLink, ...] = HELP_LINKS
    languages: tuple[str, ...] = ()
    labels: dict[str, dict[str, str]] = {}
    withdrawn: tuple[str, ...] = ()
    path: Path = Path("config.yaml")

    @property
    def folder(self) -> Path:
        """The folder of the configuration, to which all paths are relative."""
        return self.path.parent

    @property
    def index_path(self) -> Path:
        """The folder in which generations are kept."""
        return self.folder / self.index.path

    def label_in(self, label: str, language: str) -> str:
        """Return a label or description of the archive's own in another language, itself where `labels` has none."""
        return self.labels.get(language, {}).get(label, label)

    @property
    def facet_fields(self) -> tuple[str, ...]:
        """Facets in the order shown: those named under `facets`, else type, topic, year and the archive's own."""
        return self.facets or ("type", "topic", "year", *self.own_facets)

    @property
    def own_facets(self) -> tuple[str, ...]:
        """The fields of the archive's own that are facets."""
        return tuple(name for name, field in self.fields.items() if field.facet)

    @property
    def own_labels(self) -> dict[str, str]:
        """The labels of the fields of the archive's own, by name."""
        return {name: field.label for name, field in self.fields.items()}

    @property
    def searched_own_fields(self) -> tuple[str, ...]:
        """The fields of the archive's own whose words are searched."""
        return tuple(name for name, field in self.fields.items() if field.searched)

    @property
    def read_by_servers(self) -> tuple[Path, ...]:
        """The files that a server reads beside the configuration: synonyms, and the text about the archive."""
        return tuple(self.folder / name for name in (self.synonyms, self.site.about) if name)


def configuration_stamp(config: Config) -> str:
    """Return sixteen hexadecimal digits that change when a setting changes what must be in the index."""
    shaping = config.model_dump_json(include={"language", "types", "topics", "people", "fields", "ranking"})
    return hashlib.blake2b(shaping.encode(), digest_size=8).hexdigest()
