"""Requests and notices in the states in which their pages take words: see `tests/quarantine_scenes.py`."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.accounts.models import Person
from jukwaa.mail import signed_links
from jukwaa.privacy.actions import DataRequestInput, answer_data_request, request_name_redaction
from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.request_links import REQUEST_LINK_PURPOSE
from jukwaa.records.models import Label, State
from tests.quarantine_scenes import PostingPlace, address, build_author_place, register_scene
from tests.world import World


def create_data_request(world: World, *, by: Person | None, granted: bool = False) -> DataRequest:
    record = world.records["document", str(Label.CLEAR), str(State.PUBLISHED)]
    asked = DataRequestInput(name="A person", words="Please remove it.", record=record, email="visitor@example.org")
    made = request_name_redaction(actor=by, coalition=world.coalition, asked=asked)
    if granted:
        answer_data_request(
            actor=world.people["coordinator"], request=made, is_granted=True, reason="It is their name."
        )
    return made


@register_scene("privacy:request_answer", "privacy:remove_name")
def other_persons_request(world: World, name: str) -> PostingPlace:
    made = create_data_request(world, by=world.people["member"], granted=name == "privacy:remove_name")
    return build_author_place(world, name, made.pk)


@register_scene("privacy:request_withdraw")
def own_request(world: World, name: str) -> PostingPlace:
    return build_author_place(world, name, create_data_request(world, by=world.people["author"]).pk)


@register_scene("privacy:request_confirm", "privacy:request_withdraw_by_link")
def request_of_a_visitor(world: World, name: str) -> PostingPlace:
    made = create_data_request(world, by=None)
    token = signed_links.make_signed_token(REQUEST_LINK_PURPOSE, {"request": str(made.token)})
    return PostingPlace(AnonymousUser(), address(world, name, token))


@register_scene("notices:notice_edit")
def notice(world: World, name: str) -> PostingPlace:
    return PostingPlace(world.people["coordinator"], address(world, name, "privacy"))


@register_scene("notices:notice_edit")
def imprint(world: World, name: str) -> PostingPlace:
    return PostingPlace(world.people["coordinator"], address(world, name, "imprint"))
