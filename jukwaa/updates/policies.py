"""Who lets a coalition's mail go, and who reads and uses what came over its list."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing


def can_release_mail(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_coordinator


def can_read_list(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_inside


def can_record_post(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_rapporteur
