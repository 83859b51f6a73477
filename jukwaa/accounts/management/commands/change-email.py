"""`jukwaa change-email OLD NEW`: for a person who has lost their old mailbox, once you know that it is them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from jukwaa.accounts.address_change import change_address_as_operator
from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused


class Command(BaseCommand):
    help = "Change the email address of a person who has lost their old mailbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", help="the email address with which they sign in now")
        parser.add_argument("new", help="their new email address")

    def handle(self, *_args: Any, old: str, new: str, **_options: Any) -> None:
        person = Person.objects.with_address(old).first()
        if person is None:
            raise CommandError(f"No account has the address {old}. Check the spelling.")
        try:
            validate_email(new)
            change_address_as_operator(person=person, address=new)
        except ValidationError as error:
            raise CommandError(f"{new} is not an email address.") from error
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person} now signs in as {new.strip().lower()}. All their sessions have ended.")
        self.stdout.write("We have emailed both addresses.")
