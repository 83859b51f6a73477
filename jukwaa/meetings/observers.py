"""Observers who are invited to a meeting: the representatives of organisations that are observers today.

The read rule opens to observers what it opens to everybody, so they are invited to meetings labelled TLP:CLEAR alone.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Label, State

LABELS_READABLE_BY_OBSERVERS = (Label.CLEAR,)


def are_observers_invited(meeting: Meeting) -> bool:
    """Whether observers have been invited, which is not before members are."""
    is_readable = meeting.state == State.PUBLISHED and meeting.label in LABELS_READABLE_BY_OBSERVERS
    return meeting.invites_observers and is_readable and meeting.invites != Meeting.Invites.NOBODY


def has_observers(coalition: Coalition) -> bool:
    return Membership.objects.observers_in_force().filter(coalition=coalition).exists()


def find_observers(coalition: Coalition) -> list[Person]:
    """Return everybody who may represent an observer today, each once."""
    rows = _find_observer_affiliations(coalition).select_related("person__adult_contact").order_by("pk")
    return list({row.person_id: row.person for row in rows}.values())


def find_invited_observers(meeting: Meeting) -> list[Person]:
    return find_observers(meeting.coalition) if are_observers_invited(meeting) else []


def is_invited_observer(person: Person, meeting: Meeting) -> bool:
    return bool(find_observer_organisation_ids(person, meeting))


def find_observer_organisation_ids(person: Person, meeting: Meeting) -> list[int]:
    """Return the invited observers that this person may represent."""
    if not are_observers_invited(meeting):
        return []
    rows = _find_observer_affiliations(meeting.coalition).filter(person=person)
    return list(rows.values_list("organisation", flat=True))


def build_uninvited_condition(meeting: Meeting) -> Q:
    """Return the condition on a reply that its organisation may not be invited any more.

    It has left the coalition before the meeting was held, or is an observer, and observers are not invited.
    """
    memberships = Membership.objects.filter(
        coalition=meeting.coalition_id, organisation=OuterRef("capacity__organisation")
    )
    in_force = memberships.active() | memberships.observers_in_force()
    condition = Q(pk__in=[]) if are_observers_invited(meeting) else Q(build_observer_condition(meeting))
    return condition if meeting.is_held else condition | Q(~Exists(in_force), capacity__organisation__isnull=False)


def build_observer_condition(meeting: Meeting) -> Exists:
    """Return the condition on a reply that it is on behalf of an organisation that is an observer today."""
    rows = Membership.objects.observers_in_force().filter(coalition=meeting.coalition_id)
    return Exists(rows.filter(organisation=OuterRef("capacity__organisation")))


def _find_observer_affiliations(coalition: Coalition) -> QuerySet[Affiliation]:
    observers = Membership.objects.observers_in_force().filter(coalition=coalition)
    return Affiliation.objects.confirmed().filter(organisation__in=observers.values("organisation"), may_speak=True)
