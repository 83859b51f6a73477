"""What people agree to on the pages of accounts, as these show it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.consents import ConsentKind, consent_given, consent_withdrawn

PUBLIC_NAME_CONSENT_TEXT: Final = _("Show my name to everyone")
PUBLIC_NAME_ALTERNATIVE_TEXT: Final = _(
    "If you do not show your name, the public can see only your role and your organisation."
)

GUARDIAN_CONSENT_QUESTION: Final = _(
    "Do you agree that everyone can read what this person writes? The person's name will not be shown."
)


def record_public_name_choice(person: Person) -> None:
    """Have it recorded that the person made their name public, or took it back."""
    if person.name_is_public:
        text = f"{PUBLIC_NAME_CONSENT_TEXT}\n{PUBLIC_NAME_ALTERNATIVE_TEXT}"
        consent_given.send(Person, person=person, kind=ConsentKind.PUBLIC_NAME, text=text)
    else:
        consent_withdrawn.send(Person, person=person, kind=ConsentKind.PUBLIC_NAME)


def record_guardian_answer(person: Person, *, is_consent_given: bool) -> None:
    """Have it recorded for the person under 18 that their adult contact agreed, or withdrew consent."""
    if is_consent_given:
        consent_given.send(Person, person=person, kind=ConsentKind.GUARDIAN, text=str(GUARDIAN_CONSENT_QUESTION))
    else:
        consent_withdrawn.send(Person, person=person, kind=ConsentKind.GUARDIAN)
