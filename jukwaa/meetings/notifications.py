"""News of what meetings published, and what was promised there.

A publication is told once it has waited. What was withdrawn meanwhile, or withdrawn and published anew (which is an
activity of its own), is not told by the first one.
"""

import copy
from collections.abc import Callable, Iterator
from functools import partial

from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.meetings import idea_emails, series_emails
from jukwaa.meetings.appointments import Change, find_change
from jukwaa.meetings.calendar_files import build_calendar_file, has_calendar_day
from jukwaa.meetings.circulation import notify_minutes_approved, notify_minutes_circulated
from jukwaa.meetings.corrections import notify_correction_decided
from jukwaa.meetings.invitation_emails import INVITATION, get_reply_links
from jukwaa.meetings.missing_groups import notify_missing_groups
from jukwaa.meetings.models import IDEA, Commitment, CommitmentChange, Meeting, Report
from jukwaa.meetings.participants import find_members
from jukwaa.meetings.poll_emails import notify_poll_opened
from jukwaa.meetings.summaries import notify_summary_sent
from jukwaa.meetings.time_text import get_time_lines
from jukwaa.records.models import Record, State
from jukwaa.updates.letters import Answer, News, Text, email, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, followers, speakers
from jukwaa.updates.registries import notifications


@notifications.register(("meeting", "published"))
def meeting_published(activity: Activity) -> Iterator[News]:
    meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
    meeting = meetings.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if meeting is None:
        return
    if meeting.is_held and hasattr(meeting, "imported_event"):
        return  # the meetings of years come at once
    if meeting.is_held:
        write = email("meetings/email/meeting_published.txt", meeting.get_absolute_url(), title=meeting.title)
        yield _news(meeting, write, activity)
    elif not meeting.is_cancelled:
        yield invite(meeting, find_members(meeting.coalition))


def invite(meeting: Meeting, people: list[Person]) -> News:
    """Each member can reply by a link of their own, by email, and from their calendar."""
    return News(
        coalition=meeting.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=partial(_write_about_time, "meetings/email/meeting_scheduled.txt", meeting),
        write_to=lambda person: _write_invitation(meeting, person),
        record=meeting,
        answer=Answer(f"{INVITATION}:{meeting.pk}"),
        once=f"series:{meeting.series_id}" if meeting.series_id else f"invited:{meeting.pk}",  # of a series, the first
        calendar=_request_of(meeting),
        to_list=True,
    )


def _request_of(meeting: Meeting) -> Callable[[str], str] | None:
    """Return what makes the file for an address; nothing while the day is not known."""
    if not has_calendar_day(meeting):
        return None
    return lambda address: build_calendar_file(meeting, method="REQUEST", attendee=address, with_joining_link=True)


def _cancellation_of(change: Change) -> Callable[[str], str] | None:
    """Return what takes the former day out of calendars, where there is no new one yet."""
    if not has_calendar_day(change.before):
        return None
    former = copy.copy(change.now)
    for name, value in change.before.appointment.items():
        setattr(former, name, value)
    former.cancelled_at = timezone.now()
    return lambda address: build_calendar_file(former, method="CANCEL", attendee=address)


def _write_invitation(meeting: Meeting, person: Person) -> Text:
    replies = get_reply_links(person, meeting)
    return _write_about_time("meetings/email/invitation.txt", meeting, replies=replies, is_for_guardian=person.is_minor)


@notifications.register(("meeting", "changed"), ("meeting", "restored"))
def notify_meeting_rescheduled(activity: Activity) -> Iterator[News]:
    """To everybody, with the old and the new time and place, once for all that changed since the last email."""
    meeting = _find_announced(activity)
    change = find_change(activity, meeting) if meeting else None
    if meeting is None or not change or meeting.is_held or meeting.is_cancelled:
        return
    yield News(
        coalition=meeting.coalition,
        people=find_members(meeting.coalition),
        topic=Topic.CONCERNS,
        write=partial(_write_rescheduled, change),
        record=meeting,
        once=f"rescheduled:{meeting.pk}:{meeting.sequence}",
        calendar=_request_of(meeting) or _cancellation_of(change),
        but=actor_of(activity),
    )


def _write_rescheduled(change: Change) -> Text:
    before = get_time_lines(change.before)
    has_file = has_calendar_day(change.now)
    words = {"change": change, "before": before, "has_file": has_file}
    words["removes_entry"] = not has_file and has_calendar_day(change.before)
    return _write_about_time("meetings/email/meeting_rescheduled.txt", change.now, **words)


@notifications.register(("meeting", "cancelled"))
def notify_meeting_cancelled(activity: Activity) -> Iterator[News]:
    meeting = _find_announced(activity)
    if meeting is None or not meeting.is_cancelled:
        return
    yield News(
        coalition=meeting.coalition,
        people=find_members(meeting.coalition),
        topic=Topic.CONCERNS,
        write=partial(_write_about_time, "meetings/email/meeting_cancelled.txt", meeting),
        record=meeting,
        calendar=lambda address: build_calendar_file(meeting, method="CANCEL", attendee=address),
        but=actor_of(activity),
    )


def _find_announced(activity: Activity) -> Meeting | None:
    meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
    return meetings.filter(pk=activity.object_id, published_at__lte=activity.at).first()


def _write_about_time(template: str, meeting: Meeting, **context: object) -> Text:
    """In the language and the time zone of its reader."""
    times = get_time_lines(meeting)
    return render_email(template, meeting.get_absolute_url(), meeting=meeting, times=times, **context)


