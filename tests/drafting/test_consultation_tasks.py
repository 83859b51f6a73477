"""What waits on the desk: a consultation that asks, until one has spoken; inputs, until they are answered."""

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.drafting import actions
from jukwaa.drafting.actions import InputContent
from jukwaa.drafting.models import Input
from jukwaa.home.tasks_page import get_tasks
from jukwaa.records.actions import withdraw_record


@pytest.fixture
def list_consultation_tasks(coalition):
    def list_task_actions(person):
        coalition.refresh_from_db()
        return [(item.title, item.due) for item in get_tasks(Standing(person, coalition))]

    return list_task_actions


def test_consultation_is_task_until_person_or_organisation_responds(
    consultation, delegate, member, organisation, outsider, list_consultation_tasks
):
    asked = ("Respond to the consultation on “The guideline”", consultation.closes_at.date())
    assert [list_consultation_tasks(person) for person in (delegate, member, outsider)] == [[asked], [asked], []]
    actions.give_consultation_input(
        actor=delegate, consultation=consultation, said=InputContent(body="Good."), organisation=organisation
    )

    assert [list_consultation_tasks(person) for person in (delegate, member)] == [[], [asked]]


def test_unanswered_inputs_are_tasks_of_drafters(consultation, rapporteur, member, list_consultation_tasks):
    for said in (InputContent(body="One."), InputContent(body="Two."), InputContent(kind="support")):
        actions.give_consultation_input(actor=member, consultation=consultation, said=said)

    assert ("Respond to 2 inputs on “The guideline”", None) in list_consultation_tasks(rapporteur)
    Input.objects.update(disposition="noted")
    actions.close_consultation(actor=rapporteur, consultation=consultation)
    assert list_consultation_tasks(rapporteur) == []


def test_withdrawn_text_creates_no_tasks(consultation, rapporteur, member, list_consultation_tasks):
    actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="One."))
    withdraw_record(actor=rapporteur, record=consultation.text, reason="It was not ours.")

    assert list_consultation_tasks(rapporteur) == []
