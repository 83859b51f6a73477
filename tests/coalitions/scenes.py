"""Pages of members and people that take words or files only in a certain state."""

from jukwaa.coalitions.models import ListEntry, Membership
from tests.conftest import seated
from tests.factories import PersonFactory
from tests.quarantine_scenes import Place, address, by_author, scene
from tests.world import World


@scene("coalitions:person_change")
def never_signed_in(world: World, name: str) -> Place:
    return by_author(world, name, seated(world.coalition, "Who never signed in").pk)


@scene("coalitions:list_end")
def listed(world: World, name: str) -> Place:
    return by_author(world, name, ListEntry.objects.create(coalition=world.coalition, person=PersonFactory()).pk)


@scene("coalitions:membership_end")
def leaving(world: World, name: str) -> Place:
    person = world.people["member"]
    return Place(person, address(world, name, Membership.objects.get(person=person).pk))


@scene("coalitions:membership_end")
def ending(world: World, name: str) -> Place:
    return by_author(world, name, Membership.objects.get(person=world.people["member"]).pk)
