"""`jukwaa appoint SLUG ADDRESS`: a coordinator for a coalition that lost its last one."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.founding import appoint_coordinator
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused

APPOINTMENT_LINK_VALIDITY = timedelta(days=1)


class Command(BaseCommand):
    help = "Make a person coordinator of a coalition that has none, and print a sign-in link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("coalition", help="the short name of the coalition in its web address")
        parser.add_argument(
            "email", help="the email address of a person who has signed in here or is in a directory here"
        )

    def handle(self, *_args: Any, coalition: str, email: str, **_options: Any) -> None:
        where, whom = _get_coalition_by_slug(coalition), _get_person_by_email(email)
        try:
            role = appoint_coordinator(coalition=where, person=whom)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        link = build_sign_in_link(
            whom, reverse("coalitions:roles", args=[where.slug]), max_age=APPOINTMENT_LINK_VALIDITY
        )
        since = f" since {role.starts_on}" if role.starts_on else ""
        self.stdout.write(f"{whom.email} has been a coordinator of {where.name}{since}.")
        self.stdout.write(f"Give them this sign-in link. It is valid for 1 day and works once:\n{link}")


def _get_coalition_by_slug(slug: str) -> Coalition:
    found = Coalition.objects.filter(slug=slug.strip("/")).first()
    if found is None:
        there = ", ".join(Coalition.objects.order_by("slug").values_list("slug", flat=True))
        known = f"Existing coalitions: {there}." if there else "There are no coalitions yet. Run: jukwaa init"
        raise CommandError(f"There is no coalition at /{slug.strip('/')}/. {known}")
    return found


def _get_person_by_email(email: str) -> Person:
    found: Person | None = Person.objects.with_address(email).first()
    if found is None:
        raise CommandError(
            f"Check the address: nobody here has the address {email}."
            f" If it is correct, ask them to sign in once at {settings.SITE_URL}, then try again."
        )
    return found
