"""Silence procedures as their readers may see them, and the meetings that can record a decision."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Call, Text
from jukwaa.meetings.models import Entry, Meeting, SilenceProcedure
from jukwaa.records.models import Label, Link, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

MAX_MEETINGS_OFFERED = 50


def find_open_silence_procedure_calls(viewer: Viewer, coalition: Coalition) -> list[Call]:
    """Return the calls on decisions that have no outcome yet, the one that ends next first.

    Mostly there is none, which costs one short query: who may read the texts is only asked if there is.
    """
    here = Call.objects.filter(outcome="", text__coalition=coalition, text__silence_procedure__isnull=False)
    opened = list(here.values_list("text", flat=True))
    if not opened:
        return []
    texts = Text.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, pk__in=opened)
    procedures = SilenceProcedure.objects.filter(meeting__state=State.PUBLISHED)
    found = Call.objects.filter(outcome="", text__in=texts, text__silence_procedure__in=procedures)
    return list(found.select_related("text").order_by("closes_at", "pk"))


def find_silence_procedure(viewer: Viewer, entry: Entry) -> SilenceProcedure | None:
    """Return how a decision was reached in writing, if the viewer may read the text."""
    texts = Text.objects.visible_to(viewer).filter(state=State.PUBLISHED)
    calls = Call.objects.exclude(outcome__in=["", Call.Outcome.RESTARTED])
    rows = SilenceProcedure.objects.filter(entry=entry, text__in=texts).select_related("text")
    return rows.prefetch_related(Prefetch("text__calls", calls, to_attr="declared")).first()


def find_meetings_for_silence_decision(viewer: Viewer, coalition: Coalition) -> QuerySet[Meeting]:
    """Return the meetings with which a decision can be recorded, the latest first: members can read them."""
    meetings = Meeting.objects.visible_to(viewer).of(coalition)
    begun = meetings.filter(state=State.PUBLISHED, cancelled_at=None, order_day__lte=timezone.localdate())
    return begun.filter(label__in=LABELS_OPEN_TO_ROLES).order_by("-order_day", "-pk")


def find_entries_kept_for_members(meeting: Meeting) -> QuerySet[Entry]:
    """Return the entries that the approval of the minutes does not open: decisions made for members."""
    restricted = Exists(_find_member_records_behind_text(OuterRef("text")))
    procedures = SilenceProcedure.objects.filter(restricted, entry__meeting=meeting)
    return Entry.objects.filter(pk__in=procedures.values("entry"))


def is_text_restricted_to_members(text: Text) -> bool:
    """Return whether a decision began as a record for members alone. Entries of draft minutes will be opened."""
    return _find_member_records_behind_text(text.pk).exists()


def _find_member_records_behind_text(text_pk: int | OuterRef) -> QuerySet[Link]:
    """Return the links of a text to the records for members that it began as."""
    drafts = Entry.objects.filter(line__isnull=False, line__minutes__approved_at=None)
    began = Link.objects.filter(from_record=text_pk, relation=Link.Relation.BEGAN_AS, to_record__label=Label.GREEN)
    return began.exclude(to_record__in=drafts.values("pk"))
