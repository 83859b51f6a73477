"""What waits on the desk: a consultation that asks, until one has spoken; inputs, until they are answered."""

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.drafting import actions
from jukwaa.drafting.actions import InputContent
from jukwaa.drafting.models import Input
from jukwaa.home.tasks_page import get_tasks
from jukwaa.records.actions import withdraw_record


@pytest.fixture
def desk(coalition):
    def deeds(person):
        coalition.refresh_from_db()
        return [(item.title, item.due) for item in get_tasks(Standing(person, coalition))]

    return deeds


def test_whoever_is_asked_finds_it_on_their_desk_until_they_or_their_organisation_have_spoken(
    consultation, delegate, member, organisation, outsider, desk
):
    asked = ("Respond to the consultation on “The guideline”", consultation.closes_at.date())
    assert [desk(person) for person in (delegate, member, outsider)] == [[asked], [asked], []]
    actions.give_input(
        actor=delegate, consultation=consultation, said=InputContent(body="Good."), organisation=organisation
    )

    assert [desk(person) for person in (delegate, member)] == [[], [asked]]


def test_those_who_draft_find_the_inputs_that_nobody_has_answered(consultation, rapporteur, member, desk):
    for said in (InputContent(body="One."), InputContent(body="Two."), InputContent(kind="support")):
        actions.give_input(actor=member, consultation=consultation, said=said)

    assert ("Respond to 2 inputs on “The guideline”", None) in desk(rapporteur)
    Input.objects.update(disposition="noted")
    actions.close_consultation(actor=rapporteur, consultation=consultation)
    assert desk(rapporteur) == []


def test_a_text_that_was_taken_out_of_the_record_asks_its_author_for_nothing(consultation, rapporteur, member, desk):
    actions.give_input(actor=member, consultation=consultation, said=InputContent(body="One."))
    withdraw_record(actor=rapporteur, record=consultation.text, reason="It was not ours.")

    assert desk(rapporteur) == []
