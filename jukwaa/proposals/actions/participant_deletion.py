"""Forgetting people of proposals.

Who did not take part: 90 days after the outcome of a proposal, or after they were added or answered if that is later;
without an outcome, a year after they were added. Everybody, when it is deleted permanently.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.known_people import get_known_people
from jukwaa.coalitions.other_coalitions import belongs_to_other_coalition
from jukwaa.core.transactions import lock_row
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.records.models import Record

RETENTION_AFTER_OUTCOME = timedelta(days=90)
RETENTION_WITHOUT_OUTCOME = timedelta(days=365)
PARTICIPANTS_PER_BATCH = 200


def delete_expired_participants(now: datetime) -> int:
    """Delete those who did not confirm; return how many. Harmless to repeat."""
    rows = list(_find_expired_participants(now).select_related("proposal").order_by("pk")[:PARTICIPANTS_PER_BATCH])
    return sum(_delete_if_expired(participant=participant, now=now) for participant in rows)


def _find_expired_participants(now: datetime) -> QuerySet[Participant]:
    recent = now - RETENTION_AFTER_OUTCOME
    is_quiet = Q(added_at__lt=recent) & (Q(answered_at=None) | Q(answered_at__lt=recent))
    outcome = Q(proposal__submission__outcome_on__lt=recent.date()) & is_quiet
    no_outcome = Q(proposal__submission__outcome_on__isnull=True, added_at__lt=now - RETENTION_WITHOUT_OUTCOME)
    return Participant.objects.exclude(status__in=Participant.COMING).filter(outcome | no_outcome)


@action
def _delete_if_expired(*, participant: Participant, now: datetime) -> bool:
    """Look again while nobody can answer: the proposal is locked, as it is by each answer."""
    try:
        lock_row(participant.proposal)
    except Proposal.DoesNotExist:
        return False
    rows = _find_expired_participants(now).filter(pk=participant.pk)
    current = rows.select_related("proposal__coalition", "person").first()
    if current is not None:
        delete_participant(participant=current)
    return current is not None


def delete_participants_of_record(record: Record, **_signal: Any) -> None:
    """The receiver of `purged`: nobody stays in a proposal that has been deleted permanently."""
    rows = Participant.objects.filter(proposal=record.pk)
    for participant in rows.select_related("proposal__coalition", "person"):
        delete_participant(participant=participant)


@action
def delete_participant(*, participant: Participant) -> None:
    """Delete the row. Whoever became known here by this invitation alone is erased with it."""
    participant.delete()
    person = participant.person
    if person is None or not participant.is_introduced:
        return
    others = Participant.objects.filter(person=person)
    if not others.update(is_introduced=True) and not _is_person_needed_elsewhere(participant, person):
        erase_person(person, is_noted_in_ledger=False)  # they did not ask for it, so they can be invited again


def _is_person_needed_elsewhere(participant: Participant, person: Person) -> bool:
    """Whether something else keeps the person: an account that they use, or a coalition."""
    return (
        person.last_login is not None
        or person.erased_at is not None
        or person.looks_after.filter(erased_at__isnull=True).exists()
        or get_known_people(participant.proposal.coalition).filter(pk=person.pk).exists()
        or belongs_to_other_coalition(participant.proposal.coalition, person)
    )
