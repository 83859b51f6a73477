"""The summary of a meeting that is over: its decisions, its action items and the next meeting, as an email."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS, get_display_name
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.dates import format_long_date
from jukwaa.meetings.meeting_lists import get_meeting_sort_key
from jukwaa.meetings.meeting_titles import find_general_meetings, find_meetings_belonging_together
from jukwaa.meetings.models import (
    BINDING_ENTRY_KINDS,
    FIRST_TIME_ATTENDANCE_ROLES,
    Attendance,
    Commitment,
    Entry,
    EntryKind,
    Meeting,
    is_draft,
)
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.records.models import State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates import email_links
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email

MAX_UPCOMING_MEETINGS_SEARCHED = 100  # meetings, of which some are in progress
# What the email says of an entry.
SUMMARY_ENTRY_FIELDS = (
    *("kind", "text", "position", "part__chatham"),
    *(f"commitment__{name}" for name in ("due_on", "due_text", "proposed_name")),
    *(f"commitment__owner__{name}" for name in ("name", "organisation", "coalition")),
    *(f"commitment__owner__person__{name}" for name in DISPLAYED_NAME_FIELDS),
    *(f"commitment__owner__organisation__{name}" for name in ("name", "acronym")),
)
SUMMARY_NOTIFICATION_TOPIC = EmailTopic.CONCERNS


@dataclass(frozen=True)
class SummaryActionItem:
    text: str
    owner: str  # empty if there is none, or if the email must not name it
    due: str


@dataclass
class SummaryEmail:
    """The summary, in the language and the time zone of its reader. The minutes are read once for all readers."""

    meeting: Meeting

    def __post_init__(self) -> None:
        self.entries = find_binding_entries_of_meeting(self.meeting)
        self.next_meeting = find_next_meeting(self.meeting)

    def __call__(self) -> EmailText:
        following, written_names = self.next_meeting, WrittenNames(self.meeting.coalition_id)
        context = {
            "meeting": self.meeting,
            "is_draft": is_draft(self.meeting),
            "decisions": [entry.text for entry in self.entries if entry.kind == EntryKind.DECISION],
            "action_items": [
                _build_action_item(entry, written_names) for entry in self.entries if entry.kind == EntryKind.COMMITMENT
            ],
            "next_meeting": following,
            "times": build_meeting_time_lines(following) if following else [],
            "next_link": email_links.build_absolute_url(following.get_absolute_url()) if following else "",
        }
        return render_email("meetings/email/summary.txt", self.meeting.get_absolute_url(), **context)


def find_binding_entries_of_meeting(meeting: Meeting) -> list[Entry]:
    """Return the decisions and commitments of a meeting that every member may read, in the order of the minutes."""
    rows = Entry.objects.filter(
        meeting=meeting, kind__in=BINDING_ENTRY_KINDS, state=State.PUBLISHED, label__in=LABELS_OPEN_TO_ROLES
    )
    with_owners = rows.select_related("part", "commitment__owner__person", "commitment__owner__organisation").only(
        *SUMMARY_ENTRY_FIELDS
    )
    return list(with_owners.order_by("position", "pk"))


def find_next_meeting(meeting: Meeting) -> Meeting | None:
    """Return the next meeting to come that belongs together with this one, else the next general meeting."""
    upcoming = Meeting.objects.upcoming(timezone.now()).filter(
        coalition=meeting.coalition_id, label__in=LABELS_OPEN_TO_ROLES
    )
    found = upcoming.exclude(pk=meeting.pk).select_related("coalition")[:MAX_UPCOMING_MEETINGS_SEARCHED]
    planned = [each for each in found if each.is_planned]
    following = find_meetings_belonging_together(meeting, planned) or find_general_meetings(meeting, planned)
    return min(following, key=get_meeting_sort_key, default=None)


def compute_summary_fingerprint(meeting: Meeting) -> str:
    """Return a digest of the decisions and action items, in which each change of the summary shows."""
    rows = [(entry.pk, entry.text, *_get_action_item_key(entry)) for entry in find_binding_entries_of_meeting(meeting)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _get_action_item_key(entry: Entry) -> tuple[object, ...]:
    commitment = entry.commitment_if_any
    if commitment is None:
        return ()
    return commitment.owner_id, str(commitment.due_on or commitment.due_text)


def _build_action_item(entry: Entry, written_names: WrittenNames) -> SummaryActionItem:
    commitment = entry.commitment_if_any
    if commitment is None:
        return SummaryActionItem(entry.text, "", "")
    due = format_long_date(commitment.due_on) if commitment.due_on else commitment.due_text
    return SummaryActionItem(entry.text, _format_commitment_owner(entry, commitment, written_names), due)


def _format_commitment_owner(entry: Entry, commitment: Commitment, written_names: WrittenNames) -> str:
    """Return the owner for an email, which may be forwarded: no minors, nobody under the Chatham House Rule."""
    owner = commitment.owner
    if entry.is_chatham or (owner is not None and owner.person is not None and owner.person.is_minor):
        return ""
    if owner is not None:
        return get_display_name(owner, None, written_names)
    return _("a member (not confirmed yet)") if commitment.awaits_confirmation else ""


def build_summary_notification(
    meeting: Meeting, people: Iterable[Person] = (), sent_once_key: str = ""
) -> NotificationEmail:
    return NotificationEmail(
        coalition=meeting.coalition,
        people=people,
        topic=SUMMARY_NOTIFICATION_TOPIC,
        write=SummaryEmail(meeting),
        record=meeting,
        once=sent_once_key,
    )


def notify_summary_sent(activity: Activity) -> Iterator[NotificationEmail]:
    """To the members, and once to those who came for the first time and have no seat.

    A summary that was sent again before the first email left is one email, since both have the time of the second.
    """
    meetings = Meeting.objects.select_related("coalition", "summary_sent", "minutes").filter(state=State.PUBLISHED)
    meeting = meetings.filter(pk=activity.object_id, summary_sent__isnull=False, cancelled_at__isnull=True).first()
    if meeting is None:
        return
    once = f"summary:{meeting.pk}:{meeting.summary_sent.sent_at:%Y%m%dT%H%M%S%f}"
    yield build_summary_notification(meeting, find_people_with_seat(meeting.coalition), once)
    apply = email_links.build_absolute_url(reverse("coalitions:apply", args=[meeting.coalition.slug]))
    path = meeting.get_absolute_url()
    yield NotificationEmail(
        coalition=meeting.coalition,
        people=find_newcomers_at_meeting(meeting),
        topic=SUMMARY_NOTIFICATION_TOPIC,
        write=defer_email_rendering("meetings/email/summary_for_newcomers.txt", path, meeting=meeting, apply=apply),
        record=meeting,
        once=f"newcomer:{meeting.pk}",
    )


def find_newcomers_at_meeting(meeting: Meeting) -> list[Person]:
    """Return the adults without a seat who came for the first time, as far as the coalition knows them."""
    rows = Attendance.objects.filter(
        meeting=meeting, came_as__in=FIRST_TIME_ATTENDANCE_ROLES, capacity__person__isnull=False
    )
    rows = rows.without_minors().select_related("capacity__person").order_by("pk")
    people = {row.capacity.person.pk: row.capacity.person for row in rows if row.capacity.person is not None}
    members = {person.pk for person in find_people_with_seat(meeting.coalition)}
    return [person for pk, person in people.items() if pk not in members]
