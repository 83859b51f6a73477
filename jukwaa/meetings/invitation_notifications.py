"""Invitations to a meeting as notifications: to members, and to guests."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from django.utils.functional import Promise

from jukwaa.accounts.models import Person
from jukwaa.meetings import series_emails
from jukwaa.meetings.agenda_emails import EmailedAgenda
from jukwaa.meetings.calendar_files import build_meeting_calendar_file, has_calendar_day
from jukwaa.meetings.guests import build_guest_emails
from jukwaa.meetings.invitation_emails import INVITATION_REPLY_PREFIX, SERIES_REPLY_PREFIX, get_reply_links
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.observers import are_observers_invited, find_invited_observers
from jukwaa.meetings.session_people import find_session_roles
from jukwaa.meetings.time_formatting import build_meeting_time_lines, format_first_time_line
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email


def build_guest_invitations(meeting: Meeting, *, is_for_series: bool = False) -> Iterator[NotificationEmail]:
    """Build the invitation for the guests: of a series, it names the later meetings to which observers are invited."""
    later = series_emails.find_later_open_meetings(meeting) if is_for_series else []
    invitation = build_invitation_notification(meeting, [], is_for_series=is_for_series)
    observers = frozenset(person.pk for person in find_invited_observers(meeting))
    later = [each for each in later if are_observers_invited(each)]
    agenda = EmailedAgenda(meeting, is_for_guests=True)
    write_to = partial(_render_invitation_email, meeting, agenda, later, find_session_roles(meeting), observers)
    answer = _get_reply_option(meeting, later)
    for_guests = replace(invitation, write_to=write_to, answer=answer)
    for news in build_guest_emails(for_guests, meeting, build_invitation_path):
        yield replace(news, names=(meeting, *later))


def build_invitation_notification(
    meeting: Meeting, people: list[Person], *, is_for_series: bool = False
) -> NotificationEmail:
    """Build the invitation. Members reply by a personal link, by email or from their calendar.

    `is_for_series` is for the meetings of a series that are published together: people are invited to the first, whose
    email names the later ones. The reply to it is for all of them.
    """
    later = series_emails.find_later_open_meetings(meeting) if is_for_series else []
    later = [each for each in later if each.invites == meeting.invites]  # the same people, if they were chosen
    return NotificationEmail(
        coalition=meeting.coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=partial(render_email_with_time, "meetings/email/meeting_scheduled.txt", meeting),
        write_to=partial(
            _render_invitation_email, meeting, EmailedAgenda(meeting), later, find_session_roles(meeting), frozenset()
        ),
        record=meeting,
        answer=_get_reply_option(meeting, later),
        once=series_emails.build_invitation_key(meeting) if is_for_series else f"invited:{meeting.pk}",
        calendar=get_request_builder(meeting),
        to_list=meeting.invites == Meeting.Invites.EVERYONE,
    )


def _get_reply_option(meeting: Meeting, later: list[Meeting]) -> ReplyOption:
    return ReplyOption(f"{SERIES_REPLY_PREFIX if later else INVITATION_REPLY_PREFIX}:{meeting.pk}")


def get_request_builder(meeting: Meeting) -> Callable[[str], str] | None:
    """Return what makes the file for an address; nothing while the day is not known."""
    if not has_calendar_day(meeting):
        return None
    return lambda address: build_meeting_calendar_file(
        meeting, calendar_method="REQUEST", attendee_address=address, with_joining_link=True
    )


def _render_invitation_email(
    meeting: Meeting,
    agenda: EmailedAgenda,
    later: list[Meeting],
    roles: Mapping[int, Sequence[str | Promise]],
    observers: Collection[int],
    person: Person,
) -> EmailText:
    times = build_meeting_time_lines(meeting)
    return render_email_with_time(
        "meetings/email/invitation.txt",
        meeting,
        items=agenda.get_items(times),
        zone=times[0].zone if times else "",
        replies=get_reply_links(person, meeting, is_for_series=bool(later)),
        roles=roles.get(person.pk, ()),
        is_observer=person.pk in observers,
        is_for_guardian=person.is_minor,
        later=list(map(format_first_time_line, later)),
    )


def render_email_with_time(template: str, meeting: Meeting, **context: object) -> EmailText:
    """Render an email in the language and time zone of its reader."""
    times = build_meeting_time_lines(meeting)
    return render_email(template, meeting.get_absolute_url(), meeting=meeting, times=times, **context)
