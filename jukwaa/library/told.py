"""Records as they are told outside of their pages: in a document, in an archive, in a citation.

Such a file is handed on, so it names organisations and never a person: what was shared by somebody on their own is told
under the name of the coalition.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.dates import written
from jukwaa.core.documents.outgoing import Block, Bullets, Heading, Inline, Paragraph, Run
from jukwaa.core.documents.outgoing.prose import prose_blocks
from jukwaa.core.lists import in_a_row
from jukwaa.core.registry import Registry
from jukwaa.library.models import Item, WebLink
from jukwaa.library.schema import choices
from jukwaa.library.templatetags.library import in_words
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.records.models import Document, Label, Link, Record, Source

LONGEST = 30_000  # characters of one record in a document of many; the rest stands at its address
STRICTNESS = list(Label)
MADE_FROM = (Link.Relation.ADAPTED_FROM, Link.Relation.TRANSLATES, Link.Relation.CITES)


@dataclass(frozen=True)
class Said:
    """What others say to a record: who says what, in words, and their own words if there are any."""

    who: str
    words: str = ""


type Teller = Callable[[Sequence[Record]], dict[int, list[Said]]]


@dataclass(frozen=True)
class Responses:
    """What is said to records of a kind in an app above, and goes along where they are told: for all their readers."""

    heading: str | Promise
    tell: Teller


responses: Registry[str, Responses] = Registry("responses to records")


@dataclass(frozen=True)
class Told:
    """A record as its own kind, its pages elsewhere, and what it was made from as far as the reader may read that."""

    record: Record
    sources: list[str]
    links: list[str]
    said: list[Said] = field(default_factory=list)  # by others

    @property
    def organisations(self) -> list[str]:
        return organisations_of(self.record)

    @property
    def licence(self) -> str:
        return licence_of(self.record)


def told(records: Iterable[Record], viewer: Viewer) -> list[Told]:
    """In the order given; a fixed number of queries, however many there are."""
    rows = as_own_kinds(records)
    prefetch_related_objects(rows, "authorships__capacity")
    sources, links = _sources(rows, viewer), _links(rows)
    said = _said(rows)
    return [
        Told(record, sources.get(record.pk, []), links.get(record.pk, []), said.get(record.pk, [])) for record in rows
    ]


def _said(rows: list[Record]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    for kind, each in responses.items():
        if own := [row for row in rows if row.kind == kind]:
            found |= each.tell(own)
    return found


def as_own_kinds(records: Iterable[Record]) -> list[Record]:
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


def strictest(records: Iterable[Record]) -> str:
    """The label of what holds them all."""
    return max((Label(record.label) for record in records), key=STRICTNESS.index, default=Label.CLEAR)


def address_of(record: Record) -> str:
    return f"{settings.SITE_URL}{record.get_absolute_url()}"


def organisations_of(record: Record) -> list[str]:
    """Those for which it was shared, each once."""
    capacities = [author.capacity for author in record.authorships.all() if author.capacity is not None]
    return list(dict.fromkeys(capacity.name for capacity in capacities if capacity.organisation_id))


def licence_of(record: Record) -> str:
    """In words; empty where nobody said."""
    value = record.details.get("licence") if isinstance(record, Item) else ""
    return next((str(choice.label) for choice in choices("licence") if choice.value == value), "")


def countries_of(record: Record) -> list[str]:
    language = get_language() or "en"
    return [country_name(code, language) for code in record.countries if code in COUNTRIES]


def facts_of(record: Record) -> list[tuple[str, Inline]]:
    """(term, value) of what is said of a record in a line."""
    facts: list[tuple[str, Inline]] = [
        (_("Kind"), str(record.kind_info.label)),
        (_("Shared by"), in_a_row(organisations_of(record), ";")),
        (_("Countries"), in_a_row(countries_of(record), ";")),
        (_("Language"), language_name(record.language, get_language() or "en")),
        (_("Published"), written(record.published_at.date()) if record.published_at else ""),
    ]
    if isinstance(record, Item):
        short = [answer for answer in record.answers if answer[0].type != "text"]
        facts += [(str(answer[0].label), in_a_row(in_words(answer), ";")) for answer in short]
    return [(term, value) for term, value in facts if value]


def fact_bullets(record: Record) -> Bullets:
    return Bullets([[Run(f"{term}: "), Run(str(value))] for term, value in facts_of(record)])


def text_blocks(each: Told, language: str) -> Iterator[Block]:
    """What it says, below a heading of level 1, in a document of this language; then what others say to it."""
    yield from _own_blocks(each.record, language)
    if each.said:
        yield Heading(2, str(responses[each.record.kind].heading))
    for said in each.said:
        yield Paragraph([Run(said.who, strong=True)])
        yield from prose_blocks(said.words)


def _own_blocks(record: Record, language: str) -> Iterator[Block]:
    own = "" if record.language == language else record.language
    if record.summary:
        yield Paragraph([Run(record.summary, emphasis=True, language=own)])
    room = LONGEST
    for heading, text in _parts(record):
        if heading:
            yield Heading(2, heading)
        yield from prose_blocks(text[:room], own)
        room -= len(text)
        if room <= 0:
            yield Paragraph([Run(_("Read the full text at:")), Run(" "), _link(address_of(record))])
            return


def _parts(record: Record) -> Iterator[tuple[str, str]]:
    """(heading, text). Of an item its questions and answers; of any other kind what it gives to the index."""
    if isinstance(record, Item):
        yield from ((question, text) for _name, question, text in record.questions)
        yield from ((str(field.label), str(answer)) for field, answer in record.answers if field.type == "text")
        return
    head = f"{record.title}\n{record.summary}".strip()
    yield from (("", text) for _anchor, text in record.passages() if text != head)


def terms_runs(each: Told) -> list[Run]:
    """Where it comes from and on what terms it may be used: for the end of a document."""
    record = each.record
    who = in_a_row(each.organisations, ";") or record.coalition.name
    runs = [Run(record.title, strong=True, language=record.language), Run("\n"), Run(who)]
    if record.published_at:
        runs.append(Run(f", {written(record.published_at.date())}"))
    for address in (*each.links, address_of(record)):
        runs += [Run("\n"), _link(address)]
    runs.append(Run("\n"))
    runs.append(Run(_("Licence: %(licence)s") % {"licence": each.licence or _("not stated; ask before you use it")}))
    if each.sources:
        runs += [Run("\n"), Run(_("Sources: %(sources)s") % {"sources": in_a_row(each.sources, ";")})]
    return runs


def _link(address: str) -> Run:
    return Run(address, link=address)


def _links(rows: list[Record]) -> dict[int, list[str]]:
    """Addresses elsewhere that belong to items."""
    items = [row.pk for row in rows if isinstance(row, Item)]
    found: dict[int, list[str]] = {}
    for item, url in WebLink.objects.filter(item__in=items).values_list("item", "url") if items else ():
        found.setdefault(item, []).append(url)
    return found


def _sources(rows: list[Record], viewer: Viewer) -> dict[int, list[str]]:
    """Documents and records that each was made from: titles that the viewer may read, each once."""
    numbers = [row.pk for row in rows]
    is_readable = Document.objects.visible_to(viewer).exists_for("document")
    documents = Source.objects.filter(is_readable, record__in=numbers)
    is_readable = Record.objects.visible_to(viewer).exists_for("to_record")
    records = Link.objects.filter(is_readable, from_record__in=numbers, relation__in=MADE_FROM)
    titles: dict[int, list[str]] = {}
    for number, title in [
        *documents.values_list("record", "document__title"),
        *records.order_by("pk").values_list("from_record", "to_record__title"),
    ]:
        known = titles.setdefault(number, [])
        if title not in known:
            known.append(title)
    return titles
