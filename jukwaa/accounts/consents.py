"""What people agree to on the pages of accounts, as these show it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.consents import ConsentKind, consent_given, consent_withdrawn

PUBLIC_NAME: Final = _("Show my name to everyone")
OTHERWISE: Final = _("If you do not choose this, the public can see only your role and your organisation.")

AGREES: Final = _("Do you agree that everyone can read what this person writes, without the name?")


def keep_choice_of_name(person: Person) -> None:
    """Have it recorded that the person made their name public, or took it back."""
    if person.name_is_public:
        text = f"{PUBLIC_NAME}\n{OTHERWISE}"
        consent_given.send(Person, person=person, kind=ConsentKind.PUBLIC_NAME, text=text)
    else:
        consent_withdrawn.send(Person, person=person, kind=ConsentKind.PUBLIC_NAME)


def keep_answer_of_guardian(person: Person, *, agrees: bool) -> None:
    """Have it recorded for the person under 18 that their adult contact agreed, or withdrew consent."""
    if agrees:
        consent_given.send(Person, person=person, kind=ConsentKind.GUARDIAN, text=str(AGREES))
    else:
        consent_withdrawn.send(Person, person=person, kind=ConsentKind.GUARDIAN)
