"""Records as they are told outside of their pages: in a document, in an archive, in a citation.

Such a file is handed on, so it names organisations and never a person: what was shared by somebody on their own is told
under the name of the coalition.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.outgoing import Block, BulletList, Heading, Inline, InlineRun, Paragraph
from jukwaa.core.documents.outgoing.prose import build_prose_blocks
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.registry import Registry
from jukwaa.library.models import Item, WebLink
from jukwaa.library.schema import load_choices
from jukwaa.library.templatetags.library import in_words
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.records.models import Document, Label, Link, Record, Source

MAX_EXPORTED_TEXT_LENGTH = 30_000  # characters of one record in a document of many; the rest stands at its address
LABELS_BY_STRICTNESS = list(Label)
CITED_SOURCE_RELATIONS = (Link.Relation.ADAPTED_FROM, Link.Relation.TRANSLATES, Link.Relation.CITES)


@dataclass(frozen=True)
class ResponseText:
    """What others say to a record: who says what, in words, and their own words if there are any."""

    who: str
    words: str = ""


type ResponseLoader = Callable[[Sequence[Record]], dict[int, list[ResponseText]]]


@dataclass(frozen=True)
class RecordResponses:
    """What is said to records of a kind in an app above, and goes along where they are told: for all their readers."""

    heading: str | Promise
    tell: ResponseLoader


response_registry: Registry[str, RecordResponses] = Registry("responses to records")


@dataclass(frozen=True)
class ExportedRecord:
    """A record as its own kind, its pages elsewhere, and what it was made from as far as the reader may read that."""

    record: Record
    sources: list[str]
    links: list[str]
    said: list[ResponseText] = field(default_factory=list)  # by others

    @property
    def organisations(self) -> list[str]:
        return get_sharing_organisation_names(self.record)

    @property
    def licence(self) -> str:
        return get_licence_label(self.record)


def load_exported_records(records: Iterable[Record], viewer: Viewer) -> list[ExportedRecord]:
    """In the order given; a fixed number of queries, however many there are."""
    rows = load_records_as_subclasses(records)
    prefetch_related_objects(rows, "authorships__capacity")
    sources, links = _load_source_titles(rows, viewer), _load_web_addresses(rows)
    said = _load_record_responses(rows)
    return [
        ExportedRecord(record, sources.get(record.pk, []), links.get(record.pk, []), said.get(record.pk, []))
        for record in rows
    ]


def _load_record_responses(records: list[Record]) -> dict[int, list[ResponseText]]:
    found: dict[int, list[ResponseText]] = {}
    for kind, each in response_registry.items():
        if own := [row for row in records if row.kind == kind]:
            found |= each.tell(own)
    return found


def load_records_as_subclasses(records: Iterable[Record]) -> list[Record]:
    """Each as its own kind, with what the kind adds to it: one query for all."""
    rows = list(records)
    of_record = Record._meta.related_objects  # noqa: SLF001 - public by Django's word
    kinds = [relation.name for relation in of_record if getattr(relation, "parent_link", False)]
    joined = Record.objects.select_related(*kinds).in_bulk([row.pk for row in rows])
    for row in rows:
        own = next((getattr(joined[row.pk], name) for name in kinds if hasattr(joined[row.pk], name)), row)
        own.coalition = row.coalition
        joined[row.pk] = own
    return [joined[row.pk] for row in rows]


def get_strictest_label(records: Iterable[Record]) -> str:
    """The label of what holds them all."""
    return max((Label(record.label) for record in records), key=LABELS_BY_STRICTNESS.index, default=Label.CLEAR)


def build_record_url(record: Record) -> str:
    return f"{settings.SITE_URL}{record.get_absolute_url()}"


def get_sharing_organisation_names(record: Record) -> list[str]:
    """Those for which it was shared, each once."""
    capacities = [author.capacity for author in record.authorships.all() if author.capacity is not None]
    return list(dict.fromkeys(capacity.name for capacity in capacities if capacity.organisation_id))


def get_licence_label(record: Record) -> str:
    """In words; empty where nobody said."""
    value = record.details.get("licence") if isinstance(record, Item) else ""
    return next((str(choice.label) for choice in load_choices("licence") if choice.value == value), "")


def get_country_names(record: Record) -> list[str]:
    language = get_language() or "en"
    return [get_country_name(code, language) for code in record.countries if code in COUNTRIES_BY_CODE]


def build_record_facts(record: Record) -> list[tuple[str, Inline]]:
    """(term, value) of what is said of a record in a line."""
    facts: list[tuple[str, Inline]] = [
        (_("Type"), str(record.kind_info.label)),
        (_("Shared by"), join_with_separator(get_sharing_organisation_names(record), ";")),
        (_("Countries"), join_with_separator(get_country_names(record), ";")),
        (_("Language"), get_language_name(record.language, get_language() or "en")),
        (_("Shared on") if record.is_issued else _("Published"), get_publication_date(record)),
    ]
    if record.is_issued and isinstance(record, Item) and not record.issued_on:
        facts.append((_("Date of issue"), record.issue_date))
    if isinstance(record, Item):
        short = [answer for answer in record.answers if answer[0].type != "text"]
        facts += [(str(answer[0].label), join_with_separator(in_words(answer), ";")) for answer in short]
    return [(term, value) for term, value in facts if value]


def get_publication_date(record: Record) -> str:
    return format_long_date(timezone.localdate(record.published_at)) if record.published_at else ""


def build_fact_bullets(record: Record) -> BulletList:
    return BulletList([[InlineRun(f"{term}: "), InlineRun(str(value))] for term, value in build_record_facts(record)])


def build_text_blocks(exported_record: ExportedRecord, language: str) -> Iterator[Block]:
    """What it says, below a heading of level 1, in a document of this language; then what others say to it."""
    yield from _build_record_text_blocks(exported_record.record, language)
    if exported_record.said:
        yield Heading(2, str(response_registry[exported_record.record.kind].heading))
    for said in exported_record.said:
        yield Paragraph([InlineRun(said.who, strong=True)])
        yield from build_prose_blocks(said.words)


def _build_record_text_blocks(record: Record, language: str) -> Iterator[Block]:
    own = "" if record.language == language else record.language
    if record.summary:
        yield Paragraph([InlineRun(record.summary, emphasis=True, language=own)])
    room = MAX_EXPORTED_TEXT_LENGTH
    for heading, text in _iter_record_sections(record):
        if heading:
            yield Heading(2, heading)
        yield from build_prose_blocks(text[:room], own)
        room -= len(text)
        if room <= 0:
            yield Paragraph(
                [InlineRun(_("Read the full text at:")), InlineRun(" "), _build_link_run(build_record_url(record))]
            )
            return


def _iter_record_sections(record: Record) -> Iterator[tuple[str, str]]:
    """(heading, text). Of an item its questions and answers; of any other kind what it gives to the index."""
    if isinstance(record, Item):
        yield from ((question, text) for _name, question, text in record.questions)
        yield from ((str(field.label), str(answer)) for field, answer in record.answers if field.type == "text")
        return
    head = f"{record.title}\n{record.summary}".strip()
    yield from (("", text) for _anchor, text in record.iter_passages() if text != head)


def build_source_and_licence_runs(exported_record: ExportedRecord) -> list[InlineRun]:
    """Where it comes from and on what terms it may be used: for the end of a document."""
    record = exported_record.record
    who = join_with_separator(exported_record.organisations, ";") or record.coalition.name
    runs = [InlineRun(record.title, strong=True, language=record.language), InlineRun("\n")]
    if record.is_issued:
        issued = {"name": record.issuer or _("issuer not known"), "date": record.issue_date}
        runs += [
            InlineRun(_("Issued by: %(name)s, %(date)s") % issued),
            InlineRun("\n"),
            InlineRun(_("Shared by:")),
            InlineRun(" "),
        ]
    runs.append(InlineRun(who))
    if record.published_at:
        runs.append(InlineRun(f", {get_publication_date(record)}"))
    for address in (*exported_record.links, build_record_url(record)):
        runs += [InlineRun("\n"), _build_link_run(address)]
    runs.append(InlineRun("\n"))
    runs.append(
        InlineRun(
            _("Licence: %(licence)s") % {"licence": exported_record.licence or _("not stated; ask before you use it")}
        )
    )
    if exported_record.sources:
        runs += [
            InlineRun("\n"),
            InlineRun(_("Sources: %(sources)s") % {"sources": join_with_separator(exported_record.sources, ";")}),
        ]
    return runs


def _build_link_run(address: str) -> InlineRun:
    return InlineRun(address, link=address)


def _load_web_addresses(records: list[Record]) -> dict[int, list[str]]:
    """Addresses elsewhere that belong to items."""
    items = [row.pk for row in records if isinstance(row, Item)]
    found: dict[int, list[str]] = {}
    for item, url in WebLink.objects.filter(item__in=items).values_list("item", "url") if items else ():
        found.setdefault(item, []).append(url)
    return found


def _load_source_titles(rows: list[Record], viewer: Viewer) -> dict[int, list[str]]:
    """Documents and records that each was made from: titles that the viewer may read, each once."""
    numbers = [row.pk for row in rows]
    is_readable = Document.objects.visible_to(viewer).exists_for("document")
    documents = Source.objects.filter(is_readable, record__in=numbers)
    is_readable = Record.objects.visible_to(viewer).exists_for("to_record")
    records = Link.objects.filter(is_readable, from_record__in=numbers, relation__in=CITED_SOURCE_RELATIONS)
    titles: dict[int, list[str]] = {}
    for number, title in [
        *documents.values_list("record", "document__title"),
        *records.order_by("pk").values_list("from_record", "to_record__title"),
    ]:
        known = titles.setdefault(number, [])
        if title not in known:
            known.append(title)
    return titles
