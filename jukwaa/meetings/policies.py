"""Who may do what with a meeting. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.meetings.models import Commitment, Entry
from jukwaa.records.policies import can_withdraw


def can_keep_minutes(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_rapporteur


def can_withdraw_entry(person: Person, entry: Entry) -> bool:
    """Minutes that a predecessor wrote, too: what a role may do survives a change of person."""
    return can_keep_minutes(person, entry.coalition) or can_withdraw(ViewerContext(person), entry)


def can_set_progress(person: Person, commitment: Commitment) -> bool:
    return speaks_for_the_owner(person, commitment) or can_keep_minutes(person, commitment.entry.coalition)


def speaks_for_the_owner(person: Person, commitment: Commitment) -> bool:
    owner = commitment.owner
    if owner is None:
        return False
    if owner.organisation_id is None:
        return owner.person_id == person.pk
    speakers = Affiliation.objects.confirmed().filter(organisation=owner.organisation_id, may_speak=True)
    return speakers.filter(person=person).exists()
