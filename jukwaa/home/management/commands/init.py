"""`jukwaa init`: begin a coalition on an empty machine."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.text import slugify

from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.founding import create_coalition
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.coalition import RESERVED_COALITION_SLUGS

SETUP_LINK_VALIDITY = timedelta(days=1)


class Command(BaseCommand):
    help = "Set up a new coalition and its first coordinator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the coalition's name")
        parser.add_argument("--email", help="the first coordinator's email address")
        parser.add_argument("--your-name", default="", help="the first coordinator's name, as members will see it")
        parser.add_argument("--slug", help="its short name in the web address (default: made from the name)")

    def handle(
        self,
        *_args: Any,
        name: str | None,
        email: str | None,
        your_name: str,
        slug: str | None,
        **_options: Any,
    ) -> None:
        call_command("prepare", verbosity=0)
        is_interactive = not (name and email)
        name = name or _prompt_for_answer("Name of the coalition: ")
        email = (email or _prompt_for_answer("Your email address: ")).lower()
        if is_interactive and not your_name and not Person.objects.with_address(email).exclude(name="").exists():
            your_name = _prompt_for_answer("Your name, as members will see it: ")
        slug = slug or slugify(name)[:60]
        _validate_setup_answers(name, email, slug)
        with transaction.atomic():
            coordinator = _get_or_create_coordinator(email, your_name)
            coalition = _create_first_coalition(name, slug, coordinator)
        link = build_sign_in_link(
            coordinator, reverse("home:begin", args=[coalition.slug]), max_age=SETUP_LINK_VALIDITY
        )
        self.stdout.write(f"{coalition.name} has been set up at {reverse('home:front', args=[coalition.slug])}")
        self.stdout.write(f"Start the server (jukwaa serve), then open this link within 1 day. It works once:\n{link}")


def _prompt_for_answer(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError as error:
        raise CommandError(
            "Enter your answers as options, because there is no terminal:"
            ' jukwaa init --name="Our Coalition" --email=you@example.org --your-name="Your Name"'
        ) from error


def _get_or_create_coordinator(email: str, your_name: str) -> Person:
    """Whoever is known keeps the name that they gave themselves."""
    told = {"told_at": timezone.now()}  # no first email says that somebody else has added them
    person: Person = Person.objects.with_address(email).first() or Person.objects.create_user(email, **told)
    if your_name.strip() and not person.name:
        person.name = your_name.strip()
        person.full_clean(exclude=["password", "language"])
        person.save(update_fields=["name"])
    return person


def _is_slug_reserved(coalition_slug: str) -> bool:
    """Whether a page of the product itself has this word, or may get it."""
    try:
        return coalition_slug in RESERVED_COALITION_SLUGS or resolve(f"/{coalition_slug}/").view_name != "home:front"
    except Resolver404:
        return False  # no address at all: the model says why


def _validate_setup_answers(coalition_name: str, email: str, coalition_slug: str) -> None:
    if not coalition_name:
        raise CommandError("Enter a name for the coalition. Run init again.")
    if not coalition_slug:
        raise CommandError(
            "Enter an address in Latin letters, such as --slug=our-coalition. The name has no Latin letters."
        )
    if _is_slug_reserved(coalition_slug):
        raise CommandError(f"Choose another address with --slug: Jukwaa itself uses /{coalition_slug}/.")
    if Coalition.objects.filter(slug=coalition_slug).exists():
        raise CommandError(f"Choose another address with --slug: another coalition uses /{coalition_slug}/.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"Enter a valid email address, not {email!r}. Run init again.") from error


def _create_first_coalition(coalition_name: str, coalition_slug: str, coordinator: Person) -> Coalition:
    try:
        return create_coalition(coalition_name=coalition_name, slug=coalition_slug, coordinator=coordinator)
    except ValidationError as error:
        raise CommandError(f"The coalition could not be set up: {'; '.join(error.messages)}") from error
