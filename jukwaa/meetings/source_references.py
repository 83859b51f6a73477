"""Where an entry comes from, as far as its reader may see the document."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Substr
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.db import build_in_force_q
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.records.models import Document, Source

QUOTE_CONTEXT_LENGTH = 700  # characters before a sentence, within which the one before it is sought
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?…।。])\s+")


@dataclass(frozen=True)
class SourceReference:
    """“sentences 5, 6”: the short form of a source, with the place in the document that it leads to."""

    words: str
    document_id: int | None = None  # None where the reader may not open the document
    anchor: str = ""


@dataclass(frozen=True)
class DocumentOrigin:
    """When a document came in, and by whom: the role they held that day, and their name for members."""

    at: datetime
    role: str
    person: Person | None


def find_sources_of_records(viewer: Viewer, record_condition: Q) -> QuerySet[Source]:
    """Annotate sources with `is_open`, whether the viewer may read the document. Its text is not fetched."""
    readable = Document.objects.visible_to(viewer).filter(pk=OuterRef("document"))
    sources = Source.objects.filter(record_condition).annotate(is_open=Exists(readable))
    return sources.select_related("document").defer("document__text")


def annotate_text_before_quote(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Annotate sources with `lead`, the text before the passage."""
    begins = Greatest(F("start") - Value(QUOTE_CONTEXT_LENGTH - 1), Value(1))
    return sources.annotate(lead=Substr("document__text", begins, F("start") - begins + 1))


def get_last_sentence_before_quote(text_before_quote: str) -> str:
    """Return the last sentence of a lead in the same paragraph, if any."""
    paragraph = (text_before_quote or "").rpartition("\n\n")[2].strip()
    return SENTENCE_END_PATTERN.split(paragraph)[-1] if paragraph else ""


def group_sources_by_record(sources: Iterable[Source]) -> dict[int, list[Source]]:
    grouped: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        grouped[source.record_id].append(source)
    return grouped


def build_source_references(sources: Sequence[Source]) -> list[SourceReference]:
    """Return one reference for each document, without the title of one that the viewer may not open."""
    by_document: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        by_document[source.document_id].append(source)
    return [_build_source_reference(group) for group in by_document.values()]


def _build_source_reference(sources: Sequence[Source]) -> SourceReference:
    first = sources[0]
    if not first.is_open:  # type: ignore[attr-defined]  # annotated by find_sources
        return SourceReference(_("source not shown"))
    numbers = [str(source.number) for source in sources if source.number is not None]
    words = ngettext("sentence %(n)s", "sentences %(n)s", len(numbers)) % {"n": format_list_in_sentence(numbers)}
    return SourceReference(words if numbers else _("source"), first.document_id, get_source_anchor(first))


def get_source_anchor(source: Source) -> str:
    """Return the HTML id of the passage on the page of the document."""
    if source.number is not None:
        return f"s{source.number}"
    return "" if source.start is None else f"c{source.start}"


def find_document_origins(document_ids: Collection[int], viewer_standing: Standing) -> dict[int, DocumentOrigin]:
    """Return when and by whom each document was added. The public reads the role alone."""
    person = Coalesce(OuterRef("actor__merged_into"), OuterRef("actor"))
    held = Role.objects.filter(coalition=OuterRef("coalition"), person=person)
    that_day = held.filter(build_in_force_q(OuterRef("at__date"))).values("kind")[:1]
    activities = Activity.objects.filter(kind="document", object_id__in=document_ids).order_by("pk")
    first: dict[int, DocumentOrigin] = {}
    for activity in activities.annotate(role=Subquery(that_day)).select_related("actor__merged_into"):
        role = Role.Kind(activity.role).label if activity.role else ""
        actor = activity.actor.current if activity.actor and viewer_standing.is_inside else None
        first.setdefault(activity.object_id, DocumentOrigin(activity.at, str(role), actor))
    return first
