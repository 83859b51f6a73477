"""`jukwaa demo`: the demo coalition, made by the software itself, then served."""

import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.coalitions.models import Coalition
from jukwaa.core.listen_addresses import ADDRESS_UNUSABLE_EXIT_STATUS, find_listen_error
from jukwaa.home.demo import DEMO_COALITION_SLUG, build_demo_coalition, list_demo_people

DEMO_LINK_VALIDITY = timedelta(days=30)  # for trying things out; a real link lives for a day and works once


class Command(BaseCommand):
    help = "Set up the demo coalition from public records, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
        parser.add_argument("--no-serve", action="store_true", help="build the demo, print the links, and stop")

    def handle(self, *_args: Any, port: int, no_serve: bool, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set JUKWAA_DEMO=true. Demo content must not be added to a real installation.")
        if not no_serve and (taken := find_listen_error("127.0.0.1", port)):
            raise CommandError(taken, returncode=ADDRESS_UNUSABLE_EXIT_STATUS)
        call_command("prepare", verbosity=0)
        if not Coalition.objects.filter(slug=DEMO_COALITION_SLUG).exists():
            build_demo_coalition(write_line=self.say)
        self.print_sign_in_links()
        if not no_serve:
            call_command("serve", port=port)

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def print_sign_in_links(self) -> None:
        self.say("")
        self.say(f"Jukwaa is available at {settings.SITE_URL}{reverse('home:front', args=[DEMO_COALITION_SLUG])}")
        self.say(f"To see what there is to try, and to sign in, open {settings.SITE_URL}{reverse('home:demo')}")
        self.say(f"Its emails are shown at {settings.SITE_URL}{reverse('mail:outbox')}")
        self.say("To sign in, open one of these links:")
        desk = reverse("home:desk", args=[DEMO_COALITION_SLUG])
        for title, person in list_demo_people():
            self.say(f"  {title}: {build_sign_in_link(person, desk, max_age=DEMO_LINK_VALIDITY)}")
        self.say("To stop the server, press Ctrl+C.")
        sys.stdout.flush()
