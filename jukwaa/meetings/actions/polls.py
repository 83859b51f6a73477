"""A poll for the time of a meeting: opening it, answering it, and choosing a time, which closes it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies, times
from jukwaa.meetings.actions.meetings import change_meeting
from jukwaa.meetings.models import MAX_OPTIONS, MIN_OPTIONS, Meeting, TimeOption, TimePoll, TimeVote
from jukwaa.records.models import State

END_OF_DAY = time(23, 59)


class OfferedTime(NamedTuple):
    """A local time. `fold` is 1 for the later one of two moments at which the clocks show it."""

    starts_on: date
    start_time: time
    fold: int = 0


@action
def open_time_poll(
    *,
    actor: Person,
    meeting: Meeting,
    offered: Sequence[OfferedTime],
    time_zone: str,
    duration: int,
    closes_on: date,
) -> TimePoll:
    """Ask the members which of these times suits them, until the end of a day in the zone of the meeting.

    Raises PermissionDenied, and ActionRefused where a poll is open or a time is no longer to come.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    require_reschedulable_meeting(current)
    if TimePoll.objects.filter(meeting=current, closed_at=None).exists():
        raise ActionRefused(_("A poll is open for this meeting already. Choose a time or close that poll first."))
    closes_at = times.get_local_moment(closes_on, END_OF_DAY, time_zone)
    _check_offered_times(offered, time_zone, closes_at)
    poll = TimePoll.objects.create(meeting=current, time_zone=time_zone, duration=duration, closes_at=closes_at)
    TimeOption.objects.bulk_create(
        TimeOption(poll=poll, number=number, **each._asdict()) for number, each in enumerate(offered, start=1)
    )
    record_activity(actor=actor, verb="opened", subject=poll, coalition=meeting.coalition)
    return poll


def require_reschedulable_meeting(meeting: Meeting) -> None:
    """Raise ActionRefused for a meeting that cannot be rescheduled."""
    if meeting.state != State.PUBLISHED:
        raise ActionRefused(_("Publish the meeting first, so that members can see the poll."))
    if meeting.is_cancelled:
        raise ActionRefused(_("This meeting has been cancelled."))
    if meeting.is_planned:
        return
    if meeting.starts_on is None:
        raise ActionRefused(_("Edit the meeting first, and choose “Not decided yet” for its date."))
    raise ActionRefused(_("You can no longer choose a time, because this meeting has started."))


def _check_offered_times(offered_times: Sequence[OfferedTime], time_zone: str, closes_at: datetime) -> None:
    if not MIN_OPTIONS <= len(offered_times) <= MAX_OPTIONS:
        raise ActionRefused(_("Enter at least 2 and at most 10 options."))
    moments = [times.get_local_moment(*each[:2], time_zone, each.fold) for each in offered_times]
    if len(set(moments)) < len(moments):
        raise ActionRefused(_("Remove one of the 2 options that have the same time."))
    if closes_at <= timezone.now():
        raise ActionRefused(_("Enter a closing date that is today or later."), "closes_on")
    if min(moments) <= closes_at:
        raise ActionRefused(_("Enter a closing date before the date of the first option."), "closes_on")


@action
def answer_time_poll(*, actor: Person, poll: TimePoll, answers_by_option: Mapping[int, str]) -> list[TimeVote]:
    """Record which times suit a member, by the number of the option. Other options keep their earlier answers.

    Raises PermissionDenied, and ActionRefused once the poll is closed or where there is no such option.
    """
    if not policies.can_answer_poll(ViewerContext(actor), poll):
        raise PermissionDenied(_("Only members of the coalition can answer this poll."))
    current = lock_row(poll)
    if not current.is_open:
        raise ActionRefused(_("This poll is closed."))
    options = {option.number: option for option in current.options.all()}
    if unknown := [number for number in answers_by_option if number not in options]:
        raise ActionRefused(
            _("Check the numbers of the options. There is no option %(number)s in this poll.") % {"number": unknown[0]}
        )
    votes = [_record_time_vote(options[number], actor, answer) for number, answer in answers_by_option.items()]
    if votes:
        record_activity(actor=actor, verb="answered-poll", subject=poll.meeting, coalition=poll.coalition)
    return votes


def _record_time_vote(time_option: TimeOption, person: Person, reply_answer: str) -> TimeVote:
    given = {"answer": TimeVote.Answer(reply_answer).value, "at": timezone.now()}
    return TimeVote.objects.update_or_create(option=time_option, person=person, defaults=given)[0]


@action
def choose_meeting_time(*, actor: Person, time_option: TimeOption) -> Meeting:
    """Close the poll and give the meeting this time, of which all members are notified.

    Choosing the same time again changes nothing. Raises PermissionDenied, and ActionRefused where the poll has been
    closed otherwise or the time has passed.
    """
    poll = _lock_undecided_poll(actor, time_option)
    if poll is None:
        return time_option.poll.meeting
    if time_option.is_past:
        raise ActionRefused(_("Choose another time. This one has passed."))
    poll.chosen, poll.closed_at = time_option, timezone.now()
    poll.save(update_fields=["chosen", "closed_at"])
    meeting = lock_row(poll.meeting)
    changes = {
        "starts_on": time_option.starts_on,
        "precision": Meeting.Precision.DAY,
        "start_time": time_option.start_time,
        "fold": time_option.fold,
        "time_zone": poll.time_zone,
        "duration": poll.duration,
    }
    record_activity(actor=actor, verb="closed-poll", subject=meeting, coalition=meeting.coalition)
    return change_meeting(actor=actor, meeting=meeting, changes=changes, from_version=meeting.version)


def _lock_undecided_poll(actor: Person, time_option: TimeOption) -> TimePoll | None:
    """Return the poll, or None where this very time has been chosen."""
    if not policies.can_manage_minutes(ViewerContext(actor), time_option.poll.coalition):
        raise PermissionDenied
    poll = lock_row(time_option.poll)
    if poll.chosen_id == time_option.pk:
        return None
    if poll.is_decided:
        raise ActionRefused(_("Someone else has closed this poll."))
    require_reschedulable_meeting(poll.meeting)
    return poll


@action
def close_time_poll(*, actor: Person, poll: TimePoll) -> TimePoll:
    """Close a poll without choosing a time. Closing it again changes nothing. Raises PermissionDenied."""
    if not policies.can_manage_minutes(ViewerContext(actor), poll.coalition):
        raise PermissionDenied
    current = lock_row(poll)
    if current.is_decided:
        return current
    current.closed_at = timezone.now()
    current.save(update_fields=["closed_at"])
    record_activity(actor=actor, verb="closed-poll", subject=poll.meeting, coalition=poll.coalition)
    return current
