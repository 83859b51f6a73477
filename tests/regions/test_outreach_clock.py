"""The clock: one reminder, then closed; what was not answered is erased at its day."""

from datetime import UTC, date, datetime, time

import pytest

from jukwaa.coalitions.models import Capacity, Membership
from jukwaa.mail.models import Message
from jukwaa.regions.actions.invitation_answers import (
    accept_invitation,
    decline_invitation_for_now,
    register_do_not_contact,
)
from jukwaa.regions.actions.prospects import (
    InvitationPurpose,
    add_prospect_acquaintance,
    mark_letter_sent,
    reassign_prospect,
)
from jukwaa.regions.jobs import follow_up_letters
from jukwaa.regions.models import NeverAgain, Prospect
from tests.factories import MembershipFactory, OrganisationFactory
from tests.regions.outreach_steps import add_outreach_plan, add_prospect, get_day_in, set_prospect_values


def run_follow_up_job_on(job_day: date) -> int:
    return follow_up_letters(datetime.combine(job_day, time(12), tzinfo=UTC))


@pytest.fixture
def sent_prospect(coalition, member) -> Prospect:
    return mark_letter_sent(actor=member, prospect=add_prospect(member, coalition))


def get_prospect_state(prospect: Prospect) -> str:
    prospect.refresh_from_db()
    return prospect.state


def test_introducer_gets_one_reminder_before_closing(sent_prospect, member):
    found = [
        (run_follow_up_job_on(get_day_in(days)), get_prospect_state(sent_prospect))
        for days in (20, 21, 21, 22, 41, 42, 43)
    ]

    assert found == [
        (0, "sent"),
        (1, "reminded"),
        (0, "reminded"),
        (0, "reminded"),
        (0, "reminded"),
        (0, "closed"),
        (0, "closed"),
    ]
    mail = Message.objects.get()
    assert mail.to == member.email
    assert "Reminder: an invitation to work with Our Coalition" in mail.body
    assert mail.body.count("/answer/") == 1


@pytest.mark.parametrize(
    "answer_prospect",
    [decline_invitation_for_now, lambda prospect: accept_invitation(prospect=prospect, name="A", address="a@b.org")],
)
def test_answered_prospect_is_not_reminded(sent_prospect, answer_prospect):
    answer_prospect(prospect=sent_prospect)

    assert run_follow_up_job_on(get_day_in(30)) == 0
    assert Message.objects.count() == 0


def test_outage_delays_single_reminder_and_its_period(sent_prospect):
    assert [run_follow_up_job_on(get_day_in(100)), run_follow_up_job_on(get_day_in(120))] == [1, 0]
    assert get_prospect_state(sent_prospect) == "reminded"
    run_follow_up_job_on(get_day_in(121))
    assert get_prospect_state(sent_prospect) == "closed"


def test_unanswered_prospect_without_plan_is_erased_after_a_year(sent_prospect):
    run_follow_up_job_on(get_day_in(364))
    assert Prospect.objects.exists()
    run_follow_up_job_on(get_day_in(366))
    assert (Prospect.objects.count(), Capacity.objects.count()) == (0, 0)


def test_plan_date_erases_all_but_yes_and_do_not_contact(coalition, member):
    plan = add_outreach_plan(member, coalition, starts_on=get_day_in(30), forget_on=get_day_in(60))
    names = ("One", "Two", "Three", "Four")
    one, two, _three, four = (
        add_prospect(member, coalition, name, what_for=InvitationPurpose(outreach=plan)) for name in names
    )
    accept_invitation(prospect=one, name="Ana", address="ana@example.org")
    decline_invitation_for_now(prospect=two)
    register_do_not_contact(coalition=coalition, contact_marks=[], prospect=four)
    run_follow_up_job_on(get_day_in(60))
    assert Prospect.objects.count() == 3
    run_follow_up_job_on(get_day_in(61))

    assert list(Prospect.objects.values_list("name", "contact_name")) == [("One", "Ana")]
    assert NeverAgain.objects.count() == 2
    run_follow_up_job_on(get_day_in(366))
    assert Prospect.objects.count() == 0


def test_changed_plan_date_applies_to_existing_prospects(coalition, member):
    plan = add_outreach_plan(member, coalition, starts_on=get_day_in(30), forget_on=get_day_in(60))
    add_prospect(member, coalition, what_for=InvitationPurpose(outreach=plan))
    type(plan).objects.filter(pk=plan.pk).update(forget_on=get_day_in(90))
    run_follow_up_job_on(get_day_in(61))

    assert Prospect.objects.count() == 1


def test_prospect_that_joined_is_closed(coalition, member):
    organisation = OrganisationFactory(coalition=coalition, name="A helpline", country="KE")
    prospect = add_prospect(member, coalition)
    MembershipFactory(coalition=coalition, organisation=organisation)
    run_follow_up_job_on(get_day_in(1))

    assert get_prospect_state(prospect) == "closed"


def test_introducer_leaving_closes_prospect_but_answer_link_works(coalition, sent_prospect, member):
    Membership.objects.filter(person=member).update(standing="left", ends_on=get_day_in(-1))
    run_follow_up_job_on(get_day_in(1))
    assert get_prospect_state(sent_prospect) == "closed"
    assert not Prospect.objects.visible_to(member).exists()
    accept_invitation(prospect=sent_prospect, name="Ana", address="ana@example.org")
    assert get_prospect_state(sent_prospect) == "yes"


def test_other_acquaintance_replaces_introducer_who_left(coalition, member, coordinator):
    prospect = add_prospect(member, coalition)
    Membership.objects.filter(person=member).update(standing="left", ends_on=get_day_in(-1))
    run_follow_up_job_on(get_day_in(1))
    row = add_prospect_acquaintance(actor=coordinator, prospect=prospect)
    reassign_prospect(actor=coordinator, prospect=prospect, new_acquaintance=row)

    assert get_prospect_state(prospect) == "noted"
    assert prospect.introducer == coordinator


def test_unsent_letter_gets_no_reminder(coalition, member):
    prospect = set_prospect_values(add_prospect(member, coalition), state="noted")

    assert run_follow_up_job_on(get_day_in(60)) == 0
    assert get_prospect_state(prospect) == "noted"
