"""Reminders of invitations to a session that have not been answered: 7 and 2 days before an answer is due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from jukwaa.proposals.invitations import PREFIX, is_open_for_email, write_text
from jukwaa.proposals.models import Participant
from jukwaa.updates.letters import Answer, News, Text
from jukwaa.updates.models import Topic
from jukwaa.updates.registries import Reminder, reminders

WEEK, TWO_DAYS, ONE_DAY = timedelta(days=7), timedelta(days=2), timedelta(days=1)


@reminders.register("session invitations")
def session_invitations(now: datetime) -> Iterator[Reminder]:
    """To whoever was invited; of a person under 18, to their adult contact. Nobody on the day after the invitation."""
    today = now.date()
    rows = Participant.objects.of_open_proposals().filter(
        status=Participant.Status.INVITED,
        person__isnull=False,
        invited_at__lt=now - ONE_DAY,
        answer_by__gte=today,
        answer_by__lte=today + WEEK,
    )
    rows = rows.select_related("person__adult_contact", "proposal__coalition", "proposal__submission")
    for participant in rows.order_by("answer_by", "pk"):
        day = participant.answer_by or today
        if is_open_for_email(participant.proposal) and (stage := _get_stage(participant, day, today)):
            yield f"{PREFIX}:{participant.pk}:{day}:{stage}", _build_reminder(participant)


def _get_stage(participant: Participant, day: date, today: date) -> str:
    """Return which of the two is due; none where the invitation itself came within the days before it."""
    if day - today <= TWO_DAYS:
        return "soon"
    invited_on = participant.invited_at.date() if participant.invited_at else today
    return "early" if invited_on < day - WEEK else ""


def _build_reminder(participant: Participant) -> News:
    """Without the record: who is invited may not be allowed to read it."""

    def write() -> Text:
        return write_text(participant, "proposals/email/answer_due.txt")

    person = participant.person
    return News(
        coalition=participant.coalition,
        people=[person] if person is not None else [],
        topic=Topic.REMINDERS,
        write=write,
        answer=Answer(f"{PREFIX}:{participant.pk}"),
    )
