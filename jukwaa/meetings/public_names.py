"""Names that are not public in the words of meetings: see `coalitions/public_names.py`.

`forms.MeetingRelatedForm` shows them for one text, and `coalitions/views/public_names.py` for a button that makes many
public.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Prefetch
from django.urls import reverse

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.public_names import NamingWords, PublicNames
from jukwaa.meetings.models import (
    PUBLIC_COMMITMENT_EVENTS,
    Commitment,
    CommitmentChange,
    Dissent,
    Entry,
    EntryQuerySet,
    Meeting,
    Part,
    Report,
    find_draft_minutes,
    get_entry_label,
)
from jukwaa.meetings.silence_procedures import list_entries_kept_for_members
from jukwaa.records.models import Label, State

COMMITMENT_PEOPLE = ("commitment__owner__person", "commitment__responsible")


def will_everyone_read_entries(meeting: Meeting) -> bool:
    """Whether everyone can read what is added to the meeting now: not before it is published, nor draft minutes."""
    return meeting.state == State.PUBLISHED and get_entry_label(meeting) == Label.CLEAR


def will_everyone_read_meeting(meeting: Meeting) -> bool:
    """Whether everyone can read the title, the agenda items and the report, also while the minutes are a draft."""
    return meeting.state == State.PUBLISHED and meeting.label == Label.CLEAR


def find_entries_opened_by_approval(meeting: Meeting) -> EntryQuerySet:
    """Return the entries of draft minutes that everyone can read once the minutes have been approved."""
    if meeting.label != Label.CLEAR or find_draft_minutes(meeting) is None:
        return Entry.objects.none()
    drafted = Entry.objects.filter(meeting=meeting, state=State.PUBLISHED, label=Label.GREEN, line__isnull=False)
    return drafted.exclude(pk__in=list_entries_kept_for_members(meeting))


def find_names_opened_by_approval(viewer: Viewer, meeting: Meeting) -> list[NamingWords]:
    """Return the entries of draft minutes that name people, if everyone can read them after the approval."""
    entries = find_entries_opened_by_approval(meeting)
    return list(_find_names_in_entries(PublicNames(meeting.coalition), viewer, entries))


def find_names_opened_by_publication(viewer: Viewer, drafts: Iterable[Meeting]) -> list[NamingWords]:
    """Return the words of drafts of meetings that name people, as far as everyone can read them once published."""
    opened = [meeting for meeting in drafts if meeting.label == Label.CLEAR]
    return find_names_in_meetings(viewer, opened, Entry.objects.filter(meeting__in=opened, state=State.DRAFT))


def find_names_in_meetings(viewer: Viewer, meetings: Sequence[Meeting], entries: EntryQuerySet) -> list[NamingWords]:
    """Return the meetings whose title, summary, agenda items or edited report name people, and their entries that do.

    All meetings are of one coalition. Of the entries, those count that the viewer may read.
    """
    if not meetings:
        return []
    public_names = PublicNames(meetings[0].coalition)
    texts: dict[int, list[str]] = defaultdict(list)
    for meeting_id, title in Part.objects.filter(meeting__in=meetings).values_list("meeting", "title"):
        texts[meeting_id].append(title)
    for meeting_id, edits in Report.objects.filter(meeting__in=meetings).values_list("meeting", "edits"):
        texts[meeting_id] += [edit["text"] for edit in edits.values()]
    found = []
    for meeting in meetings:
        names = public_names.find_names("\n".join([meeting.title, meeting.summary, *texts[meeting.pk]]))
        found += [NamingWords(meeting.title, meeting.get_absolute_url(), names)] if names else []
    return [*found, *_find_names_in_entries(public_names, viewer, entries)]


def _find_names_in_entries(public_names: PublicNames, viewer: Viewer, entries: EntryQuerySet) -> Iterator[NamingWords]:
    notes = CommitmentChange.objects.filter(event__in=PUBLIC_COMMITMENT_EVENTS).exclude(note="")
    more = (
        Prefetch("speakers", Capacity.objects.select_related("person")),
        Prefetch("dissents", Dissent.objects.exclude(statement="")),
        Prefetch("commitment__changes", notes),
    )
    rows = entries.visible_to(viewer).select_related("coalition", *COMMITMENT_PEOPLE).prefetch_related(*more)
    for entry in rows.order_by("meeting", "position", "pk"):
        involved = [*iter_involved_names(entry)]
        in_text = public_names.find_names(entry.text, involved)
        if names := [*in_text, *public_names.find_names("\n".join(_iter_texts_beside_entry(entry)), involved)]:
            edit_url = reverse("meetings:entry_edit", args=[entry.coalition.slug, entry.pk])
            yield NamingWords(
                entry.title, edit_url if in_text else entry.get_absolute_url(), list(dict.fromkeys(names))
            )


def _iter_texts_beside_entry(entry: Entry) -> Iterator[str]:
    """Return the other words on the page of an entry, which become public with it."""
    yield entry.topic
    for dissent in entry.dissents.all():
        yield dissent.statement
    if entry.commitment_if_any is not None:
        yield entry.commitment_if_any.due_text
        for change in entry.commitment_if_any.changes.all():
            yield change.note


def iter_involved_names(entry: Entry) -> Iterator[str]:
    """Return the names of those who spoke, and of those who promised it or were asked to confirm it."""
    promise = entry.commitment_if_any or Commitment()
    yield promise.proposed_name
    if promise.responsible is not None:
        yield promise.responsible.name
    for capacity in (*entry.speakers.all(), *([promise.owner] if promise.owner else [])):
        yield capacity.name
        if capacity.person is not None:
            yield capacity.person.name
