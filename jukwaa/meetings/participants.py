"""Whom meetings are for: the members of the coalition, in their own right or for an organisation."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership


def find_members(coalition: Coalition) -> list[Person]:
    """Return everybody who has a seat today, each once."""
    active = Membership.objects.active().filter(coalition=coalition)
    own = active.filter(person__isnull=False).select_related("person__adult_contact")
    organisations = active.filter(organisation__isnull=False).values("organisation")
    people = {row.person.pk: row.person for row in own if row.person is not None}
    confirmed = Affiliation.objects.confirmed().filter(organisation__in=organisations)
    for row in confirmed.select_related("person__adult_contact").order_by("pk"):
        people.setdefault(row.person_id, row.person)
    return list(people.values())
