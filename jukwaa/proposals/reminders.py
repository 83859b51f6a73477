"""Reminders of invitations to a session that have not been answered: 7 and 2 days before an answer is due."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from jukwaa.proposals.invitations import (
    PARTICIPANT_REPLY_PREFIX,
    is_proposal_open_for_email,
    list_contact_addresses,
    render_invitation_email,
)
from jukwaa.proposals.models import Participant
from jukwaa.regions.models import NeverAgain
from jukwaa.regions.suppression import build_address_digest
from jukwaa.updates.models import EmailTopic, MailChoice
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption
from jukwaa.updates.registries import Reminder, reminder_registry

WEEK, TWO_DAYS, ONE_DAY = timedelta(days=7), timedelta(days=2), timedelta(days=1)


@reminder_registry.register("session invitations")
def build_invitation_reminders(now: datetime) -> Iterator[Reminder]:
    """To whoever was invited; of a person under 18, to their adult contact. Nobody on the day after the invitation."""
    today = now.date()
    rows = Participant.objects.of_open_proposals().filter(
        status=Participant.Status.INVITED,
        person__isnull=False,
        invited_at__lt=now - ONE_DAY,
        answer_by__gte=today,
        answer_by__lte=today + WEEK,
    )
    rows = rows.exclude(_build_unsubscribed_condition())
    rows = rows.select_related("person__adult_contact", "proposal__coalition", "proposal__submission")
    found = list(rows.order_by("answer_by", "pk"))
    marked = _find_do_not_contact_ids(found)
    for participant in found:
        if participant.pk in marked:
            continue
        day = participant.answer_by or today
        if is_proposal_open_for_email(participant.proposal) and (stage := _get_reminder_stage(participant, day, today)):
            yield f"{PARTICIPANT_REPLY_PREFIX}:{participant.pk}:{day}:{stage}", _build_invitation_reminder(participant)


def _build_unsubscribed_condition() -> Exists:
    """Of a participant: whether they ended such emails, by the link in the invitation or in their settings."""
    choices = MailChoice.objects.filter(topic=EmailTopic.CONCERNS, wanted=False)
    return Exists(choices.filter(person=OuterRef("person"), coalition=OuterRef("proposal__coalition")))


def _find_do_not_contact_ids(participants: Iterable[Participant]) -> set[int]:
    """Return the numbers of those who asked the coalition never to be contacted."""
    marks = {
        row.pk: {(row.coalition_id, build_address_digest(address)) for address in list_contact_addresses(row.person)}
        for row in participants
        if row.person is not None
    }
    digests = {digest for each in marks.values() for _coalition, digest in each}
    asked = set(NeverAgain.objects.filter(digest__in=digests).values_list("coalition", "digest"))
    return {pk for pk, each in marks.items() if each & asked}


def _get_reminder_stage(participant: Participant, deadline_day: date, today: date) -> str:
    """Return which of the two is due; none where the invitation itself came within the days before it."""
    if deadline_day - today <= TWO_DAYS:
        return "soon"
    invited_on = participant.invited_at.date() if participant.invited_at else today
    return "early" if invited_on < deadline_day - WEEK else ""


def _build_invitation_reminder(participant: Participant) -> NotificationEmail:
    """Without the record: who is invited may not be allowed to read it."""

    def render_reminder_email() -> EmailText:
        return render_invitation_email(participant, "proposals/email/answer_due.txt")

    person = participant.person
    return NotificationEmail(
        coalition=participant.coalition,
        people=[person] if person is not None else [],
        topic=EmailTopic.REMINDERS,
        write=render_reminder_email,
        answer=ReplyOption(f"{PARTICIPANT_REPLY_PREFIX}:{participant.pk}"),
    )
