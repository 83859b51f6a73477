"""A consultation of members and observers: who is written to, who may respond, and which texts allow it."""

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import policies
from jukwaa.drafting.consultation_audience import find_consultation_respondents, find_invited_organisations
from jukwaa.drafting.forms.consultations import ConsultationForm
from jukwaa.home.tasks_page import get_tasks
from tests.factories import AffiliationFactory, MembershipFactory, TextFactory


@pytest.fixture
def observer(coalition):
    """A representative of an observer."""
    observed = MembershipFactory(coalition=coalition, organisation__name="Global Observatory", standing="observer")
    return AffiliationFactory(organisation=observed.organisation, may_speak=True).person


def find_invited_names(consultation):
    organisations = find_invited_organisations(consultation)
    return (
        set(organisations.values_list("name", flat=True)),
        set(find_consultation_respondents(consultation, organisations)),
    )


def test_observers_are_asked_and_can_respond(
    ask_about_text, open_text, coalition, observer, delegate, organisation, outsider
):
    consultation = ask_about_text(open_text, asks="observers")
    names, people = find_invited_names(consultation)

    assert names == {organisation.name, "Global Observatory"}
    assert {observer, delegate} <= people
    assert [
        policies.can_give_input(Standing(person, coalition), consultation) for person in (observer, delegate, outsider)
    ] == [True, True, False]
    assert [task.title for task in get_tasks(Standing(observer, coalition))] == [
        "Respond to the consultation on “The guideline”"
    ]


def test_observers_are_not_asked_if_only_members_are_asked(ask_about_text, open_text, coalition, observer):
    consultation = ask_about_text(open_text, asks="members")

    assert observer not in find_invited_names(consultation)[1]
    assert not policies.can_give_input(Standing(observer, coalition), consultation)
    assert list(get_tasks(Standing(observer, coalition))) == []


def test_observers_are_asked_only_about_what_they_can_read(ask_about_text, coalition, rapporteur, open_text):
    green = TextFactory(
        coalition=coalition, title="Inside", published=True, author=rapporteur, label="TLP:GREEN", saying=["One."]
    )
    offered = [
        [value for value, _label in ConsultationForm(text=text).fields["asks"].choices] for text in (open_text, green)
    ]

    assert offered == [["public", "observers", "members", "named"], ["members", "named"]]
    with pytest.raises(ActionRefused, match="so these people cannot read it"):
        ask_about_text(green, asks="observers")
