"""Owners of commitments that several reports give: asked once, kept from the public, and matched as in a new one."""

import pytest

from jukwaa.coalitions.models import Activity
from jukwaa.intake import actions
from jukwaa.intake.entry_plan import build_entry_plan
from jukwaa.intake.models import Actor
from jukwaa.meetings.actions import record_entry
from jukwaa.meetings.actions.commitment_owners import decline_commitment_ownership
from jukwaa.meetings.models import Commitment
from tests.factories import AffiliationFactory, MeetingFactory, MembershipFactory, OrganisationFactory
from tests.intake.readings import create_reading
from tests.intake.test_continued_commitments import JUNE, MARCH, SEPTEMBER, add_report

HEAD = "Plenary\n\nNo. | Action | Responsible | Deadline | Status\n"


@pytest.mark.parametrize("status", ["in progress", "done"])
def test_deadline_in_words_does_not_name_an_unconfirmed_owner_to_the_public(client, coalition, rapporteur, status):
    first, second = (
        MeetingFactory(coalition=coalition, published=True, starts_on=day, label="TLP:CLEAR") for day in (MARCH, JUNE)
    )
    text = "AP 1.1 Share the costed note on the hotline"
    entry = record_entry(actor=rapporteur, meeting=first, kind="commitment", text=text, due_on=MARCH)

    row = f"AP 1.1 | Share the costed note on the hotline | Mele Fonua | when Mele Fonua is back | {status}\n"
    add_report(coalition, rapporteur, JUNE, HEAD + row, meeting=second)

    assert Commitment.objects.get().due_text == "when a member is back"
    assert "Mele" not in client.get(entry.get_absolute_url()).text


def test_deadline_in_words_hides_the_whole_name_of_an_owner_known_by_a_short_one(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH, f"{HEAD}6/1 | Send the template to schools | Mele | 1 May 2026 | open\n")
    row = "6/1 | Send the template to schools | Mele Fonua | when Mele Fonua is back | open\n"
    add_report(coalition, rapporteur, JUNE, HEAD + row)

    assert Commitment.objects.get().due_text == "when a member is back"


@pytest.mark.parametrize("day", [MARCH, SEPTEMBER])
def test_owner_who_declined_is_not_asked_again_by_another_report(coalition, rapporteur, day):
    organisation = OrganisationFactory(coalition=coalition, name="Reef Trust")
    MembershipFactory(coalition=coalition, organisation=organisation)
    representative = AffiliationFactory(organisation=organisation, may_speak=True).person
    text = f"{HEAD}6/1 | Send the template to schools | Reef Trust | - | open\n"
    add_report(coalition, rapporteur, JUNE, text)
    decline_commitment_ownership(actor=representative, commitment=Commitment.objects.get(), note="Not ours")

    add_report(coalition, rapporteur, day, text.replace("to schools", "to all schools"))

    commitment = Commitment.objects.get()
    assert (commitment.proposed_name, commitment.needs_owner) == ("", True)
    assert not Activity.objects.filter(verb="proposed-owner").exists()


def read_second_report(coalition, rapporteur, owner_before: str):
    row = "6/1 | Send the template to schools | {} | - | {}\n"
    add_report(coalition, rapporteur, MARCH, HEAD + row.format(owner_before, "open"))
    text = HEAD + row.format("Coral Trust", "in progress")
    reading = create_reading(coalition, rapporteur, text, meeting_on=JUNE, label="TLP:GREEN")
    actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    return reading


def test_new_organisation_of_a_continued_commitment_is_added_and_asked(coalition, rapporteur):
    reading = read_second_report(coalition, rapporteur, "-")
    reading.actors.filter(written="Coral Trust").update(means=Actor.Means.NEW, new_name="Coral Trust")

    actions.enter_reading(actor=rapporteur, reading=reading)

    commitment = Commitment.objects.get()
    assert (commitment.proposed_name, str(commitment.proposed_organisation)) == ("Coral Trust", "Coral Trust")


@pytest.mark.parametrize(("owner_before", "offered"), [("-", ["Coral Trust"]), ("Coral Trust", [])])
def test_likely_match_is_offered_for_an_owner_who_will_be_asked(coalition, rapporteur, owner_before, offered):
    OrganisationFactory(coalition=coalition, name="Coral Trust International")
    reading = read_second_report(coalition, rapporteur, owner_before)

    plan = build_entry_plan(reading, viewer=rapporteur)

    assert (len(plan.joined_items), [actor.written for actor in plan.offered]) == (1, offered)
