"""How many people will be emailed about a call or a consultation, for the page before it is opened."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.consultation_audience import (
    find_consultation_respondents,
    find_individual_members,
    find_invited_organisations,
)
from jukwaa.drafting.models import Call, Consultation, Text
from jukwaa.drafting.notifications.calls import find_call_respondents
from jukwaa.updates.letters import get_mail_address
from jukwaa.updates.models import EmailTopic, MailChoice


def count_call_recipients(text: Text) -> int:
    """Return how many people would be asked by email in a call on this text that is opened now."""
    call = Call(text=text, closes_at=timezone.now() + timedelta(days=1))
    return _count_wanting(text.coalition, find_call_respondents(call))


def count_consultation_recipients(text: Text) -> int:
    """Return how many people would be asked by email if all members were consulted about this text now."""
    consultation = Consultation(text=text, asks=Consultation.Asks.MEMBERS)
    organisations = find_invited_organisations(consultation)
    return _count_wanting(
        text.coalition,
        [*find_consultation_respondents(consultation, organisations), *find_individual_members(consultation)],
    )


def _count_wanting(coalition: Coalition, people: Iterable[Person]) -> int:
    reachable = [person for person in people if get_mail_address(person)]
    return len(MailChoice.objects.find_wanting_person_ids(reachable, coalition, EmailTopic.CONCERNS))
