"""What holds a person to a coalition, and to others as well."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from jukwaa.accounts.models import MinorStatusChange, Person
from jukwaa.coalitions.models import Affiliation, Coalition, ListEntry, Membership, Role
from jukwaa.core.dates import get_utc_date


def belongs_to_other_coalition(coalition: Coalition, person: Person, *, counts_current_only: bool = False) -> bool:
    """Whether another coalition holds the person, or held them; `today` leaves out what has ended."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=get_utc_date()) if counts_current_only else Q()
    return any(rows.filter(lasting, person=person).exists() for rows in _get_participations_elsewhere(coalition))


def find_people_of_other_coalitions(coalition: Coalition, person_ids: Collection[int]) -> set[int]:
    """Return which of these people another coalition holds, or held: four queries."""
    elsewhere = _get_participations_elsewhere(coalition)
    return {pk for rows in elsewhere for pk in rows.filter(person__in=person_ids).values_list("person", flat=True)}


def _get_participations_elsewhere(coalition: Coalition) -> tuple[QuerySet[Any], ...]:
    return (
        Affiliation.objects.exclude(organisation__coalition=coalition),
        *(model.objects.exclude(coalition=coalition) for model in (Membership, Role, ListEntry)),
    )


def was_marked_by_coalition(coalition: Coalition, person: Person) -> bool:
    """Whether the mark "under 18" comes from this coalition.

    A person's own answer comes from each coalition that they had joined by then, or that they joined by themselves:
    a coordinator can enter anybody whose address they know.
    """
    mark = person.minor_status_changes.filter(step=MinorStatusChange.Step.MARKED).last()
    if mark is None:
        return False
    if mark.actor_id != person.pk:
        kinds = (Role.Kind.COORDINATOR, Role.Kind.SAFEGUARDING_LEAD)
        return Role.objects.filter(coalition=coalition, person=mark.actor_id, kind__in=kinds).exists()
    joined = Membership.objects.ever_belonged().filter(coalition=coalition, person=person, applicant=person)
    entered = Affiliation.objects.filter(
        person=person, organisation__coalition=coalition, confirmed_on__lte=timezone.localdate(mark.at)
    )
    return joined.exists() or entered.exists()
