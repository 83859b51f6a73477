from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import assign_role, end_role, hand_over_role
from jukwaa.coalitions.models import Activity, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from tests.factories import PersonFactory, RoleFactory


def list_role_terms():
    return list(Role.objects.order_by("pk").values_list("person__name", "kind", "starts_on", "ends_on"))


def test_role_is_assigned_once_with_dates(coalition, coordinator, member):
    for _time in range(2):
        assign_role(
            actor=coordinator,
            coalition=coalition,
            person=member,
            kind="chair",
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 12, 31),
        )

    assert list_role_terms()[1:] == [("A member", "chair", date(2026, 1, 1), date(2027, 12, 31))]
    assert list(Activity.objects.values_list("verb", "kind")) == [("gave", "role")]


def test_handover_ends_and_starts_term_on_same_day(coalition, coordinator, member):
    role = RoleFactory(
        coalition=coalition, person=PersonFactory(name="Before"), kind="chair", starts_on=date(2020, 1, 1)
    )
    for _time in range(2):
        hand_over_role(actor=coordinator, role=role, successor_person=member, effective_on=date(2026, 3, 1))

    assert list_role_terms()[1:] == [
        ("Before", "chair", date(2020, 1, 1), date(2026, 3, 1)),
        ("A member", "chair", date(2026, 3, 1), None),
    ]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["handed-over"]


@pytest.mark.parametrize("ends_on", [None, timezone.localdate() + timedelta(days=400)])
def test_role_cannot_be_handed_over_twice(coalition, coordinator, member, ends_on):
    role = RoleFactory(coalition=coalition, person=PersonFactory(), kind="chair", ends_on=ends_on)
    hand_over_role(actor=coordinator, role=role, successor_person=member)
    before, activities = list_role_terms(), Activity.objects.count()

    for day in (None, timezone.localdate() + timedelta(days=9)):
        with pytest.raises(ActionRefused, match="already been handed over to A member"):
            hand_over_role(
                actor=coordinator, role=role, successor_person=PersonFactory(name="Another"), effective_on=day
            )

    assert (list_role_terms(), Activity.objects.count()) == (before, activities)


@pytest.mark.parametrize("ends_on", [None, timezone.localdate() + timedelta(days=400)])
def test_role_cannot_be_handed_over_to_current_holder(client, coalition, coordinator, member, ends_on):
    role = RoleFactory(coalition=coalition, person=PersonFactory(), kind="chair")
    RoleFactory(coalition=coalition, person=member, kind="chair", ends_on=ends_on)
    before = list_role_terms()
    client.force_login(coordinator)
    url = reverse("coalitions:role_hand_over", args=[coalition.slug, role.pk])

    for _time in range(2):
        response = client.post(url, {"person": member.email})
        assert response.status_code == 422
        assert "End this term instead, or choose another person. A member already has this role." in response.text

    assert (list_role_terms(), Activity.objects.count()) == (before, 0)


def test_role_can_be_handed_over_to_holder_whose_term_ends_today(coalition, coordinator, member):
    today = timezone.localdate()
    role = RoleFactory(coalition=coalition, person=PersonFactory(), kind="chair")
    RoleFactory(coalition=coalition, person=member, kind="chair", ends_on=today)

    assert hand_over_role(actor=coordinator, role=role, successor_person=member).starts_on == today


def test_term_ending_today_can_be_handed_over(coalition, coordinator, member):
    role = RoleFactory(coalition=coalition, person=PersonFactory(), kind="chair", ends_on=timezone.localdate())

    assert hand_over_role(actor=coordinator, role=role, successor_person=member).person == member


def test_last_coordinator_needs_successor(coalition, coordinator, member):
    own = Role.objects.get(person=coordinator)
    with pytest.raises(ActionRefused, match="needs at least 1 coordinator"):
        end_role(actor=coordinator, role=own)
    assign_role(
        actor=coordinator,
        coalition=coalition,
        person=member,
        kind="coordinator",
        ends_on=timezone.localdate() + timedelta(days=5),
    )
    with pytest.raises(ActionRefused, match="needs at least 1 coordinator"):
        end_role(actor=coordinator, role=own, ends_on=timezone.localdate() + timedelta(days=9))

    hand_over_role(actor=coordinator, role=own, successor_person=PersonFactory(name="After"))

    own.refresh_from_db()
    assert own.ends_on == timezone.localdate()
    assert Role.objects.get(ends_on=None).person.name == "After"


def test_coordinator_can_step_down_if_another_remains(coalition, coordinator, member):
    assign_role(actor=coordinator, coalition=coalition, person=member, kind="coordinator")
    own = Role.objects.get(person=coordinator)
    end_role(actor=coordinator, role=own)
    end_role(actor=coordinator, role=own)

    own.refresh_from_db()
    assert own.ends_on == timezone.localdate()
    assert list(Activity.objects.values_list("verb", flat=True)) == ["gave", "ended"]


def test_minor_cannot_hold_role(coalition, coordinator, member):
    minor = PersonFactory(is_minor=True, adult_contact=member)
    role = RoleFactory(coalition=coalition, person=member, kind="editor")

    for deed in (
        lambda: assign_role(actor=coordinator, coalition=coalition, person=minor, kind="editor"),
        lambda: hand_over_role(actor=coordinator, role=role, successor_person=minor),
    ):
        with pytest.raises(ActionRefused, match="under 18"):
            deed()


@pytest.mark.parametrize(
    "role_action",
    [end_role, lambda **k: hand_over_role(successor_person=PersonFactory(), effective_on=k.pop("ends_on"), **k)],
)
def test_term_cannot_end_before_start(coalition, coordinator, member, role_action):
    role = RoleFactory(coalition=coalition, person=member, kind="editor", starts_on=date(2026, 1, 1))

    with pytest.raises(ActionRefused, match="on or after the start of the term"):
        role_action(actor=coordinator, role=role, ends_on=date(2025, 1, 1))


@pytest.mark.parametrize(("days", "current_roles"), [(0, {"coordinator"}), (1, set())])
def test_role_is_valid_until_last_day_of_term(coalition, coordinator, days, current_roles):
    Role.objects.update(ends_on=timezone.localdate() - timedelta(days=days))

    assert Standing(coordinator, coalition).roles == current_roles
    assert Standing.under(coalition.slug, coordinator).roles == current_roles
