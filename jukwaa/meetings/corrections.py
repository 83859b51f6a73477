"""Corrections of the minutes of one meeting as one reader sees them, errata, and the email about what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.library.exported_records import ResponseText
from jukwaa.meetings.circulation import get_corrections_path
from jukwaa.meetings.models import Correction, Entry, Erratum, Meeting, Minutes
from jukwaa.meetings.policies import can_correct_minutes
from jukwaa.records.models import Record, State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering


@dataclass
class CorrectionPage:
    minutes: Minutes
    standing: Standing

    @cached_property
    def corrections(self) -> list[Correction]:
        """The open ones first, each with the `name` of its author for this reader."""
        rows = find_readable_corrections(self.minutes, self.standing)
        rows = rows.select_related("entry__part", "capacity__person", "capacity__organisation", "erratum")
        corrections = sorted(rows, key=lambda each: not each.is_open)
        for each in corrections:
            each.name = "" if each.is_anonymous else get_display_name(each.capacity, self.standing)  # type: ignore[attr-defined]  # for the page
        return corrections

    @property
    def may_propose_correction(self) -> bool:
        is_open = self.minutes.circulated_at is not None or not self.minutes.is_draft
        return is_open and can_correct_minutes(self.standing, self.minutes.meeting)

    @cached_property
    def approval_meeting(self) -> Meeting | None:
        return find_approval_meeting(self.minutes, self.standing)


def find_readable_corrections(minutes: Minutes, viewer_standing: Standing) -> QuerySet[Correction]:
    """Return the corrections about all of the minutes, and those about entries that the viewer may read."""
    entries = Entry.objects.visible_to(viewer_standing.viewer).filter(state=State.PUBLISHED)
    return Correction.objects.filter(Q(entry=None) | entries.exists_for("entry"), minutes=minutes)


def find_approval_meeting(minutes: Minutes | None, viewer_standing: Standing) -> Meeting | None:
    """Return the meeting at which minutes were approved, if there is one that this viewer may read."""
    if minutes is None or minutes.approved_at_meeting_id is None:
        return None
    readable = Meeting.objects.visible_to(viewer_standing.viewer).filter(state=State.PUBLISHED)
    meeting = readable.filter(pk=minutes.approved_at_meeting_id).first()
    if meeting is not None:
        meeting.coalition = viewer_standing.coalition
    return meeting


def find_errata_by_entry(meeting: Meeting) -> dict[int | None, list[Erratum]]:
    """Return the errata of approved minutes by entry; None for those of the minutes as a whole."""
    errata: dict[int | None, list[Erratum]] = defaultdict(list)
    for erratum in Erratum.objects.filter(meeting=meeting).select_related("person"):
        errata[erratum.entry_id].append(erratum)
    return errata


def get_erratum_author_line(erratum: Erratum) -> str:
    """Return when an erratum was added and in which role, without the name of the person."""
    day, role = format_long_date(erratum.day), erratum.get_role_display()
    return _("%(day)s, by the %(role)s") % {"day": day, "role": role}


def get_errata_by_record(records: Sequence[Record]) -> dict[int, list[ResponseText]]:
    """Return the errata of records, without the names of their authors, for exports."""
    told: dict[int, list[ResponseText]] = defaultdict(list)
    rows: Iterable[Erratum] = Erratum.objects.filter(entry__in=[record.pk for record in records])
    for erratum in rows:
        told[erratum.entry_id or 0].append(ResponseText(get_erratum_author_line(erratum), erratum.text))
    return told


def notify_correction_decided(activity: Activity) -> Iterator[NotificationEmail]:
    """To its author, as long as they may correct the minutes: not to somebody who has left."""
    rows = Correction.objects.select_related("minutes__meeting__coalition", "author", "entry", "erratum")
    correction = rows.filter(pk=activity.object_id, minutes__meeting__state=State.PUBLISHED).first()
    if correction is None or correction.is_open or (correction.entry and correction.entry.state != State.PUBLISHED):
        return
    meeting, author = correction.minutes.meeting, correction.author
    if not can_correct_minutes(ViewerContext(author), meeting):
        return
    yield NotificationEmail(
        coalition=meeting.coalition,
        people=[author],
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering(
            "meetings/email/correction_decided.txt",
            get_corrections_path(meeting),
            correction=correction,
            meeting=meeting,
        ),
        record=meeting,
        once=f"correction:{correction.pk}",
    )
