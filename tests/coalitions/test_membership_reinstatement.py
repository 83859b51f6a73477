"""A membership that was ended by mistake is current again once its last day is cleared."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jukwaa.accounts.erased_identities import block_identity_in_coalition
from jukwaa.coalitions.actions import change_membership_dates, end_membership
from jukwaa.coalitions.actions.memberships import close_ended_membership
from jukwaa.coalitions.models import Activity, Membership
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused
from tests.factories import MembershipFactory, PersonFactory

SINCE = date(2020, 1, 1)


@pytest.fixture
def membership(coalition):
    return MembershipFactory(coalition=coalition, starts_on=SINCE)


@pytest.fixture
def ended(membership, coordinator):
    return end_membership(actor=coordinator, membership=membership, reason="The fee was not paid.")


def clear_last_day(coordinator, membership, ends_on=None):
    return change_membership_dates(actor=coordinator, membership=membership, starts_on=SINCE, ends_on=ends_on)


def list_membership_verbs(membership):
    return list(
        Activity.objects.filter(kind="membership", object_id=membership.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_membership_without_last_day_is_current_again_with_its_history(ended, coordinator):
    assert ended.standing == "left"
    reinstated = clear_last_day(coordinator, ended)

    assert (reinstated.standing, reinstated.starts_on, reinstated.ends_on, reinstated.reason) == (
        "active",
        SINCE,
        None,
        "",
    )
    assert Membership.objects.active().filter(pk=ended.pk).exists()
    assert list_membership_verbs(ended) == ["ended", "reinstated"]


def test_membership_that_ended_by_its_last_day_is_current_again(membership, coordinator):
    Membership.objects.filter(pk=membership.pk).update(ends_on=get_utc_date() - timedelta(days=3))
    close_ended_membership(membership=membership)

    assert clear_last_day(coordinator, membership).standing == "active"


def test_membership_with_later_last_day_is_current_until_then(ended, coordinator):
    later = get_utc_date() + timedelta(days=30)

    assert clear_last_day(coordinator, ended, later).standing == "active"
    assert Membership.objects.active().get(pk=ended.pk).ends_on == later


def test_correction_of_past_last_day_leaves_membership_ended(ended, coordinator):
    corrected = clear_last_day(coordinator, ended, date(2025, 12, 31))

    assert (corrected.standing, corrected.reason) == ("left", "The fee was not paid.")
    assert list_membership_verbs(ended) == ["ended", "dated"]


def test_member_who_left_is_not_brought_back(coalition, coordinator):
    person = PersonFactory()
    membership = MembershipFactory(coalition=coalition, organisation=None, person=person, starts_on=SINCE)
    end_membership(actor=person, membership=membership)
    with pytest.raises(ActionRefused, match="they need to apply again to come back"):
        clear_last_day(coordinator, membership)


def test_person_who_was_removed_is_not_brought_back(coalition, coordinator):
    person = PersonFactory()
    membership = MembershipFactory(coalition=coalition, organisation=None, person=person, starts_on=SINCE)
    end_membership(actor=coordinator, membership=membership, reason="As they asked.")
    block_identity_in_coalition(person, coalition.pk)
    with pytest.raises(ActionRefused, match="left this coalition or were removed"):
        clear_last_day(coordinator, membership)


@pytest.mark.parametrize("standing", ["active", "applied", "left"])
def test_membership_before_a_newer_one_stays_ended(ended, coordinator, standing):
    MembershipFactory(
        coalition=ended.coalition,
        organisation=ended.organisation,
        standing=standing,
        starts_on=get_utc_date() + timedelta(days=1),
    )
    with pytest.raises(ActionRefused, match="There is a newer membership or application"):
        clear_last_day(coordinator, ended)


def test_coordinator_clears_last_day_on_page(client, ended, coordinator):
    client.force_login(coordinator)
    url = reverse("coalitions:membership_dates", args=[ended.coalition.slug, ended.pk])
    answer = client.post(url, {"starts_on": "1 January 2020", "ends_on": ""}, follow=True)

    assert "clear the last day to make it current again" in client.get(url).text
    assert "The dates have been corrected." in answer.text
    assert Membership.objects.get(pk=ended.pk).standing == "active"
