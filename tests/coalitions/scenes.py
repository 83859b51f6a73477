"""Pages of members and people that take words or files only in a certain state."""

from jukwaa.coalitions.models import ListEntry, Membership
from tests.conftest import create_seated_person
from tests.factories import PersonFactory
from tests.quarantine_scenes import PostingPlace, address, build_author_place, register_scene
from tests.world import World


@register_scene("coalitions:person_change")
def never_signed_in(world: World, name: str) -> PostingPlace:
    return build_author_place(world, name, create_seated_person(world.coalition, "Who never signed in").pk)


@register_scene("coalitions:list_end")
def listed(world: World, name: str) -> PostingPlace:
    return build_author_place(
        world, name, ListEntry.objects.create(coalition=world.coalition, person=PersonFactory()).pk
    )


@register_scene("coalitions:membership_end")
def leaving(world: World, name: str) -> PostingPlace:
    person = world.people["member"]
    return PostingPlace(person, address(world, name, Membership.objects.get(person=person).pk))


@register_scene("coalitions:membership_end")
def ending(world: World, name: str) -> PostingPlace:
    return build_author_place(world, name, Membership.objects.get(person=world.people["member"]).pk)
