"""Record consents that apps below ask for: see `core/consents.py`."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.privacy.actions.consents import record_consent, withdraw_consent


def save_consent(
    *, person: Person, kind: str, text: str, coalition: Coalition | None = None, **_signal: object
) -> None:
    record_consent(person=person, kind=kind, text=text, coalition=coalition)


def end_consent(*, person: Person, kind: str, coalition: Coalition | None = None, **_signal: object) -> None:
    withdraw_consent(person=person, kind=kind, coalition=coalition)
