"""Whom there is to tell."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation, Role


def holders(coalition: Coalition, kind: str) -> list[Person]:
    held = Role.objects.in_force().filter(coalition=coalition, kind=kind).select_related("person")
    return [role.person for role in held]


def coordinators(coalition: Coalition) -> list[Person]:
    return holders(coalition, Role.Kind.COORDINATOR)


def speakers(organisation: Organisation) -> list[Person]:
    """Those who were confirmed, and may speak for it."""
    speaking = Affiliation.objects.confirmed().filter(organisation=organisation, may_speak=True)
    return [affiliation.person for affiliation in speaking.select_related("person")]
