"""A button that is pressed twice at the same moment: what it begins is begun once, and nobody sees an error."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.actions.enquiries import ask_expert
from jukwaa.cooperation.actions.offers import HelpOwner, create_offer_or_need
from jukwaa.cooperation.actions.work import add_work_party
from jukwaa.cooperation.actions.work_following import (
    ReportData,
    add_outcome_figure,
    add_work_update,
    report_deliverable,
)
from jukwaa.cooperation.models import Deliverable, Enquiry, JointWork, Need, Offer, Outcome, Party
from jukwaa.events.actions import OccurrenceDetails, announce_event
from jukwaa.events.models import Event
from tests.concurrency import run_concurrently
from tests.cooperation.charter_steps import begin_work_with_charter, create_work_with_signed_charter
from tests.factories import NeedFactory, OrganisationFactory


def run_action_twice(action):
    """Both find the same, which is there once."""
    first, second = run_concurrently(action, action)
    assert first == second
    return first


repeat_three_times = pytest.mark.parametrize("repetition", range(3))


@repeat_three_times
def test_repeated_offer_need_and_event_forms_save_once(
    transactional_db, coalition, person_who_gives, giving_organisation, rapporteur, repetition
):
    told = {"title": "We train", "sort": "training"}
    for model in (Offer, Need):
        token = uuid4()
        run_action_twice(
            lambda model=model, token=token: create_offer_or_need(
                actor=person_who_gives,
                coalition=coalition,
                help_model=model,
                whose=HelpOwner(organisation=giving_organisation),
                said=told,
                token=token,
            )
        )
    token, day = uuid4(), date(2027, 2, 9)
    run_action_twice(
        lambda: announce_event(
            actor=rapporteur,
            coalition=coalition,
            occurrence_details=OccurrenceDetails(day, day),
            details={"title": "A day"},
            token=token,
        )
    )

    assert [model.objects.count() for model in (Offer, Need, Event)] == [1, 1, 1]
    assert Activity.objects.filter(verb="published").count() == 3


@repeat_three_times
def test_repeated_joint_work_and_party_forms_save_once(transactional_db, coalition, helpline, provider, repetition):
    token = uuid4()
    work = run_action_twice(lambda: begin_work_with_charter(coalition, helpline, provider, token=token))
    other = OrganisationFactory(coalition=coalition)
    run_action_twice(lambda: add_work_party(actor=helpline[0], work=work, organisation=other))

    assert (JointWork.objects.count(), Party.objects.count()) == (1, 3)


@repeat_three_times
def test_repeated_expert_question_saves_once(
    transactional_db, coalition, person_who_needs, needing_organisation, repetition
):
    need = NeedFactory(
        coalition=coalition,
        organisation=needing_organisation,
        sort="expertise",
        published=True,
        author=person_who_needs,
    )
    asked, token = OrganisationFactory(coalition=coalition), uuid4()
    run_action_twice(
        lambda: ask_expert(actor=person_who_needs, need=need, organisation=asked, question="How?", token=token)
    )

    assert Enquiry.objects.count() == 1


@repeat_three_times
def test_repeated_report_update_and_figure_save_once(transactional_db, coalition, helpline, provider, repetition):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    deliverable = Deliverable.objects.select_related("work__coalition", "party").get()
    party = Party.objects.select_related("work__coalition", "organisation").get(organisation=helpline[1])
    outcome = Outcome.objects.select_related("work__coalition").get()
    token = uuid4()
    run_action_twice(
        lambda: report_deliverable(
            actor=helpline[0], deliverable=deliverable, report_data=ReportData("under-way"), token=token
        )
    )
    run_action_twice(lambda: add_work_update(actor=helpline[0], work=work, words="We met.", party=party, token=token))
    today = timezone.localdate()
    run_action_twice(
        lambda: add_outcome_figure(actor=helpline[0], outcome=outcome, on=today, value=Decimal(0), source="A count")
    )
