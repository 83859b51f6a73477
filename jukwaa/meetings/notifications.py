"""News of what meetings published, and what was promised there.

A publication is told once it has waited. What was withdrawn meanwhile, or withdrawn and published anew (which is an
activity of its own), is not told by the first one.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.mail.delivery_checks import delivery_checks, outdated_email_explanations
from jukwaa.meetings import idea_emails, series_emails
from jukwaa.meetings.calendar_files import build_meeting_calendar_file, build_series_calendar_file, has_calendar_day
from jukwaa.meetings.circulation import notify_minutes_approved, notify_minutes_circulated
from jukwaa.meetings.corrections import notify_correction_decided
from jukwaa.meetings.guests import (
    INVITED_KEY_PREFIX,
    UNINVITED_KEY_PREFIX,
    build_guest_emails,
    drop_held_emails_to_uninvited,
    explain_emails_to_uninvited,
    find_emailed_people,
    find_emails_to_uninvited,
    find_invited_people,
    find_observers_to_uninvite,
)
from jukwaa.meetings.invitation_notifications import (
    build_guest_invitations,
    build_invitation_notification,
    get_request_builder,
    render_email_with_time,
)
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.missing_groups import notify_missing_groups
from jukwaa.meetings.models import IDEA_RECORD_KIND, Commitment, CommitmentChange, Meeting, Report
from jukwaa.meetings.observers import are_observers_invited, find_invited_observers
from jukwaa.meetings.participants import find_invited_members
from jukwaa.meetings.poll_emails import notify_poll_opened
from jukwaa.meetings.schedule_changes import ScheduleChange, find_schedule_change
from jukwaa.meetings.summaries import notify_summary_sent
from jukwaa.meetings.time_formatting import build_meeting_time_lines, format_meeting_day
from jukwaa.records.models import Record, State
from jukwaa.updates.models import EmailTopic, Letter
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    ReplyOption,
    defer_email_rendering,
    render_email,
)
from jukwaa.updates.recipients import (
    find_coalition_coordinators,
    find_news_subscribers,
    find_organisation_representatives,
    get_actor_ids,
)
from jukwaa.updates.registries import notifications

WITHDRAWN_TEMPLATE = "meetings/email/observer_invitation_withdrawn.txt"


@notifications.register(("meeting", "published"))
def notify_meeting_published(activity: Activity) -> Iterator[NotificationEmail]:
    meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
    meeting = meetings.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if meeting is None:
        return
    if meeting.is_held and hasattr(meeting, "imported_event"):
        return  # the meetings of years come at once
    if meeting.is_held:
        write = defer_email_rendering(
            "meetings/email/meeting_published.txt", meeting.get_absolute_url(), title=meeting.title
        )
        yield _build_record_email(meeting, write, activity)
    elif not meeting.is_cancelled and meeting.invites != Meeting.Invites.NOBODY:
        was_invited = Activity.objects.filter(kind="meeting", verb="invited", object_id=meeting.pk).exists()
        is_for_series = not was_invited and series_emails.is_series_invited_together(meeting)
        people = find_invited_members(meeting)
        yield build_invitation_notification(meeting, people, is_for_series=is_for_series)
        yield from build_guest_invitations(meeting, is_for_series=is_for_series)


@notifications.register(("meeting", "invited"))
def notify_members_invited(activity: Activity) -> Iterator[NotificationEmail]:
    """Invite to this very meeting, without waiting. Whoever was invited to it before gets nothing."""
    meeting = _find_announced_meeting(activity)
    if meeting is not None and not meeting.is_cancelled and not meeting.is_held:
        invitation = build_invitation_notification(meeting, find_invited_members(meeting))
        of_series = Letter.objects.filter(Q(record=meeting.pk) | Q(names=meeting.pk)).filter(
            message__key__startswith=f"series:{meeting.series_id}:"
        )
        told = frozenset(of_series.values_list("person", flat=True)) if meeting.series_id else frozenset()
        yield replace(invitation, but=told, to_list=invitation.to_list and not told)
        for guest_invitation in build_guest_invitations(meeting):
            yield replace(guest_invitation, but=find_invited_people(meeting, activity))


def _get_calendar_cancellation_builder(schedule_change: ScheduleChange) -> Callable[[str], str] | None:
    """Return what takes the former day out of calendars, where there is no new one yet."""
    if not has_calendar_day(schedule_change.before):
        return None
    former = copy.copy(schedule_change.now)
    former.title = schedule_change.before.title
    for name, value in schedule_change.before.appointment.items():
        setattr(former, name, value)
    former.cancelled_at = timezone.now()
    return lambda address: build_meeting_calendar_file(former, calendar_method="CANCEL", attendee_address=address)


@notifications.register(("meeting", "changed"), ("meeting", "restored"))
def notify_meeting_changed(activity: Activity) -> Iterator[NotificationEmail]:
    """To everybody, with the old and the new time and place, and to observers if they are invited now, or no more."""
    meeting = _find_announced_meeting(activity)
    change = find_schedule_change(activity, meeting) if meeting else None
    if meeting is None or change is None or meeting.is_held or meeting.is_cancelled:
        return
    if change.are_observers_added:
        yield from _invite_observers(meeting, activity)
    if change.are_observers_removed:
        yield _build_withdrawn_invitation(meeting, change, activity)
    if change:
        yield from _build_rescheduling_emails(meeting, change, activity)


def _invite_observers(
    meeting: Meeting, activity: Activity, *, is_for_series: bool = False
) -> Iterator[NotificationEmail]:
    """Each once, and again if their invitation was withdrawn."""
    invited = find_invited_people(meeting, activity)
    for news in build_guest_invitations(meeting, is_for_series=is_for_series):
        yield replace(news, but=invited, once=f"{INVITED_KEY_PREFIX}{activity.pk}")


def _build_rescheduling_emails(
    meeting: Meeting, schedule_change: ScheduleChange, activity: Activity
) -> Iterator[NotificationEmail]:
    """Once for all that changed since the last email. Observers who are invited only now need not be told."""
    news = NotificationEmail(
        coalition=meeting.coalition,
        people=find_invited_members(meeting),
        topic=EmailTopic.CONCERNS,
        write=partial(_render_rescheduled_email, schedule_change),
        record=meeting,
        once=f"rescheduled:{meeting.pk}:{meeting.sequence}",
        calendar=get_request_builder(meeting) or _get_calendar_cancellation_builder(schedule_change),
        but=get_actor_ids(activity),
    )
    yield news
    new = {person.pk for person in find_invited_observers(meeting)} if schedule_change.are_observers_added else set()
    yield from build_guest_emails(replace(news, but=news.but | new), meeting, build_invitation_path)


def _build_withdrawn_invitation(
    meeting: Meeting, schedule_change: ScheduleChange, activity: Activity
) -> NotificationEmail:
    """To observers who are not invited any more, with what they knew: others may read the meeting by now."""
    drop_held_emails_to_uninvited([meeting])
    path = reverse("home:front", args=[meeting.coalition.slug])
    build_calendar = _get_calendar_cancellation_builder(schedule_change)
    return NotificationEmail(
        coalition=meeting.coalition,
        people=find_observers_to_uninvite([meeting]),
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering(
            WITHDRAWN_TEMPLATE, path, title=schedule_change.before.title, has_file=build_calendar is not None
        ),
        names=(meeting,),
        once=f"{UNINVITED_KEY_PREFIX}{activity.pk}",
        calendar=build_calendar,
    )


@notifications.register(("meeting", "changed-series-observers"))
def notify_series_observers_changed(activity: Activity) -> Iterator[NotificationEmail]:
    """Invite observers to this and later meetings of a series by one email, or withdraw their invitations by one."""
    meeting = _find_announced_meeting(activity)
    if meeting is None or meeting.series is None or not meeting.is_planned:
        return
    if are_observers_invited(meeting):
        yield from _invite_observers(meeting, activity, is_for_series=True)
        return
    this_and_later = [meeting, *series_emails.find_later_open_meetings(meeting)]
    closed = [each for each in this_and_later if not are_observers_invited(each)]
    drop_held_emails_to_uninvited(closed)
    meetings = [each for each in closed if find_emailed_people([each])]
    if not meetings:
        return
    dated = [_build_cancelled_copy(each) for each in meetings if has_calendar_day(each)]
    yield NotificationEmail(
        coalition=meeting.coalition,
        people=find_observers_to_uninvite(meetings),
        topic=EmailTopic.CONCERNS,
        write=partial(_render_withdrawn_series, meeting, has_file=bool(dated)),
        names=tuple(meetings),
        once=f"{UNINVITED_KEY_PREFIX}{activity.pk}",
        calendar=(lambda _address: build_series_calendar_file(dated)) if dated else None,
    )


def _render_withdrawn_series(meeting: Meeting, *, has_file: bool) -> EmailText:
    path = reverse("home:front", args=[meeting.coalition.slug])
    first_day = format_meeting_day(meeting)
    return render_email(WITHDRAWN_TEMPLATE, path, title=meeting.series, first_day=first_day, has_file=has_file)


def _build_cancelled_copy(meeting: Meeting) -> Meeting:
    """Return the meeting as those see it in their calendars who are not invited any more."""
    withdrawn = copy.copy(meeting)
    withdrawn.cancelled_at = timezone.now()
    return withdrawn


def _render_rescheduled_email(schedule_change: ScheduleChange) -> EmailText:
    before = build_meeting_time_lines(schedule_change.before)
    has_file = has_calendar_day(schedule_change.now)
    words = {"change": schedule_change, "before": before, "has_file": has_file}
    words["removes_entry"] = not has_file and has_calendar_day(schedule_change.before)
    return render_email_with_time("meetings/email/meeting_rescheduled.txt", schedule_change.now, **words)


@notifications.register(("meeting", "cancelled"))
def notify_meeting_cancelled(activity: Activity) -> Iterator[NotificationEmail]:
    meeting = _find_announced_meeting(activity)
    if meeting is None or not meeting.is_cancelled:
        return
    news = NotificationEmail(
        coalition=meeting.coalition,
        people=find_invited_members(meeting),
        topic=EmailTopic.CONCERNS,
        write=partial(render_email_with_time, "meetings/email/meeting_cancelled.txt", meeting),
        record=meeting,
        calendar=lambda address: build_meeting_calendar_file(
            meeting, calendar_method="CANCEL", attendee_address=address
        ),
        but=get_actor_ids(activity),
    )
    yield news
    yield from build_guest_emails(news, meeting, build_invitation_path)


def _find_announced_meeting(activity: Activity) -> Meeting | None:
    meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
    return meetings.filter(pk=activity.object_id, published_at__lte=activity.at).first()


@notifications.register(("report", "published"))
def notify_report_published(activity: Activity) -> Iterator[NotificationEmail]:
    reports = Report.objects.select_related("meeting__coalition").filter(meeting__state=State.PUBLISHED)
    report = reports.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if report is None:
        return
    meeting = report.meeting
    path = reverse("meetings:report_detail", args=[meeting.coalition.slug, meeting.pk])
    write = defer_email_rendering("meetings/email/report_published.txt", path, title=meeting.title)
    yield _build_record_email(meeting, write, activity)


def _build_record_email(record: Record, render_email: Callable[[], EmailText], activity: Activity) -> NotificationEmail:
    return NotificationEmail(
        coalition=record.coalition,
        people=find_news_subscribers(record.coalition),
        topic=EmailTopic.NEWS,
        write=render_email,
        record=record,
        may_answer=True,
        to_list=True,
        but=get_actor_ids(activity),
    )


@notifications.register(("commitment", "published"), ("commitment", "proposed-owner"))
def notify_owner_named(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify the representatives of the owner, who confirm or decline the commitment."""
    commitment = _find_commitment_of_activity(activity)
    if commitment is None or not commitment.is_open or not (commitment.proposed_name or commitment.owner):
        return
    is_proposed = bool(commitment.proposed_name)
    write = defer_email_rendering(
        "meetings/email/commitment_recorded.txt",
        commitment.entry.get_absolute_url(),
        owner=commitment.proposed_name or commitment.owner,
        text=commitment.written_text,
        due=commitment.due_text,
        is_proposed=is_proposed,
        is_withheld=commitment.awaits_confirmation,
        is_person=commitment.proposed_person is not None,
    )
    yield _build_commitment_notification(
        commitment,
        _find_people_to_ask_for_confirmation(commitment) if is_proposed else find_responsible_people(commitment),
        write,
        activity,
    )


