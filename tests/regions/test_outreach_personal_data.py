"""Personal data exports and invitation letters: a person's own letters and answers only."""

from jukwaa.regions.actions.invitation_answers import accept_invitation
from jukwaa.regions.actions.prospects import add_prospect_acquaintance, mark_letter_sent
from jukwaa.regions.answer_links import build_answer_link
from tests.accounts.downloads import download_personal_data
from tests.factories import PersonFactory
from tests.regions.outreach_steps import add_prospect, get_day_in

EXPORT_SECTIONS = ("invitations_written", "said_to_know_somebody", "invitations_answered")


def get_exported_sections(client, person) -> dict:
    data = download_personal_data(client, person)
    return {name: data[name] for name in EXPORT_SECTIONS}


def test_export_has_introduced_prospects_and_letters(client, coalition, member):
    prospect = mark_letter_sent(actor=member, prospect=add_prospect(member, coalition, why="You answer at night."))
    (told,) = get_exported_sections(client, member)["invitations_written"]

    assert (told["name"], told["state"], told["why"]) == ("A helpline", "sent", "You answer at night.")
    assert told["letter"]["subject"] == "An invitation to work with Our Coalition"
    assert "You answer at night." in told["letter"]["body"]
    assert build_answer_link(prospect) not in told["letter"]["body"]
    assert get_exported_sections(client, PersonFactory()) == {name: [] for name in EXPORT_SECTIONS}


def test_contact_of_yes_is_not_in_export_of_introducer(client, coalition, member):
    prospect = mark_letter_sent(actor=member, prospect=add_prospect(member, coalition))
    accept_invitation(prospect=prospect, name="Ana", address="Ana@example.org")
    ana = PersonFactory(email="ana@example.org")
    (theirs,) = get_exported_sections(client, ana)["invitations_answered"]

    assert (theirs["contact_name"], theirs["contact_address"]) == ("Ana", "Ana@example.org")
    assert (theirs["role"], theirs["introduced_by"]) == ("head of the helpline", "A member")
    assert "ana@" not in str(get_exported_sections(client, member)).lower()


def test_export_after_leaving_has_letters_without_answers(client, coalition, member):
    add_prospect(member, coalition)
    member.memberships.update(ends_on=get_day_in(-1))
    (told,) = get_exported_sections(client, member)["invitations_written"]

    assert told["role"] == "head of the helpline"
    assert not {"state", "answered_on", "letter"} & set(told)


def test_export_has_claims_to_know_a_contact(client, coalition, member, coordinator):
    add_prospect_acquaintance(actor=coordinator, prospect=add_prospect(member, coalition))
    (told,) = get_exported_sections(client, coordinator)["said_to_know_somebody"]

    assert told["name"] == "A helpline"


def test_person_without_email_is_not_matched_to_answers(client, coalition, member):
    add_prospect(member, coalition)

    assert get_exported_sections(client, PersonFactory(email=None))["invitations_answered"] == []
