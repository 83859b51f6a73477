"""Pages of members and people that take words or files only in a certain state."""

from jukwaa.coalitions.models import ListEntry, Membership
from tests.conftest import create_seated_person
from tests.factories import PersonFactory
from tests.quarantine_scenes import PostTarget, build_author_post_target, build_scene_url, register_scene
from tests.world import World


@register_scene("coalitions:person_change")
def build_never_signed_in_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, create_seated_person(world.coalition, "Who never signed in").pk)


@register_scene("coalitions:list_end")
def build_list_entry_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(
        world, name, ListEntry.objects.create(coalition=world.coalition, person=PersonFactory()).pk
    )


@register_scene("coalitions:membership_end")
def build_member_removal_scene(world: World, name: str) -> PostTarget:
    person = world.people["member"]
    return PostTarget(person, build_scene_url(world, name, Membership.objects.get(person=person).pk))


@register_scene("coalitions:membership_end")
def build_membership_end_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, Membership.objects.get(person=world.people["member"]).pk)
