"""The record of an organisation: what it said and promised in meetings, and its ideas and updates for them.

Nothing that was said under the Chatham House Rule is in it, and nothing that somebody under 18 said.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.models import Organisation
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.meetings.models import Commitment, Dissent, Entry, EntryKind, Idea, Meeting, MemberUpdate, Minutes
from jukwaa.records.models import Label, State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    HistorySection,
    PromiseProgress,
    RecordLine,
    get_strictest_label,
    history_line_registry,
)
from jukwaa.records.organisation_record import build_shared_record_line, filter_records_shared_by

RECORD_PROGRESS_BY_COMMITMENT_PROGRESS = {
    Commitment.Progress.OPEN: PromiseProgress.OPEN,
    Commitment.Progress.IN_HAND: PromiseProgress.OPEN,
    Commitment.Progress.KEPT: PromiseProgress.DONE,
    Commitment.Progress.DROPPED: PromiseProgress.ENDED,
}
# With the organisation that is asked to confirm a commitment: nobody but members knows who that is.
PROPOSED_OWNER_LABEL = Label.GREEN


@history_line_registry.register(30)
def find_entry_record_lines(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """What it said in meetings, but for commitments of its own, which have a line as such."""
    spoken = Entry.speakers.through._default_manager.filter(  # noqa: SLF001 - public by Django's word
        _build_adult_condition("capacity", history_query.organisation)
    )
    own = Commitment.objects.filter(entry=OuterRef("pk"), owner__organisation=history_query.organisation)
    rows = _find_readable_entries(history_query).filter(~Exists(own), pk__in=spoken.values("entry"))
    for entry in _order_entries_by_meeting(history_query, rows):
        is_offer = entry.kind == EntryKind.OFFER
        yield _build_entry_record_line(
            history_query, entry, section=HistorySection.OFFERED if is_offer else HistorySection.SAID
        )


@history_line_registry.register(40)
def find_commitment_record_lines(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """What it promised in meetings, and confirmed or said in a public source."""
    owned = Commitment.objects.filter(_build_adult_condition("owner", history_query.organisation))
    rows = _find_readable_entries(history_query).filter(kind=EntryKind.COMMITMENT, pk__in=owned.values("entry"))
    for entry in _order_entries_by_meeting(history_query, rows.select_related("commitment")):
        commitment = entry.commitment
        yield _build_entry_record_line(
            history_query,
            entry,
            section=HistorySection.PROMISED,
            progress=RECORD_PROGRESS_BY_COMMITMENT_PROGRESS[Commitment.Progress(commitment.progress)],
            status=commitment.get_progress_display(),
            due=commitment.due_on,
        )


@history_line_registry.register(50)
def find_unconfirmed_commitment_record_lines(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """For its representatives: commitments that it is asked to confirm."""
    if not history_query.is_own:
        return
    proposed = Commitment.objects.filter(proposed_organisation=history_query.organisation)
    rows = _find_readable_entries(history_query).filter(kind=EntryKind.COMMITMENT, pk__in=proposed.values("entry"))
    for entry in _order_entries_by_meeting(history_query, rows.select_related("commitment")):
        entry.title, entry.text = entry.commitment.written_title, entry.commitment.written_text
        yield _build_entry_record_line(
            history_query,
            entry,
            section=HistorySection.ASKED,
            what=_("Commitment to confirm"),
            label=get_strictest_label(entry.label, PROPOSED_OWNER_LABEL),
            progress=PromiseProgress.OPEN,
            status=pgettext_lazy("an owner", "not confirmed yet"),
            due=entry.commitment.due_on,
        )


@history_line_registry.register(60)
def find_dissent_record_lines(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """How it stood to decisions that it did not fully support."""
    readable = _find_readable_entries(history_query)
    rows = Dissent.objects.filter(
        _build_adult_condition("capacity", history_query.organisation), readable.exists_for("entry")
    ).select_related("entry__meeting")
    is_readable = Meeting.objects.visible_to(history_query.viewer).exists_for("entry__meeting")
    rows = rows.annotate(meeting_is_readable=is_readable).order_by("-entry__meeting__order_day", "-pk")
    for dissent in rows[:MAX_LINES_PER_SOURCE]:
        entry = dissent.entry
        entry.meeting_is_readable = dissent.meeting_is_readable  # type: ignore[attr-defined]  # annotated
        yield _build_entry_record_line(
            history_query,
            entry,
            section=HistorySection.SIGNED,
            what=_("Position on a decision"),
            words=dissent.statement,
            status=dissent.get_kind_display(),
        )


@history_line_registry.register(70)
def find_idea_record_lines(history_query: HistoryQuery) -> Iterator[RecordLine]:
    readable = Idea.objects.visible_to(history_query.viewer).of(history_query.coalition)
    for idea in filter_records_shared_by(readable, history_query.organisation).published()[:MAX_LINES_PER_SOURCE]:
        idea.coalition = history_query.coalition
        yield build_shared_record_line(idea)


@history_line_registry.register(80)
def find_member_update_record_lines(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """What it reported before meetings: for members, and for everyone once the minutes are."""
    readable = (
        Meeting.objects.visible_to(history_query.viewer).of(history_query.coalition).filter(state=State.PUBLISHED)
    )
    rows = MemberUpdate.objects.filter(
        readable.exists_for("meeting"), capacity__organisation=history_query.organisation, author__is_minor=False
    )
    if not history_query.standing.is_inside:
        rows = rows.filter(_build_public_minutes_condition())
    for update in rows.select_related("meeting").order_by("-meeting__order_day", "-pk")[:MAX_LINES_PER_SOURCE]:
        meeting = update.meeting
        yield RecordLine(
            section=HistorySection.SAID,
            what=_("Update before a meeting"),
            title=update.text,
            url=reverse("meetings:agenda_detail", args=[history_query.coalition.slug, meeting.pk]),
            label=meeting.label,
            language=meeting.language,
            day=timezone.localdate(update.written_at),
            source=meeting.title,
            source_url=reverse_row_url("meetings:meeting_detail", history_query.coalition.slug, meeting.pk),
        )


def _build_public_minutes_condition() -> Q:
    """As `agenda.are_minutes_public`, for the meetings of updates."""
    entries = Entry.objects.filter(meeting=OuterRef("meeting"), state=State.PUBLISHED)
    drafts = Minutes.objects.filter(meeting=OuterRef("meeting"), approved_at=None)
    today = timezone.localdate()
    is_over = Q(meeting__order_day__lt=today, meeting__cancelled_at=None)
    is_over &= Q(meeting__ends_on=None) | Q(meeting__ends_on__lt=today)
    return is_over & Q(Exists(entries)) & ~Q(Exists(drafts))


def _build_adult_condition(capacity_path: str, organisation: Organisation) -> Q:
    """Match rows whose capacity is of the organisation and not of somebody under 18."""
    is_adult = Q(**{f"{capacity_path}__person": None}) | Q(**{f"{capacity_path}__person__is_minor": False})
    return Q(**{f"{capacity_path}__organisation": organisation}) & is_adult


def _find_readable_entries(history_query: HistoryQuery) -> Any:
    """Return the entries that are open to the viewer; none under the Chatham House Rule."""
    entries = Entry.objects.visible_to(history_query.viewer).of(history_query.coalition)
    not_chatham = Q(part=None) | Q(part__chatham=False)
    return entries.filter(not_chatham, state=State.PUBLISHED, meeting__state=State.PUBLISHED)


def _order_entries_by_meeting(history_query: HistoryQuery, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those of the newest meeting first, with whether its title and date are for the viewer too."""
    is_readable = Meeting.objects.visible_to(history_query.viewer).exists_for("meeting")
    entries = entries.select_related("meeting").annotate(meeting_is_readable=is_readable)
    return entries.order_by("-meeting__order_day", "-pk")[:MAX_LINES_PER_SOURCE]


def _build_entry_record_line(history_query: HistoryQuery, entry: Entry, **values: Any) -> RecordLine:
    meeting, slug = entry.meeting, history_query.coalition.slug
    line: dict[str, Any] = {
        "what": entry.kind_info.label,
        "title": entry.title,
        "words": "" if entry.text.strip() == entry.title.strip() else entry.text,
        "url": reverse_row_url("meetings:entry_detail", slug, entry.pk),
        "label": entry.label,
        "language": entry.language,
        "record": entry.pk,
    }
    if entry.meeting_is_readable:  # type: ignore[attr-defined]  # annotated
        line |= {
            "day": meeting.starts_on,
            "last_day": meeting.ends_on,
            "precision": meeting.precision,
            "source": meeting.title,
            "source_url": reverse_row_url("meetings:meeting_detail", slug, meeting.pk),
        }
    return RecordLine(**(line | values))
