"""Roles and memberships begin and end at the same moment for every reader, whatever their time zone."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import assign_role, end_affiliation
from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.middleware import CoalitionMiddleware
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import execute_prepared
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory, RoleFactory

YESTERDAY_IN_HONOLULU = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)
TOMORROW_IN_FIJI = datetime(2026, 11, 29, 13, 0, tzinfo=UTC)
TIME_ZONES = ("Pacific/Fiji", "UTC", "America/Bogota", "Pacific/Honolulu")


@pytest.fixture(params=[YESTERDAY_IN_HONOLULU, TOMORROW_IN_FIJI])
def moment_between_days(request, monkeypatch) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: request.param)
    return request.param


@pytest.mark.parametrize("actor_zone", TIME_ZONES)
@pytest.mark.parametrize("reader_zone", TIME_ZONES)
def test_new_role_is_valid_in_every_time_zone(
    moment_between_days, coalition, coordinator, member, actor_zone, reader_zone
):
    with timezone.override(actor_zone):
        role = assign_role(actor=coordinator, coalition=coalition, person=member, kind=Role.Kind.CHAIR)

    with timezone.override(reader_zone):
        assert role in Role.objects.held_by(member)


@pytest.mark.parametrize("reader_zone", TIME_ZONES)
def test_seat_ends_at_same_moment_in_every_time_zone(moment_between_days, coalition, reader_zone):
    person = PersonFactory()
    MembershipFactory(
        coalition=coalition, organisation=None, person=person, starts_on=date(2020, 1, 1), ends_on=date(2026, 11, 28)
    )
    RoleFactory(coalition=coalition, person=person, starts_on=date(2026, 11, 30), ends_on=None)

    with timezone.override(reader_zone):
        assert not Membership.objects.seats_of(person).exists()
        assert not Role.objects.held_by(person).exists()
        assert not Standing(person, coalition).has_seat


@pytest.mark.parametrize("zone", TIME_ZONES)
def test_ended_affiliation_is_invalid_at_once_in_every_time_zone(moment_between_days, coalition, zone):
    affiliation = AffiliationFactory(
        organisation=OrganisationFactory(coalition=coalition), starts_on=date(2020, 1, 1), ends_on=None
    )
    with timezone.override(zone):
        end_affiliation(actor=affiliation.person, affiliation=affiliation)

        assert not Affiliation.objects.in_force().filter(pk=affiliation.pk).exists()


def find_current_roles(person):
    return Role.objects.held_by(person)


def test_prepared_queries_and_cached_values_follow_the_day_in_utc(monkeypatch, coalition, member):
    RoleFactory(coalition=coalition, person=member, kind="chair", starts_on=date(2026, 11, 30))
    counts = []
    # In Fiji all of this is 30 November.
    for hour in (datetime(2026, 11, 29, 23, 0, tzinfo=UTC), datetime(2026, 11, 30, 1, 0, tzinfo=UTC)):
        monkeypatch.setattr(timezone, "now", lambda hour=hour: hour)
        with timezone.override("Pacific/Fiji"):
            prepared = len(execute_prepared(find_current_roles, member))
            counts.append((prepared, get_or_build_cached(coalition, "roles", Role.objects.held_by(member).count)))

    assert counts == [(0, 0), (1, 1)]


def test_coalition_time_zone_is_chosen_from_list(client, coalition, coordinator):
    Coalition.objects.filter(pk=coalition.pk).update(time_zone="Asia/Calcutta")  # an older name
    client.force_login(coordinator)
    field = client.get(reverse("coalitions:settings", args=[coalition.slug])).context["form"]["time_zone"]
    offered = dict(field.field.choices)

    assert field.value() in offered
    assert ("Europe/London", "London") in offered["Europe"]


@pytest.mark.parametrize(("own_zone", "zone"), [("UTC", "Africa/Nairobi"), ("Asia/Tokyo", "Asia/Tokyo")])
def test_page_is_in_zone_of_coalition_until_its_reader_chooses_one(rf, coalition, member, own_zone, zone):
    Coalition.objects.update(time_zone="Africa/Nairobi")
    member.time_zone = own_zone
    request = rf.get("/ours/")
    request.user = member
    with timezone.override(member.zone):
        CoalitionMiddleware(lambda _request: HttpResponse()).process_view(
            request, lambda _request: HttpResponse(), (), {"coalition": "ours"}
        )
        shown = timezone.get_current_timezone_name()

    assert shown == zone
    assert timezone.get_current_timezone_name() == "UTC"
