"""Draft minutes that are circulated for correction: when they can be, and the email that holds them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.meetings.models import Entry, Meeting, Minutes, is_draft
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.records.models import State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    ReplyOption,
    defer_email_rendering,
    render_email,
)
from jukwaa.updates.recipients import get_actor_ids

MINUTES_REPLY_PREFIX = "minutes"  # with which the subjects of reply addresses begin
CIRCULATION_NOTIFICATION_TOPIC = EmailTopic.CONCERNS


def get_circulation_obstacle(meeting: Meeting, entries: Sequence[Entry]) -> str:
    """Return why the minutes with these entries can't be circulated, if they can't."""
    if meeting.state != State.PUBLISHED:
        return _("Publish the meeting before you send its minutes for correction.")
    if not meeting.is_held:
        return _("You can send the minutes for correction after the meeting has ended.")
    if not is_draft(meeting):
        return _("Only draft minutes can be sent for correction. There is no draft of these minutes.")
    if not entries:
        return _("Add an entry to the minutes before you send them for correction.")
    return ""


def list_circulated_entries(meeting: Meeting) -> list[Entry]:
    """Return the entries that every member may read, in the order of the minutes.

    They are known by `position` in the email and in replies to it.
    """
    rows = Entry.objects.filter(meeting=meeting, state=State.PUBLISHED, label__in=LABELS_OPEN_TO_ROLES)
    speakers = Prefetch("speakers", Capacity.objects.select_related("person", "organisation"))
    return list(rows.select_related("part", "commitment").prefetch_related(speakers).order_by("position", "pk"))


@dataclass(frozen=True)
class CirculatedEntryLine:
    number: int
    kind: str
    text: str
    speakers: str


@dataclass(frozen=True)
class CirculatedMinutesSection:
    title: str  # empty for what was said outside of any agenda item
    is_chatham: bool
    entries: list[CirculatedEntryLine]


@dataclass
class MinutesEmail:
    """The minutes, in the language of their reader."""

    minutes: Minutes
    entries: Sequence[Entry]
    sections: dict[str, list[CirculatedMinutesSection]] = field(default_factory=dict)

    def __call__(self) -> EmailText:
        language, meeting = get_language() or "en", self.minutes.meeting
        if language not in self.sections:
            self.sections[language] = build_minutes_sections(meeting, self.entries)
        until = self.minutes.corrections_until
        context = {
            "meeting": meeting,
            "sections": self.sections[language],
            "until": format_long_date(until) if until else "",
            "allows_silence": self.minutes.allows_silence,
        }
        return render_email("meetings/email/minutes_circulated.txt", get_corrections_path(meeting), **context)


def build_minutes_sections(meeting: Meeting, entries: Sequence[Entry]) -> list[CirculatedMinutesSection]:
    """Return the minutes by agenda item, as everyone may read them: an email is passed on."""
    written_names = WrittenNames(meeting.coalition_id)
    parts = {entry.part_id: entry.part for entry in entries}
    order = sorted(parts.values(), key=lambda part: (part.position, part.pk) if part else (-1, 0))
    return [
        CirculatedMinutesSection(
            title=part.title if part else "",
            is_chatham=bool(part and part.chatham),
            entries=[
                _build_minutes_entry_line(entry, written_names)
                for entry in entries
                if entry.part_id == (part.pk if part else None)
            ],
        )
        for part in order
    ]


def _build_minutes_entry_line(entry: Entry, written_names: WrittenNames) -> CirculatedEntryLine:
    """Return the line of an entry, without minors and without names under the Chatham House Rule."""
    speakers = [] if entry.is_chatham else [each for each in entry.speakers.all() if not _is_minor(each.person)]
    names = (
        format_list_in_sentence([get_display_name(each, None, written_names) for each in speakers]) if speakers else ""
    )
    return CirculatedEntryLine(entry.position, str(entry.kind_info.label), " ".join(entry.text.split()), names)


def _is_minor(person: object) -> bool:
    return bool(getattr(person, "is_minor", False))


def get_corrections_path(meeting: Meeting) -> str:
    return reverse("meetings:correction_list", args=[meeting.coalition.slug, meeting.pk])


def build_minutes_notification(
    minutes: Minutes, entries: Sequence[Entry], people: Iterable[Person] = (), sent_once_key: str = ""
) -> NotificationEmail:
    meeting = minutes.meeting
    return NotificationEmail(
        coalition=meeting.coalition,
        people=people,
        topic=CIRCULATION_NOTIFICATION_TOPIC,
        write=MinutesEmail(minutes, entries),
        record=meeting,
        answer=ReplyOption(f"{MINUTES_REPLY_PREFIX}:{minutes.pk}"),
        once=sent_once_key,
    )


def notify_minutes_circulated(activity: Activity) -> Iterator[NotificationEmail]:
    """To the members. Minutes that were circulated again before the first email left are one email."""
    drafts = Minutes.objects.filter(meeting=activity.object_id, meeting__state=State.PUBLISHED, approved_at=None)
    minutes = drafts.filter(circulated_at__isnull=False).select_related("meeting__coalition").first()
    if minutes is None or minutes.circulated_at is None:
        return
    once = f"minutes:{minutes.pk}:{minutes.circulated_at:%Y%m%dT%H%M%S%f}"
    entries = list_circulated_entries(minutes.meeting)
    yield build_minutes_notification(minutes, entries, find_people_with_seat(minutes.meeting.coalition), once)


def notify_minutes_approved(activity: Activity) -> Iterator[NotificationEmail]:
    """To the members: one line, since they were sent the minutes before."""
    approved = Minutes.objects.filter(meeting=activity.object_id, approved_at__isnull=False)
    minutes = approved.filter(meeting__state=State.PUBLISHED).select_related("meeting__coalition").first()
    if minutes is None:
        return
    meeting = minutes.meeting
    yield NotificationEmail(
        coalition=meeting.coalition,
        people=find_people_with_seat(meeting.coalition),
        topic=CIRCULATION_NOTIFICATION_TOPIC,
        write=defer_email_rendering("meetings/email/minutes_approved.txt", meeting.get_absolute_url(), meeting=meeting),
        record=meeting,
        once=f"minutes-approved:{minutes.pk}",
        but=get_actor_ids(activity),
    )
