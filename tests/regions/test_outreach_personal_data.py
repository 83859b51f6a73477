"""What somebody takes along of letters of invitation: what they wrote, what they answered, and of nobody else."""

from jukwaa.regions.actions.invitation_answers import accept_invitation
from jukwaa.regions.actions.prospects import mark_letter_sent, record_acquaintance
from jukwaa.regions.answer_links import build_answer_link
from tests.accounts.downloads import downloaded
from tests.factories import PersonFactory
from tests.regions.reaching import in_days, noted

NAMES = ("invitations_written", "said_to_know_somebody", "invitations_answered")


def taken(client, person) -> dict:
    data = downloaded(client, person)
    return {name: data[name] for name in NAMES}


def test_an_introducer_takes_along_whom_they_introduced_and_the_letter(client, coalition, member):
    prospect = mark_letter_sent(actor=member, prospect=noted(member, coalition, why="You answer at night."))
    (told,) = taken(client, member)["invitations_written"]

    assert (told["name"], told["state"], told["why"]) == ("A helpline", "sent", "You answer at night.")
    assert told["letter"]["subject"] == "An invitation to work with Our Coalition"
    assert "You answer at night." in told["letter"]["body"]
    assert build_answer_link(prospect) not in told["letter"]["body"]
    assert taken(client, PersonFactory()) == {name: [] for name in NAMES}


def test_the_name_and_address_of_a_yes_are_theirs_and_in_no_file_of_the_introducer(client, coalition, member):
    prospect = mark_letter_sent(actor=member, prospect=noted(member, coalition))
    accept_invitation(prospect=prospect, name="Ana", address="Ana@example.org")
    ana = PersonFactory(email="ana@example.org")
    (theirs,) = taken(client, ana)["invitations_answered"]

    assert (theirs["contact_name"], theirs["contact_address"]) == ("Ana", "Ana@example.org")
    assert (theirs["role"], theirs["introduced_by"]) == ("head of the helpline", "A member")
    assert "ana@" not in str(taken(client, member)).lower()


def test_whoever_has_left_takes_along_what_they_wrote_and_no_answer(client, coalition, member):
    noted(member, coalition)
    member.memberships.update(ends_on=in_days(-1))
    (told,) = taken(client, member)["invitations_written"]

    assert told["role"] == "head of the helpline"
    assert not {"state", "answered_on", "letter"} & set(told)


def test_where_somebody_said_that_they_know_somebody_is_in_their_file(client, coalition, member, coordinator):
    record_acquaintance(actor=coordinator, prospect=noted(member, coalition))
    (told,) = taken(client, coordinator)["said_to_know_somebody"]

    assert told["name"] == "A helpline"


def test_nobody_without_an_address_is_told_of_those_who_gave_none(client, coalition, member):
    noted(member, coalition)

    assert taken(client, PersonFactory(email=None))["invitations_answered"] == []
