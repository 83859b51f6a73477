"""Requests and notices in the states in which their pages take words: see `tests/quarantine_scenes.py`."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.accounts.models import Person
from jukwaa.mail import signed_links
from jukwaa.privacy.actions import DataRequestInput, answer_request, request_redaction
from jukwaa.privacy.models import DataRequest
from jukwaa.privacy.request_links import LINK_PURPOSE
from jukwaa.records.models import Label, State
from tests.quarantine_scenes import Place, address, by_author, scene
from tests.world import World


def data_request(world: World, *, by: Person | None, granted: bool = False) -> DataRequest:
    record = world.records["document", str(Label.CLEAR), str(State.PUBLISHED)]
    asked = DataRequestInput(name="A person", words="Please remove it.", record=record, email="visitor@example.org")
    made = request_redaction(actor=by, coalition=world.coalition, asked=asked)
    if granted:
        answer_request(actor=world.people["coordinator"], request=made, granted=True, reason="It is their name.")
    return made


@scene("privacy:request_answer", "privacy:remove_name")
def other_persons_request(world: World, name: str) -> Place:
    made = data_request(world, by=world.people["member"], granted=name == "privacy:remove_name")
    return by_author(world, name, made.pk)


@scene("privacy:request_withdraw")
def own_request(world: World, name: str) -> Place:
    return by_author(world, name, data_request(world, by=world.people["author"]).pk)


@scene("privacy:request_confirm", "privacy:request_withdraw_by_link")
def request_of_a_visitor(world: World, name: str) -> Place:
    made = data_request(world, by=None)
    token = signed_links.make_token(LINK_PURPOSE, {"request": str(made.token)})
    return Place(AnonymousUser(), address(world, name, token))


@scene("notices:notice_edit")
def notice(world: World, name: str) -> Place:
    return Place(world.people["coordinator"], address(world, name, "privacy"))


@scene("notices:notice_edit")
def imprint(world: World, name: str) -> Place:
    return Place(world.people["coordinator"], address(world, name, "imprint"))
