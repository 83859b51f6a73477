"""What the clock does about letters that wait for an answer: one reminder, then closed; and what is erased when."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.regions.answer_links import save_answer_link
from jukwaa.regions.models import AnswerLink, Prospect

ProspectState = Prospect.State
LETTER_REMINDER_DELAY = timedelta(
    days=21
)  # three weeks: whoever travels or is ill has come back, and still knows the letter
LETTER_CLOSING_DELAY = timedelta(days=21)  # the reminder gets as long as the letter got; then silence is an answer


def find_prospects_to_remind(today: date) -> list[Prospect]:
    rows = Prospect.objects.filter(state=ProspectState.SENT, sent_on__lte=today - LETTER_REMINDER_DELAY)
    return list(rows.select_related("coalition", "introducer", "outreach", "area", "capacity", "organisation"))


@action
def mark_prospect_reminded(*, prospect: Prospect, today: date) -> Prospect:
    """The introducer is given the short letter: see `updates/outreach.py`."""
    prospect.state, prospect.reminded_on = ProspectState.REMINDED, today
    prospect.save(update_fields=["state", "reminded_on"])
    save_answer_link(prospect)
    record_activity(actor=None, verb="reminded", subject=prospect, coalition=prospect.coalition)
    return prospect


@action
def close_expired_prospects(*, today: date) -> int:
    """Nobody answered the reminder, it became a member meanwhile, or its introducer has left the coalition.

    Whoever introduced took the address along, so that nobody else can write; somebody who knows them may take it over.
    A link that was sent is good all the same.
    """
    members = Membership.objects.active(today).filter(organisation=OuterRef("organisation"))
    rows = Prospect.objects.open().annotate(joined=Exists(members)).select_related("coalition", "introducer")
    over = [each for each in rows if _is_prospect_expired(each, today)]
    for prospect in over:
        prospect.state = ProspectState.CLOSED
        prospect.save(update_fields=["state"])
        record_activity(actor=None, verb="closed", subject=prospect, coalition=prospect.coalition)
    return len(over)


def _is_prospect_expired(prospect: Prospect, today: date) -> bool:
    silent = prospect.reminded_on is not None and prospect.reminded_on <= today - LETTER_CLOSING_DELAY
    joined: bool = getattr(prospect, "joined", False)
    return silent or joined or not Standing(prospect.introducer, prospect.coalition).is_inside


@action
def delete_expired_prospect_data(*, today: date) -> int:
    """What was not answered by its day, of a yes what nobody needs any more, and links that have run out."""
    AnswerLink.objects.filter(ends_on__lt=today).delete()
    rows = list(Prospect.objects.all().due_for_erasure(today).select_related("coalition", "capacity"))
    for prospect in rows:
        record_activity(actor=None, verb="forgotten", subject=prospect, coalition=prospect.coalition)
        prospect.erase()
    return len(rows)
