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
from jukwaa.core.db import in_force
from jukwaa.core.lists import listed
from jukwaa.records.models import Document, Source

LEAD = 700  # characters before a sentence, within which the one before it is sought
SENTENCE_END = re.compile(r"(?<=[.!?…।。])\s+")


@dataclass(frozen=True)
class Reference:
    """“sentences 5, 6”: the short form of a source, with the place in the document that it leads to."""

    words: str
    document_id: int | None = None  # None where the reader may not open the document
    anchor: str = ""


@dataclass(frozen=True)
class BroughtIn:
    """When a document came in, and by whom: the role they held that day, and their name for members."""

    at: datetime
    role: str
    person: Person | None


def sources_for(viewer: Viewer, of_records: Q) -> QuerySet[Source]:
    """With `is_open`: whether this viewer may read the document. Its text, which may be long, is not fetched."""
    readable = Document.objects.visible_to(viewer).filter(pk=OuterRef("document"))
    sources = Source.objects.filter(of_records).annotate(is_open=Exists(readable))
    return sources.select_related("document").defer("document__text")


def with_lead(sources: QuerySet[Source]) -> QuerySet[Source]:
    """With `lead`: the text that stands before the passage."""
    begins = Greatest(F("start") - Value(LEAD - 1), Value(1))
    return sources.annotate(lead=Substr("document__text", begins, F("start") - begins + 1))


def sentence_before(lead: str) -> str:
    """The last sentence of a lead, if the same paragraph holds one."""
    paragraph = (lead or "").rpartition("\n\n")[2].strip()
    return SENTENCE_END.split(paragraph)[-1] if paragraph else ""


def by_record(sources: Iterable[Source]) -> dict[int, list[Source]]:
    grouped: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        grouped[source.record_id].append(source)
    return grouped


def references(sources: Sequence[Source]) -> list[Reference]:
    """One for each document. A document that the reader may not open is named as closed, and not by its title."""
    by_document: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        by_document[source.document_id].append(source)
    return [_reference(group) for group in by_document.values()]


def _reference(sources: Sequence[Source]) -> Reference:
    first = sources[0]
    if not first.is_open:  # type: ignore[attr-defined]  # annotated by sources_for
        return Reference(_("source not shown"))
    numbers = [str(source.number) for source in sources if source.number is not None]
    words = ngettext("sentence %(n)s", "sentences %(n)s", len(numbers)) % {"n": listed(numbers)}
    return Reference(words if numbers else _("source"), first.document_id, anchor_of(first))


def anchor_of(source: Source) -> str:
    """The id, on the document's page, of the place that is meant."""
    if source.number is not None:
        return f"s{source.number}"
    return "" if source.start is None else f"c{source.start}"


def brought_in(documents: Collection[int], standing: Standing) -> dict[int, BroughtIn]:
    """The first thing that was done to each document was to bring it in. The public reads the role alone."""
    person = Coalesce(OuterRef("actor__merged_into"), OuterRef("actor"))
    held = Role.objects.filter(coalition=OuterRef("coalition"), person=person)
    that_day = held.filter(in_force(OuterRef("at__date"))).values("kind")[:1]
    activities = Activity.objects.filter(kind="document", object_id__in=documents).order_by("pk")
    first: dict[int, BroughtIn] = {}
    for activity in activities.annotate(role=Subquery(that_day)).select_related("actor__merged_into"):
        role = Role.Kind(activity.role).label if activity.role else ""
        actor = activity.actor.current if activity.actor and standing.is_inside else None
        first.setdefault(activity.object_id, BroughtIn(activity.at, str(role), actor))
    return first
