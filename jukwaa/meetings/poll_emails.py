"""The emails with which members are asked which times suit them."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.core.dates import format_long_date
from jukwaa.meetings.models import TimeOption, TimePoll, TimeVote
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.meetings.polls import build_poll_link, format_closing_time, get_poll_options
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.meetings.times import get_local_datetime
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email

POLL_REPLY_PREFIX = "time-poll"  # with which the subjects of its reply addresses begin


def notify_poll_opened(activity: Activity) -> Iterator[NotificationEmail]:
    """Each member can answer by a link of their own, or by email. Those under 18 get it through their adult contact."""
    polls = TimePoll.objects.undecided().select_related("meeting__coalition")
    poll = polls.filter(pk=activity.object_id).first()
    if poll is None or not poll.is_open:
        return
    yield _build_poll_email(poll, find_people_with_seat(poll.coalition), EmailTopic.CONCERNS, "opened")


def build_poll_reminder(poll: TimePoll) -> NotificationEmail:
    """To the members who have not answered."""
    answered = set(TimeVote.objects.filter(option__poll=poll).values_list("person", flat=True))
    people = [person for person in find_people_with_seat(poll.coalition) if person.pk not in answered]
    return _build_poll_email(poll, people, EmailTopic.REMINDERS, "closes")


def _build_poll_email(
    poll: TimePoll, people: list[Person], notification_topic: EmailTopic, event: str
) -> NotificationEmail:
    options, template = get_poll_options(poll), f"meetings/email/poll_{event}.txt"
    return NotificationEmail(
        coalition=poll.coalition,
        people=people,
        topic=notification_topic,
        write=lambda: _render_poll_email(template, poll, options, ""),
        write_to=lambda person: _render_poll_email(template, poll, options, build_poll_link(person, poll)),
        record=poll.meeting,
        answer=ReplyOption(f"{POLL_REPLY_PREFIX}:{poll.pk}"),
        once=f"time-poll:{poll.pk}" if event == "opened" else "",
    )


def _render_poll_email(template: str, poll: TimePoll, time_options: list[TimeOption], poll_url: str) -> EmailText:
    """Render an email in the language and time zone of its reader."""
    rows = [(option.number, build_meeting_time_lines(option)) for option in time_options]
    return render_email(
        template,
        reverse("meetings:poll_detail", args=[poll.coalition.slug, poll.meeting_id]),
        meeting=poll.meeting,
        rows=rows,
        day=format_long_date(get_local_datetime(poll.closes_at, poll.time_zone).date()),
        end=format_closing_time(poll),
        link=poll_url,
    )
