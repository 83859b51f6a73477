"""Who may work at the reading desk. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document


def can_start(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_rapporteur


def can_decide(person: Person, reading: Reading) -> bool:
    return person.pk == reading.started_by_id or can_start(person, reading.coalition)


def can_enter(person: Person, reading: Reading) -> bool:
    return can_start(person, reading.coalition)


def can_bring_drive(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_rapporteur


def can_open_document(person: Person, document: Document) -> bool:
    return Standing(person, document.coalition).is_rapporteur
