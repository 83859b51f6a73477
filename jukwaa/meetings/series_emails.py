"""Emails about several meetings of a series at once: one for each member, whatever has changed."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.calendar_files import build_series_calendar_file, has_calendar_day
from jukwaa.meetings.guests import build_guest_emails
from jukwaa.meetings.invitation_emails import SERIES_REPLY_PREFIX, get_reply_links
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.models import Meeting, MeetingQuerySet
from jukwaa.meetings.observers import are_observers_invited
from jukwaa.meetings.participants import find_chosen_person_ids, group_invited_members
from jukwaa.meetings.schedule_changes import find_schedule_change
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.recipients import get_actor_ids

SERIES_CHANGE_WINDOW = timedelta(minutes=5)  # that one transaction takes at most
CHANGED_TEMPLATE, CANCELLED_TEMPLATE = "meetings/email/series_rescheduled.txt", "meetings/email/series_cancelled.txt"


def notify_series_changed(activity: Activity) -> Iterator[NotificationEmail]:
    """The time and place of each meeting to come, as they are when the email is sent."""
    yield from _notify_series_members(activity, CHANGED_TEMPLATE, is_cancelled=False)


def notify_series_cancelled(activity: Activity) -> Iterator[NotificationEmail]:
    yield from _notify_series_members(activity, CANCELLED_TEMPLATE, is_cancelled=True)


def _notify_series_members(activity: Activity, template: str, *, is_cancelled: bool) -> Iterator[NotificationEmail]:
    first = _find_meetings_readable_by_email().filter(pk=activity.object_id, series__isnull=False).first()
    meetings = _find_later_meetings(first, activity, is_cancelled=is_cancelled) if first else []
    if first is None or not meetings:
        return
    for people, invited_to in group_invited_members(meetings):
        yield _build_series_email(activity, template, invited_to, people, is_cancelled=is_cancelled)
    for_observers = [each for each in meetings if are_observers_invited(each) and not _is_newly_open(each, activity)]
    if for_observers:
        news = _build_series_email(activity, template, for_observers, [], is_cancelled=is_cancelled)
        yield from build_guest_emails(news, for_observers[0], build_invitation_path)


def _is_newly_open(meeting: Meeting, activity: Activity) -> bool:
    """Return whether the change of the series opened it to observers: they get an invitation."""
    period = activity.at - SERIES_CHANGE_WINDOW, activity.at
    changes = Activity.objects.filter(
        kind="meeting", object_id=meeting.pk, verb="changed-with-series", at__range=period
    )
    change = changes.order_by("-pk").first()
    return change is not None and find_schedule_change(change, meeting).are_observers_added


def _build_series_email(
    activity: Activity, template: str, meetings: list[Meeting], people: list[Person], *, is_cancelled: bool
) -> NotificationEmail:
    first = meetings[0]
    dated = [meeting for meeting in meetings if has_calendar_day(meeting)]
    return NotificationEmail(
        coalition=first.coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=lambda: _render_series_email(template, first, meetings),
        write_to=None if is_cancelled else lambda person: _render_series_invitation(template, first, meetings, person),
        record=first,
        answer=None if is_cancelled else ReplyOption(f"{SERIES_REPLY_PREFIX}:{first.pk}"),
        once=f"series:{activity.pk}",
        calendar=(lambda _address: build_series_calendar_file(dated)) if dated else None,
        but=get_actor_ids(activity),
    )


def _find_meetings_readable_by_email() -> MeetingQuerySet:
    return Meeting.objects.filter(state=State.PUBLISHED, label__in=LABELS_READABLE_BY_EMAIL).select_related(
        "coalition", "series"
    )


def build_invitation_key(meeting: Meeting) -> str:
    """Return what the meetings of a series that were published together have in common: people are invited once."""
    published_at = meeting.published_at or timezone.now()
    together = Meeting.objects.filter(
        series=meeting.series_id,
        published_at__range=(published_at - SERIES_CHANGE_WINDOW, published_at),
        invites=meeting.invites,
    )
    first = together.order_by("published_at", "pk").values_list("pk", flat=True).first()
    return f"series:{meeting.series_id}:{first}"


def is_series_invited_together(meeting: Meeting) -> bool:
    """Return whether all planned meetings of the series invite the same members: one invitation is enough for them."""
    if meeting.series_id is None or meeting.invites == Meeting.Invites.EVERYONE:
        return meeting.series_id is not None
    chosen = find_chosen_person_ids(meeting)
    return all(
        each.invites == meeting.invites and find_chosen_person_ids(each) == chosen
        for each in _find_meetings_readable_by_email().filter(series=meeting.series_id, cancelled_at__isnull=True)
        if each.is_planned
    )


def find_later_open_meetings(meeting: Meeting) -> list[Meeting]:
    """Return the later meetings of a series that every member can read and reply to, in their order."""
    if meeting.series_id is None:
        return []
    later = _find_meetings_readable_by_email().filter(series=meeting.series_id, order_day__gte=meeting.order_day)
    planned = later.filter(cancelled_at__isnull=True).exclude(pk=meeting.pk).order_by("order_day", "pk")
    return [each for each in planned if each.is_planned]


def _find_later_meetings(first_meeting: Meeting, activity: Activity, *, is_cancelled: bool) -> list[Meeting]:
    """Return the later meetings of the series; of cancelled ones, those that were cancelled together."""
    meetings = _find_meetings_readable_by_email().filter(
        series=first_meeting.series_id, order_day__gte=first_meeting.order_day
    )
    if is_cancelled:
        together = activity.at - SERIES_CHANGE_WINDOW, activity.at
        meetings = meetings.filter(cancelled_at__range=together, cancellation_reason=first_meeting.cancellation_reason)
    else:
        meetings = meetings.filter(cancelled_at__isnull=True, published_at__lte=activity.at)
    return [meeting for meeting in meetings.order_by("order_day", "pk") if is_cancelled or not meeting.is_held]


def _render_series_invitation(
    template: str, first_meeting: Meeting, meetings: list[Meeting], person: Person
) -> EmailText:
    replies = get_reply_links(person, first_meeting, is_for_series=True)
    return _render_series_email(template, first_meeting, meetings, replies=replies, is_for_guardian=person.is_minor)


def _render_series_email(
    template: str, first_meeting: Meeting, meetings: list[Meeting], **context: object
) -> EmailText:
    """Render an email in the language and time zone of its reader."""
    rows = [(meeting, build_meeting_time_lines(meeting)) for meeting in meetings]
    words = {
        "series": first_meeting.series,
        "rows": rows,
        "first": first_meeting,
        "has_file": all(map(has_calendar_day, meetings)),
    }
    return render_email(template, first_meeting.get_absolute_url(), **words, **context)
