"""The clock: one reminder, then closed; what was not answered is erased at its day."""

from datetime import UTC, date, datetime, time

import pytest

from jukwaa.coalitions.models import Capacity, Membership
from jukwaa.mail.models import Message
from jukwaa.regions.actions.invitation_answers import accept_invitation, decline_for_now, register_do_not_contact
from jukwaa.regions.actions.prospects import InvitationPurpose, mark_letter_sent, reassign_prospect, record_acquaintance
from jukwaa.regions.jobs import follow_up_letters
from jukwaa.regions.models import NeverAgain, Prospect
from tests.factories import MembershipFactory, OrganisationFactory
from tests.regions.reaching import in_days, lent, noted, planned


def clock(day: date) -> int:
    return follow_up_letters(datetime.combine(day, time(12), tzinfo=UTC))


@pytest.fixture
def sent(coalition, member) -> Prospect:
    return mark_letter_sent(actor=member, prospect=noted(member, coalition))


def state_of(prospect: Prospect) -> str:
    prospect.refresh_from_db()
    return prospect.state


def test_the_introducer_gets_the_short_letter_once_and_then_it_is_closed(sent, member):
    found = [(clock(in_days(days)), state_of(sent)) for days in (20, 21, 21, 22, 41, 42, 43)]

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
    "answer", [decline_for_now, lambda prospect: accept_invitation(prospect=prospect, name="A", address="a@b.org")]
)
def test_whoever_has_answered_is_not_reminded(sent, answer):
    answer(prospect=sent)

    assert clock(in_days(30)) == 0
    assert Message.objects.count() == 0


def test_after_an_outage_there_is_one_reminder_and_its_time_runs_from_then(sent):
    assert [clock(in_days(100)), clock(in_days(120))] == [1, 0]
    assert state_of(sent) == "reminded"
    clock(in_days(121))
    assert state_of(sent) == "closed"


def test_without_a_plan_what_is_not_answered_is_erased_a_year_after_it_was_noted(sent):
    clock(in_days(364))
    assert Prospect.objects.exists()
    clock(in_days(366))
    assert (Prospect.objects.count(), Capacity.objects.count()) == (0, 0)


def test_of_a_plan_all_that_is_not_yes_is_erased_at_its_day_and_never_again_stays(coalition, member):
    plan = planned(member, coalition, on=in_days(30), forget_on=in_days(60))
    names = ("One", "Two", "Three", "Four")
    one, two, _three, four = (
        noted(member, coalition, name, what_for=InvitationPurpose(outreach=plan)) for name in names
    )
    accept_invitation(prospect=one, name="Ana", address="ana@example.org")
    decline_for_now(prospect=two)
    register_do_not_contact(coalition=coalition, marks=[], prospect=four)
    clock(in_days(60))
    assert Prospect.objects.count() == 3
    clock(in_days(61))

    assert list(Prospect.objects.values_list("name", "contact_name")) == [("One", "Ana")]
    assert NeverAgain.objects.count() == 2
    clock(in_days(366))
    assert Prospect.objects.count() == 0


def test_another_day_of_a_plan_holds_for_what_is_noted_already(coalition, member):
    plan = planned(member, coalition, on=in_days(30), forget_on=in_days(60))
    noted(member, coalition, what_for=InvitationPurpose(outreach=plan))
    type(plan).objects.filter(pk=plan.pk).update(forget_on=in_days(90))
    clock(in_days(61))

    assert Prospect.objects.count() == 1


def test_one_that_became_a_member_meanwhile_is_closed(coalition, member):
    organisation = OrganisationFactory(coalition=coalition, name="A helpline", country="KE")
    prospect = noted(member, coalition)
    MembershipFactory(coalition=coalition, organisation=organisation)
    clock(in_days(1))

    assert state_of(prospect) == "closed"


def test_of_an_introducer_who_has_left_it_is_closed_and_a_late_yes_still_arrives(coalition, sent, member):
    Membership.objects.filter(person=member).update(standing="left", ends_on=in_days(-1))
    clock(in_days(1))
    assert state_of(sent) == "closed"
    assert not Prospect.objects.visible_to(member).exists()
    accept_invitation(prospect=sent, name="Ana", address="ana@example.org")
    assert state_of(sent) == "yes"


def test_somebody_else_who_knows_them_takes_it_over_when_the_introducer_has_left(coalition, member, coordinator):
    prospect = noted(member, coalition)
    Membership.objects.filter(person=member).update(standing="left", ends_on=in_days(-1))
    clock(in_days(1))
    row = record_acquaintance(actor=coordinator, prospect=prospect)
    reassign_prospect(actor=coordinator, prospect=prospect, to=row)

    assert state_of(prospect) == "noted"
    assert prospect.introducer == coordinator


def test_a_letter_that_was_never_sent_is_not_reminded_of(coalition, member):
    prospect = lent(noted(member, coalition), state="noted")

    assert clock(in_days(60)) == 0
    assert state_of(prospect) == "noted"
