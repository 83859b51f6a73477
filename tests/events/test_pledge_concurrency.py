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
from tests.concurrency import run_concurrently
from tests.factories import AffiliationFactory, OccurrenceFactory, OrganisationFactory

FEEDBACK_DATA = {"done": "We held it."}


@pytest.fixture
def give_pledge_as(coalition, organisation):
    """Create a pledge for the organisation: `give_pledge_as(person, occurrence, "We sing.")`."""

    def give_one_pledge(person, occurrence, activity, *, organisation=organisation, token=None):
        return actions.pledge(
            actor=person, occurrence=occurrence, organisation=organisation, promise=PledgeDetails(activity), token=token
        )

    return give_one_pledge


@pytest.fixture
def colleague(organisation):
    return AffiliationFactory(organisation=organisation, may_speak=True).person


@pytest.mark.parametrize("repetition", range(3))
def test_colleagues_with_same_pledge_create_one(
    transactional_db, occurrence_with_call, delegate, colleague, give_pledge_as, repetition
):
    came = run_concurrently(
        *((lambda who=who: give_pledge_as(who, occurrence_with_call, "We sing.")) for who in (delegate, colleague))
    )

    assert came == [Pledge.objects.get()] * 2
    assert Activity.objects.filter(kind="pledge", verb="pledged").count() == 1


@pytest.mark.parametrize("repetition", range(3))
def test_double_click_creates_one_pledge(transactional_db, occurrence_with_call, delegate, give_pledge_as, repetition):
    token = uuid4()
    came = run_concurrently(*[lambda: give_pledge_as(delegate, occurrence_with_call, "We sing.", token=token)] * 2)

    assert came == [Pledge.objects.get()] * 2


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_different_pledges_are_both_saved(
    transactional_db, occurrence_with_call, delegate, colleague, give_pledge_as, repetition
):
    run_concurrently(
        lambda: give_pledge_as(delegate, occurrence_with_call, "We sing."),
        lambda: give_pledge_as(colleague, occurrence_with_call, "We dance."),
    )

    assert sorted(Pledge.objects.values_list("activity", flat=True)) == ["We dance.", "We sing."]


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_edits_to_same_text_keep_both_pledges(
    transactional_db, occurrence_with_call, delegate, colleague, give_pledge_as, repetition
):
    one, other = (
        give_pledge_as(delegate, occurrence_with_call, "We sing."),
        give_pledge_as(delegate, occurrence_with_call, "We dance."),
    )
    change = {"promise": PledgeDetails("We paint."), "from_version": 1}
    came = run_concurrently(
        lambda: actions.change_pledge(actor=delegate, pledge=one, **change),
        lambda: actions.change_pledge(actor=colleague, pledge=other, **change),
    )

    assert Counter(type(each) for each in came) == {Pledge: 1, ActionRefused: 1}
    assert "Your organisation has already made this pledge." in [str(each) for each in came]
    assert Pledge.objects.standing().filter(activity="We paint.").count() == 1


@pytest.mark.parametrize("repetition", range(3))
def test_second_concurrent_edit_shows_first(
    transactional_db, occurrence_with_call, delegate, colleague, give_pledge_as, repetition
):
    given = give_pledge_as(delegate, occurrence_with_call, "We sing.")
    came = run_concurrently(
        lambda: actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We dance."), from_version=1),
        lambda: actions.change_pledge(
            actor=colleague, pledge=given, promise=PledgeDetails("We paint."), from_version=1
        ),
    )

    assert Counter(type(each) for each in came) == {Pledge: 1, EditConflict: 1}


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_feedback_is_saved_once(transactional_db, event, delegate, colleague, organisation, repetition):
    held = OccurrenceFactory(event=event, starts_on=timezone.localdate())
    told = {
        "occurrence": held,
        "organisation": organisation,
        "promise": PledgeDetails("We held it."),
        "told": FEEDBACK_DATA,
    }
    came = run_concurrently(
        *((lambda who=who: actions.report_event_participation(actor=who, **told)) for who in (delegate, colleague))
    )

    assert came == [Feedback.objects.get()] * 2
    assert Pledge.objects.count() == 1


@pytest.mark.django_db
def test_reused_form_token_pledges_for_other_organisation(occurrence_with_call, coalition, delegate, give_pledge_as):
    token = uuid4()
    second = OrganisationFactory(coalition=coalition)
    AffiliationFactory(organisation=second, person=delegate, may_speak=True)
    first, other = give_pledge_as(delegate, occurrence_with_call, "We sing.", token=token), None
    other = give_pledge_as(delegate, occurrence_with_call, "We sing.", organisation=second, token=token)

    assert (first.organisation_id != other.organisation_id, Pledge.objects.count()) == (True, 2)


@pytest.mark.django_db
def test_reused_form_token_pledges_again_after_withdrawal(occurrence_with_call, delegate, give_pledge_as):
    token = uuid4()
    actions.withdraw_pledge(
        actor=delegate, pledge=give_pledge_as(delegate, occurrence_with_call, "We sing.", token=token)
    )

    assert give_pledge_as(delegate, occurrence_with_call, "We sing.", token=token).stands
