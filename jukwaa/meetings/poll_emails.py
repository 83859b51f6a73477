"""The email with which members are asked which times suit them."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.meetings.models import TimeOption, TimePoll
from jukwaa.meetings.participants import find_members
from jukwaa.meetings.polls import build_poll_link, format_end, get_options
from jukwaa.meetings.time_text import get_time_lines
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic

POLL = "time-poll"  # with which the subjects of its reply addresses begin


def notify_poll_opened(activity: Activity) -> Iterator[News]:
    """Each member can answer by a link of their own, or by email. Those under 18 get it through their adult contact."""
    polls = TimePoll.objects.undecided().select_related("meeting__coalition")
    poll = polls.filter(pk=activity.object_id).first()
    if poll is None or not poll.is_open:
        return
    options = get_options(poll)
    yield News(
        coalition=poll.coalition,
        people=find_members(poll.coalition),
        topic=Topic.CONCERNS,
        write=lambda: _write(poll, options, ""),
        write_to=lambda person: _write(poll, options, build_poll_link(person, poll)),
        record=poll.meeting,
        answer=Answer(f"{POLL}:{poll.pk}"),
        once=f"time-poll:{poll.pk}",
    )


def _write(poll: TimePoll, options: list[TimeOption], link: str) -> Text:
    """In the language and the time zone of its reader."""
    rows = [(option.number, get_time_lines(option)) for option in options]
    return render_email(
        "meetings/email/poll_opened.txt",
        reverse("meetings:poll_detail", args=[poll.coalition.slug, poll.meeting_id]),
        meeting=poll.meeting,
        rows=rows,
        end=format_end(poll),
        link=link,
    )
