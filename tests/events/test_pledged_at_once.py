"""Pledges of one organisation at the same moment, and forms that are sent once more: never lost, never doubled."""

from collections import Counter
from uuid import uuid4

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.events import actions
from jukwaa.events.actions import PledgeDetails
from jukwaa.events.models import Feedback, Pledge
from tests.at_once import at_once
from tests.factories import AffiliationFactory, OccurrenceFactory, OrganisationFactory

TOLD = {"done": "We held it."}


@pytest.fixture
def give(coalition, organisation):
    """Pledges for the organisation as somebody of it: `give(who, occurrence, "We sing.")`."""

    def one(who, occurrence, activity, *, organisation=organisation, token=None):
        return actions.pledge(
            actor=who, occurrence=occurrence, organisation=organisation, promise=PledgeDetails(activity), token=token
        )

    return one


@pytest.fixture
def colleague(organisation):
    return AffiliationFactory(organisation=organisation, may_speak=True).person


@pytest.mark.parametrize("turn", range(3))
def test_two_of_an_organisation_who_pledge_the_same_at_once_pledge_it_once(
    transactional_db, called, delegate, colleague, give, turn
):
    came = at_once(*((lambda who=who: give(who, called, "We sing.")) for who in (delegate, colleague)))

    assert came == [Pledge.objects.get()] * 2
    assert Activity.objects.filter(kind="pledge", verb="pledged").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_button_that_is_pressed_twice_at_once_pledges_once(transactional_db, called, delegate, give, turn):
    token = uuid4()
    came = at_once(*[lambda: give(delegate, called, "We sing.", token=token)] * 2)

    assert came == [Pledge.objects.get()] * 2


@pytest.mark.parametrize("turn", range(3))
def test_two_who_pledge_different_things_at_once_both_pledge(transactional_db, called, delegate, colleague, give, turn):
    at_once(lambda: give(delegate, called, "We sing."), lambda: give(colleague, called, "We dance."))

    assert sorted(Pledge.objects.values_list("activity", flat=True)) == ["We dance.", "We sing."]


@pytest.mark.parametrize("turn", range(3))
def test_two_pledges_that_are_changed_into_the_same_at_once_stay_two(
    transactional_db, called, delegate, colleague, give, turn
):
    one, other = give(delegate, called, "We sing."), give(delegate, called, "We dance.")
    change = {"promise": PledgeDetails("We paint."), "from_version": 1}
    came = at_once(
        lambda: actions.change_pledge(actor=delegate, pledge=one, **change),
        lambda: actions.change_pledge(actor=colleague, pledge=other, **change),
    )

    assert Counter(type(each) for each in came) == {Pledge: 1, ActionRefused: 1}
    assert "Your organisation has already made this pledge." in [str(each) for each in came]
    assert Pledge.objects.standing().filter(activity="We paint.").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_change_a_pledge_at_once_the_second_is_shown_what_the_first_wrote(
    transactional_db, called, delegate, colleague, give, turn
):
    given = give(delegate, called, "We sing.")
    came = at_once(
        lambda: actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We dance."), from_version=1),
        lambda: actions.change_pledge(
            actor=colleague, pledge=given, promise=PledgeDetails("We paint."), from_version=1
        ),
    )

    assert Counter(type(each) for each in came) == {Pledge: 1, EditConflict: 1}


@pytest.mark.parametrize("turn", range(3))
def test_two_who_tell_at_once_that_they_took_part_tell_it_once(
    transactional_db, event, delegate, colleague, organisation, turn
):
    held = OccurrenceFactory(event=event, starts_on=timezone.localdate())
    told = {"occurrence": held, "organisation": organisation, "promise": PledgeDetails("We held it."), "told": TOLD}
    came = at_once(
        *((lambda who=who: actions.report_participation(actor=who, **told)) for who in (delegate, colleague))
    )

    assert came == [Feedback.objects.get()] * 2
    assert Pledge.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_one_went_back_to_pledges_for_another_organisation_too(called, coalition, delegate, give):
    token = uuid4()
    second = OrganisationFactory(coalition=coalition)
    AffiliationFactory(organisation=second, person=delegate, may_speak=True)
    first, other = give(delegate, called, "We sing.", token=token), None
    other = give(delegate, called, "We sing.", organisation=second, token=token)

    assert (first.organisation_id != other.organisation_id, Pledge.objects.count()) == (True, 2)


@pytest.mark.django_db
def test_a_form_that_one_went_back_to_after_taking_back_pledges_anew(called, delegate, give):
    token = uuid4()
    actions.withdraw_pledge(actor=delegate, pledge=give(delegate, called, "We sing.", token=token))

    assert give(delegate, called, "We sing.", token=token).stands
