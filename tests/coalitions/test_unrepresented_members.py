"""A member organisation without a representative is a task of the coordinators, if it has ever had one."""

from datetime import timedelta

import pytest

from jukwaa.coalitions import actions
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import get_utc_date
from jukwaa.home.tasks_page import get_tasks
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory


@pytest.fixture
def hotline(coalition):
    return MembershipFactory(coalition=coalition, organisation__name="A hotline").organisation


@pytest.fixture
def representative(hotline):
    return AffiliationFactory(organisation=hotline, may_speak=True)


def list_appointments(person, coalition):
    titles = [task.title for task in get_tasks(Standing(person, coalition))]
    return [title.removeprefix("Appoint a representative of ") for title in titles if title.startswith("Appoint")]


def end_affiliation_yesterday(affiliation, coordinator):
    actions.end_affiliation(actor=coordinator, affiliation=affiliation, ends_on=get_utc_date() - timedelta(days=1))


def leave_coalition(affiliation, coordinator):
    actions.end_affiliation(actor=affiliation.person, affiliation=affiliation)


def remove_right_to_represent(affiliation, coordinator):
    actions.confirm_affiliation(actor=coordinator, affiliation=affiliation, can_represent=False)


def remove_person(affiliation, coordinator):
    coalition = affiliation.organisation.coalition
    actions.remove_person(actor=coordinator, coalition=coalition, person=affiliation.person)


@pytest.mark.parametrize("lose", [end_affiliation_yesterday, leave_coalition, remove_right_to_represent, remove_person])
def test_coordinator_is_asked_to_appoint_when_last_representative_is_lost(
    client, coalition, coordinator, hotline, representative, lose
):
    other = AffiliationFactory(organisation=hotline, may_speak=True)
    for affiliation, expected in ((representative, []), (other, ["A hotline"])):
        lose(affiliation, coordinator)
        coalition.refresh_from_db()
        assert list_appointments(coordinator, coalition) == expected
    task = next(task for task in get_tasks(Standing(coordinator, coalition)) if task.title.startswith("Appoint"))
    client.force_login(coordinator)
    assert client.get(task.url).context["organisation"] == hotline
    rapporteur = create_seated_person(coalition, "A rapporteur", "rapporteur")
    assert list_appointments(rapporteur, coalition) == []


def appoint_representative(hotline, coordinator):
    actions.add_affiliation(actor=coordinator, person=PersonFactory(), organisation=hotline, may_speak=True)


def appoint_representative_for_tomorrow(hotline, coordinator):
    AffiliationFactory(organisation=hotline, may_speak=True, starts_on=get_utc_date() + timedelta(days=1))
    Coalition.objects.increment_revision([hotline.coalition_id])


def end_membership(hotline, coordinator):
    membership = Membership.objects.get(organisation=hotline)
    yesterday = get_utc_date() - timedelta(days=1)
    actions.end_membership(actor=coordinator, membership=membership, ends_on=yesterday, reason="They asked for it.")


@pytest.mark.parametrize("solve", [appoint_representative, appoint_representative_for_tomorrow, end_membership])
def test_task_ends_with_new_representative_or_membership(coalition, coordinator, hotline, representative, solve):
    end_affiliation_yesterday(representative, coordinator)
    assert list_appointments(coordinator, coalition) == ["A hotline"]
    solve(hotline, coordinator)
    coalition.refresh_from_db()

    assert list_appointments(coordinator, coalition) == []


def test_only_members_that_had_representative_are_listed(coalition, other_coalition, coordinator):
    long_ago = get_utc_date() - timedelta(days=500)
    past = {"may_speak": True, "starts_on": long_ago, "ends_on": long_ago}
    names = ("Never represented", "Staff only", "Claim only", "Confirmation lapsed")
    _never, staff, claim, lapsed = (
        MembershipFactory(coalition=coalition, organisation__name=name).organisation for name in names
    )
    AffiliationFactory(organisation=staff)
    AffiliationFactory(organisation=staff, ends_on=long_ago)
    AffiliationFactory(organisation=claim, may_speak=True, confirmed_on=None, confirmed_by=None, ends_on=long_ago)
    AffiliationFactory(organisation=lapsed, may_speak=True, confirmed_on=long_ago)
    observer = MembershipFactory(coalition=coalition, organisation__name="Observer", standing="observer").organisation
    outside = OrganisationFactory(coalition=coalition, name="In the directory only")
    elsewhere = MembershipFactory(coalition=other_coalition, organisation__name="Elsewhere").organisation
    lost = MembershipFactory(coalition=coalition, organisation__name="Lost its representative").organisation
    for organisation in (observer, outside, elsewhere, lost):
        AffiliationFactory(organisation=organisation, **past)

    assert list_appointments(coordinator, coalition) == ["Lost its representative"]
