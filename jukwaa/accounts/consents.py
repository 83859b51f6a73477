"""What people agree to when they make their name public, as the form shows it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.consents import ConsentKind, consent_given, consent_withdrawn

PUBLIC_NAME: Final = _("Show my name to everybody")
OTHERWISE: Final = _("Otherwise the public sees your role and your organisation alone.")


def keep_choice_of_name(person: Person) -> None:
    """Have it recorded that the person made their name public, or took it back."""
    if person.name_is_public:
        text = f"{PUBLIC_NAME}\n{OTHERWISE}"
        consent_given.send(Person, person=person, kind=ConsentKind.PUBLIC_NAME, text=text)
    else:
        consent_withdrawn.send(Person, person=person, kind=ConsentKind.PUBLIC_NAME)
