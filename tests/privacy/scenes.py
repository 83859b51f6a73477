"""Requests and notices in the states in which their pages take words: see `tests/quarantine_scenes.py`."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.accounts.models import Person
from jukwaa.mail import signed_links
from jukwaa.privacy.actions import DataRequestInput, answer_data_request, request_name_redaction
from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.request_links import REQUEST_LINK_PURPOSE
from jukwaa.records.models import Label, State
from tests.quarantine_scenes import PostTarget, build_author_post_target, build_scene_url, register_scene
from tests.world import World


def create_data_request(world: World, *, requester: Person | None, is_granted: bool = False) -> DataRequest:
    record = world.records["document", str(Label.CLEAR), str(State.PUBLISHED)]
    asked = DataRequestInput(name="A person", words="Please remove it.", record=record, email="visitor@example.org")
    made = request_name_redaction(actor=requester, coalition=world.coalition, asked=asked)
    if is_granted:
        answer_data_request(
            actor=world.people["coordinator"], request=made, is_granted=True, reason="It is their name."
        )
    return made


@register_scene("privacy:request_answer", "privacy:remove_name")
def build_other_request_scene(world: World, name: str) -> PostTarget:
    made = create_data_request(world, requester=world.people["member"], is_granted=name == "privacy:remove_name")
    return build_author_post_target(world, name, made.pk)


@register_scene("privacy:request_withdraw")
def build_own_request_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, create_data_request(world, requester=world.people["author"]).pk)


@register_scene("privacy:request_confirm", "privacy:request_withdraw_by_link")
def build_visitor_request_scene(world: World, name: str) -> PostTarget:
    made = create_data_request(world, requester=None)
    token = signed_links.make_signed_token(REQUEST_LINK_PURPOSE, {"request": str(made.token)})
    return PostTarget(AnonymousUser(), build_scene_url(world, name, token))


@register_scene("notices:notice_edit")
def build_notice_scene(world: World, name: str) -> PostTarget:
    return PostTarget(world.people["coordinator"], build_scene_url(world, name, "privacy"))


@register_scene("notices:notice_edit")
def build_imprint_scene(world: World, name: str) -> PostTarget:
    return PostTarget(world.people["coordinator"], build_scene_url(world, name, "imprint"))
