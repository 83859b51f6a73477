"""What holds a person to a coalition, and to others as well."""

from django.db.models import Q
from django.utils import timezone

from jukwaa.accounts.models import MinorStatusChange, Person
from jukwaa.coalitions.models import Affiliation, Coalition, ListEntry, Membership, Role
from jukwaa.core.dates import get_utc_date


def belongs_to_other_coalition(coalition: Coalition, person: Person, *, counts_current_only: bool = False) -> bool:
    """Whether another coalition holds the person, or held them; `today` leaves out what has ended."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=get_utc_date()) if counts_current_only else Q()
    elsewhere = (
        Affiliation.objects.filter(lasting, person=person).exclude(organisation__coalition=coalition),
        Membership.objects.filter(lasting, person=person).exclude(coalition=coalition),
        Role.objects.filter(lasting, person=person).exclude(coalition=coalition),
        ListEntry.objects.filter(lasting, person=person).exclude(coalition=coalition),
    )
    return any(rows.exists() for rows in elsewhere)


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
