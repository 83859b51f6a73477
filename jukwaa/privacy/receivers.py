"""Record consents that apps below ask for: see `core/consents.py`."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.privacy.actions.consents import record_person_consent, withdraw_person_consent


def save_received_consent(
    *, person: Person, kind: str, text: str, coalition: Coalition | None = None, **_signal: object
) -> None:
    record_person_consent(person=person, kind=kind, text=text, coalition=coalition)


def end_received_consent(*, person: Person, kind: str, coalition: Coalition | None = None, **_signal: object) -> None:
    withdraw_person_consent(person=person, kind=kind, coalition=coalition)
