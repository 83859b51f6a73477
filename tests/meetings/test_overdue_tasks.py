"""Coordinators ask about every overdue commitment once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings.models import Commitment
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
)

ASK = "Ask about the commitment “Translate it”"
UPDATE = "Translate it"
CONFIRM = "Confirm the commitment “Translate it”"
FIND_OWNER = "Find a new owner for “Translate it”"


@pytest.fixture
def entry(coalition):
    meeting = MeetingFactory(coalition=coalition, published=True)
    return EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", title="Translate it", published=True)


def create_overdue_commitment(entry, **fields):
    return CommitmentFactory(entry=entry, due_on=timezone.localdate() - timedelta(days=30), **fields)


def list_titles(person, coalition):
    titles = [task.title for task in get_tasks(Standing(person, coalition))]
    return [title for title in titles if "Translate it" in title]


@pytest.mark.parametrize("is_in_directory", [True, False])
def test_unconfirmed_overdue_commitment_is_a_task(coalition, coordinator, member, entry, organisation, is_in_directory):
    proposed = {"proposed_organisation": organisation} if is_in_directory else {}
    create_overdue_commitment(entry, owner=None, proposed_name="Griet", **proposed)
    assert list_titles(coordinator, coalition) == [ASK]
    assert list_titles(member, coalition) == []


def test_task_names_owner_who_has_not_confirmed(coalition, coordinator, entry):
    entry.title = "A member translates it"
    entry.save(update_fields=["title"])
    create_overdue_commitment(entry, owner=None, proposed_name="Griet", withheld_title="Griet: Translate it")
    assert list_titles(coordinator, coalition) == ["Ask about the commitment “Griet: Translate it”"]


def test_task_of_representative_who_is_no_member_names_nobody(coalition, entry):
    organisation = OrganisationFactory(coalition=coalition)
    person = AffiliationFactory(organisation=organisation, may_speak=True).person
    proposed = {"proposed_name": "Griet", "proposed_organisation": organisation}
    create_overdue_commitment(entry, owner=None, withheld_title="Griet: Translate it", **proposed)
    assert list_titles(person, coalition) == [CONFIRM]


def test_unconfirmed_commitment_of_own_organisation_is_one_task(coalition, coordinator, entry, organisation):
    AffiliationFactory(person=coordinator, organisation=organisation, may_speak=True)
    create_overdue_commitment(entry, owner=None, proposed_name="Griet", proposed_organisation=organisation)
    assert list_titles(coordinator, coalition) == [CONFIRM]


def test_commitment_of_a_name_that_matches_nobody_is_one_task(coalition, coordinator, entry):
    create_overdue_commitment(entry, owner=CapacityFactory(coalition=coalition, name="Griet"))
    assert list_titles(coordinator, coalition) == [UPDATE]


def test_commitment_without_owner_is_one_task(coalition, coordinator, entry):
    left = OrganisationFactory(coalition=coalition)
    MembershipFactory(
        coalition=coalition, organisation=left, standing="left", ends_on=timezone.localdate() - timedelta(days=9)
    )
    commitment = create_overdue_commitment(entry, owner=CapacityFactory(coalition=coalition, organisation=left))
    assert list_titles(coordinator, coalition) == [FIND_OWNER]
    MembershipFactory(coalition=coalition, organisation=left)
    Commitment.objects.filter(pk=commitment.pk).update(responsible=coordinator)
    AffiliationFactory(person=coordinator, organisation=left)
    coalition.refresh_from_db()
    assert ASK not in list_titles(coordinator, coalition)