def _find_people_to_ask_for_confirmation(commitment: Commitment) -> list[Person]:
    """Return who is asked to confirm it: those who represent the proposed owner, or the person on their own."""
    if commitment.proposed is not None:
        return find_organisation_representatives(commitment.proposed)
    return [commitment.proposed_person] if commitment.proposed_person else []


@notifications.register(("commitment", "declined-owner"))
def notify_owner_declined(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify the coordinators and the owner who had asked another one to take over."""
    commitment = _find_commitment_of_activity(activity)
    if commitment is None or commitment.proposed_name:
        return
    declined = commitment.changes.filter(event=CommitmentChange.Event.DECLINED).last()
    write = defer_email_rendering(
        "meetings/email/commitment_declined.txt",
        commitment.entry.get_absolute_url(),
        title=commitment.entry.title,
        text=commitment.entry.text,
        owner=declined.before if declined else "",
        reason=declined.note if declined else "",
    )
    people = find_coalition_coordinators(commitment.entry.coalition)
    if not commitment.needs_owner:
        people = [*people, *find_responsible_people(commitment)]
    yield NotificationEmail(
        coalition=commitment.entry.coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=write,
        record=commitment.entry,
        but=get_actor_ids(activity),
    )


def _find_commitment_of_activity(activity: Activity) -> Commitment | None:
    rows = Commitment.objects.select_related(
        "entry__coalition", "owner__organisation", "owner__person", "proposed_organisation__merged_into", "responsible"
    )
    rows = rows.filter(entry__state=State.PUBLISHED, entry__published_at__lte=activity.at)
    # What stands in draft minutes is told once they are approved.
    rows = rows.exclude(entry__meeting__minutes__isnull=False, entry__meeting__minutes__approved_at=None)
    return rows.filter(entry=activity.object_id).first()


def _build_commitment_notification(
    commitment: Commitment, people: list[Person], render_email: Callable[[], EmailText], activity: Activity
) -> NotificationEmail:
    return NotificationEmail(
        coalition=commitment.entry.coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=render_email,
        record=commitment.entry,
        answer=ReplyOption(f"commitment:{commitment.pk}"),
        but=get_actor_ids(activity),
    )


def find_responsible_people(commitment: Commitment) -> list[Person]:
    """Return the person responsible, or else those who speak for the owner, or whoever promised it on their own."""
    owner = commitment.owner
    if owner is None:
        return []
    if owner.organisation is None:
        return [owner.person] if owner.person else []
    representatives = find_organisation_representatives(owner.organisation)
    responsible = commitment.responsible
    if responsible is None or responsible in representatives:
        return representatives
    return [responsible, *representatives]


notifications.register((IDEA_RECORD_KIND, "published"))(idea_emails.notify_idea_published)
notifications.register((IDEA_RECORD_KIND, "put-on-agenda"))(idea_emails.notify_idea_on_agenda)
notifications.register((IDEA_RECORD_KIND, "took-up"))(idea_emails.notify_idea_taken_up)
notifications.register((IDEA_RECORD_KIND, "merged"))(idea_emails.notify_ideas_merged)
notifications.register((IDEA_RECORD_KIND, "declined"))(idea_emails.notify_idea_declined)
notifications.register((IDEA_RECORD_KIND, "reopened"))(idea_emails.notify_idea_reopened)
notifications.register((IDEA_RECORD_KIND, "withdrew"))(idea_emails.notify_idea_withdrawn)
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
delivery_checks.register("guests of meetings")(find_emails_to_uninvited)
outdated_email_explanations.register("guests of meetings")(explain_emails_to_uninvited)