@notifications.register(("report", "published"))
def report_published(activity: Activity) -> Iterator[News]:
    reports = Report.objects.select_related("meeting__coalition").filter(meeting__state=State.PUBLISHED)
    report = reports.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if report is None:
        return
    meeting = report.meeting
    path = reverse("meetings:report_detail", args=[meeting.coalition.slug, meeting.pk])
    write = email("meetings/email/report_published.txt", path, title=meeting.title)
    yield _news(meeting, write, activity)


def _news(record: Record, write: Callable[[], Text], activity: Activity) -> News:
    return News(
        coalition=record.coalition,
        people=followers(record.coalition),
        topic=Topic.NEWS,
        write=write,
        record=record,
        may_answer=True,
        to_list=True,
        but=actor_of(activity),
    )


@notifications.register(("commitment", "published"), ("commitment", "proposed-owner"))
def owner_named(activity: Activity) -> Iterator[News]:
    """To those who represent the owner: they know whether it was promised, and confirm it where they must."""
    commitment = _find_commitment(activity)
    if commitment is None or not commitment.is_open or not (commitment.proposed_name or commitment.owner):
        return
    is_proposed = bool(commitment.proposed_name)
    write = email(
        "meetings/email/commitment_recorded.txt",
        commitment.entry.get_absolute_url(),
        owner=commitment.proposed_name or commitment.owner,
        text=commitment.written_text,
        due=commitment.due_text,
        is_proposed=is_proposed,
        is_withheld=commitment.awaits_confirmation,
        is_person=commitment.proposed_person is not None,
    )
    yield _to_act_on(commitment, _find_asked(commitment) if is_proposed else owners(commitment), write, activity)


def _find_asked(commitment: Commitment) -> list[Person]:
    """Return who is asked to confirm it: those who represent the proposed owner, or the person on their own."""
    if commitment.proposed is not None:
        return speakers(commitment.proposed)
    return [commitment.proposed_person] if commitment.proposed_person else []


@notifications.register(("commitment", "declined-owner"))
def owner_declined(activity: Activity) -> Iterator[News]:
    """To the coordinators, and to the owner who had asked another one to take it on."""
    commitment = _find_commitment(activity)
    if commitment is None or commitment.proposed_name:
        return
    declined = commitment.changes.filter(event=CommitmentChange.Event.DECLINED).last()
    write = email(
        "meetings/email/commitment_declined.txt",
        commitment.entry.get_absolute_url(),
        title=commitment.entry.title,
        text=commitment.entry.text,
        owner=declined.before if declined else "",
        reason=declined.note if declined else "",
    )
    people = coordinators(commitment.entry.coalition)
    if not commitment.needs_owner:
        people = [*people, *owners(commitment)]
    yield News(
        coalition=commitment.entry.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=write,
        record=commitment.entry,
        but=actor_of(activity),
    )


def _find_commitment(activity: Activity) -> Commitment | None:
    rows = Commitment.objects.select_related(
        "entry__coalition", "owner__organisation", "owner__person", "proposed_organisation__merged_into", "responsible"
    )
    rows = rows.filter(entry__state=State.PUBLISHED, entry__published_at__lte=activity.at)
    # What stands in draft minutes is told once they are approved.
    rows = rows.exclude(entry__meeting__minutes__isnull=False, entry__meeting__minutes__approved_at=None)
    return rows.filter(entry=activity.object_id).first()


def _to_act_on(commitment: Commitment, people: list[Person], write: Callable[[], Text], activity: Activity) -> News:
    return News(
        coalition=commitment.entry.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=write,
        record=commitment.entry,
        answer=Answer(f"commitment:{commitment.pk}"),
        but=actor_of(activity),
    )


def owners(commitment: Commitment) -> list[Person]:
    """Return the person responsible, or else those who speak for the owner, or whoever promised it on their own."""
    owner = commitment.owner
    if owner is None:
        return []
    if owner.organisation is None:
        return [owner.person] if owner.person else []
    representatives = speakers(owner.organisation)
    responsible = commitment.responsible
    if responsible is None or responsible in representatives:
        return representatives
    return [responsible, *representatives]


notifications.register((IDEA, "published"))(idea_emails.notify_idea_published)
notifications.register((IDEA, "put-on-agenda"))(idea_emails.notify_on_agenda)
notifications.register((IDEA, "took-up"))(idea_emails.notify_taken_up)
notifications.register((IDEA, "merged"))(idea_emails.notify_merged)
notifications.register((IDEA, "declined"))(idea_emails.notify_declined)
notifications.register((IDEA, "reopened"))(idea_emails.notify_reopened)
notifications.register((IDEA, "withdrew"))(idea_emails.notify_withdrawn)
notifications.register(("mergerequest", "requested"))(idea_emails.notify_merge_requested)
notifications.register(("mergerequest", "declined"))(idea_emails.notify_merge_declined)
notifications.register(("meeting", "sent-summary"))(notify_summary_sent)
notifications.register(("timepoll", "opened"))(notify_poll_opened)
notifications.register(("meeting", "changed-series"))(series_emails.notify_series_changed)
notifications.register(("meeting", "cancelled-series"))(series_emails.notify_series_cancelled)
notifications.register(("groupmessage", "wrote"))(notify_missing_groups)
notifications.register(("meeting", "circulated-minutes"))(notify_minutes_circulated)
notifications.register(("meeting", "approved-minutes"))(notify_minutes_approved)
notifications.register(("correction", "decided"))(notify_correction_decided)
