"""`jukwaa merge-accounts KEEP OTHER`: for a person who has lost a mailbox, once you know that both are theirs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.accounts.merge_links import merge_and_notify
from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused


class Command(BaseCommand):
    help = "Merge two accounts of one person, who has lost the mailbox of one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keep", help="the email address of the account that the person keeps")
        parser.add_argument("other", help="the email address of the account that is merged into it")

    def handle(self, *_args: Any, keep: str, other: str, **_options: Any) -> None:
        try:
            person = merge_and_notify(
                surviving_person=_get_person_by_address(keep), merged_person=_get_person_by_address(other)
            )
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person} now has 1 account and signs in as {person.email}.")
        self.stdout.write("We have emailed both addresses.")


def _get_person_by_address(address: str) -> Person:
    person: Person | None = Person.objects.with_address(address).first()
    if person is None:
        raise CommandError(f"No account has the address {address}. Check the spelling.")
    return person
