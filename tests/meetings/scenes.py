"""Pages of decisions and invitations, in the states in which they take a form."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.meetings.invitations import build_link
from jukwaa.updates.tokens import absolute
from tests.factories import DissentFactory, MeetingFactory
from tests.quarantine_scenes import Place, by_author, scene
from tests.world import World


@scene("meetings:decision_edit", "meetings:dissent_new")
def decision(world: World, name: str) -> Place:
    dissent = DissentFactory(entry__coalition=world.coalition)
    return by_author(world, name, dissent.entry_id)


@scene("meetings:dissent_remove")
def dissent(world: World, name: str) -> Place:
    row = DissentFactory(entry__coalition=world.coalition)
    return by_author(world, name, row.entry_id, row.pk)


@scene("meetings:invitation")
def invitation(world: World, _name: str) -> Place:
    meeting = MeetingFactory(
        coalition=world.coalition, starts_on=timezone.localdate() + timedelta(days=9), published=True
    )
    return Place(AnonymousUser(), build_link(world.people["member"], meeting).removeprefix(absolute("")))
