"""What protects an account, done again after an older backup was restored: see `protections.py`."""

from collections.abc import Sequence
from typing import Final

from jukwaa.accounts.actions import update_settings
from jukwaa.accounts.erased_identities import find_people_by_account_digest
from jukwaa.accounts.ledger import ProtectionStep
from jukwaa.accounts.minors import answer_as_guardian, restore_minor_mark
from jukwaa.accounts.models import Person
from jukwaa.accounts.protections import ProtectionReplay

type Mark = tuple[Person, Person | None]


def find_people_without_minor_mark(protection_steps: Sequence[ProtectionStep]) -> list[Mark]:
    """Return the people who lack the mark, or have it with another adult contact, each with their adult contact.

    A person who has a nameless one already (`restore_minor_mark`) waits for a coordinator.
    """
    people = find_people_by_account_digest(
        {step.subject for step in protection_steps} | {step.key for step in protection_steps if step.key}
    )
    marked = ((people[step.subject], people.get(step.key)) for step in protection_steps if step.subject in people)
    return [(person, contact) for person, contact in marked if not _is_marked_as_minor(person, contact)]


def _is_marked_as_minor(person: Person, contact_person: Person | None) -> bool:
    current = person.adult_contact if person.is_minor else None
    return current is not None and (current == contact_person or current.email is None)


def _set_minor_mark(minor_mark: Mark) -> bool:
    person, contact = minor_mark
    is_fit = contact is not None and bool(contact.email) and not contact.is_minor
    return restore_minor_mark(person=person, adult_contact=contact if is_fit else None).is_minor


def find_people_with_outdated_consent(protection_steps: Sequence[ProtectionStep]) -> list[Person]:
    """Return the people under 18 whose adult contact no longer agrees."""
    people = find_people_by_account_digest({step.subject for step in protection_steps}).values()
    return [person for person in people if person.is_minor and person.guardian_agreed_at is not None]


def _withdraw_public_name_consent(person: Person) -> bool:
    contact = person.adult_contact
    return contact is not None and answer_as_guardian(guardian=contact, person=person, is_consent_given=False).is_minor


def find_people_with_public_name(protection_steps: Sequence[ProtectionStep]) -> list[Person]:
    """Return the people whose name everybody reads although they hid it."""
    people = find_people_by_account_digest({step.subject for step in protection_steps}).values()
    return [person for person in people if person.name_is_public]


def _hide_person_name(person: Person) -> bool:
    update_settings(person=person, changes={"name_is_public": False})
    return True


MINOR_MARK_REPLAY: Final = ProtectionReplay(
    find=find_people_without_minor_mark, redo=_set_minor_mark, report="{n} people marked as under 18."
)
GUARDIAN_REPLAY: Final = ProtectionReplay(
    find=find_people_with_outdated_consent,
    redo=_withdraw_public_name_consent,
    report="{n} people under 18 whose adult contact does not agree, hidden.",
)
PUBLIC_NAME_REPLAY: Final = ProtectionReplay(
    find=find_people_with_public_name, redo=_hide_person_name, report="{n} names hidden from the public."
)
