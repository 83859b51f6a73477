from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import (
    OrganisationFacts,
    accept_application,
    add_membership,
    apply_as_individual,
    apply_as_organisation,
    change_membership_dates,
    close_ended_membership,
    decline_application,
    end_membership,
    withdraw_application,
)
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory

HELPLINE_FACTS = OrganisationFacts(name="A helpline", acronym="AH", country="SN", stakeholder_group="civil-society")


def list_activity_verbs():
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def newcomer(db):
    return PersonFactory(name="")


@pytest.fixture
def application(coalition, newcomer):
    return apply_as_organisation(
        actor=newcomer,
        coalition=coalition,
        organisation=HELPLINE_FACTS,
        motivation="To learn.",
        organisation_name="A newcomer",
    )


def test_application_creates_unconfirmed_affiliation(application, newcomer):
    organisation = Organisation.objects.get()
    newcomer.refresh_from_db()

    assert (application.standing, application.applied_on) == ("applied", timezone.localdate())
    assert (organisation.name, organisation.regional_group) == ("A helpline", "african")
    assert newcomer.name == "A newcomer"
    assert list(Affiliation.objects.values_list("person", "organisation", "may_speak", "confirmed_on")) == [
        (newcomer.pk, organisation.pk, False, None)
    ]
    assert not Standing(newcomer, application.coalition).organisations
    assert list_activity_verbs() == ["applied"]


def test_applying_twice_returns_same_application(application, coalition, newcomer):
    again = apply_as_organisation(
        actor=newcomer, coalition=coalition, organisation=HELPLINE_FACTS, motivation="Once more."
    )

    assert again == application
    assert Membership.objects.get().motivation == "To learn."
    assert Organisation.objects.count() == 1
    assert list_activity_verbs() == ["applied"]


def test_person_applies_once_as_individual(coalition, newcomer):
    first = apply_as_individual(actor=newcomer, coalition=coalition, application_text="To learn.", country="BR")
    second = apply_as_individual(actor=newcomer, coalition=coalition, application_text="To learn.", country="KE")

    assert first == second
    assert Membership.objects.get().regional_group == "grulac"
    assert list_activity_verbs() == ["applied"]


def test_member_organisation_cannot_apply_again(coalition, organisation, newcomer):
    with pytest.raises(ActionRefused, match="already a member"):
        apply_as_organisation(actor=newcomer, coalition=coalition, organisation=organisation, motivation="Again.")

    assert not Affiliation.objects.exists()


def test_cannot_apply_for_organisation_of_another_coalition(coalition, other_coalition, newcomer):
    elsewhere = OrganisationFactory(coalition=other_coalition)

    with pytest.raises(PermissionDenied):
        apply_as_organisation(actor=newcomer, coalition=coalition, organisation=elsewhere, motivation="Please.")


def test_accepting_gives_seat_to_confirmed_applicant(application, coordinator, newcomer):
    accept_application(actor=coordinator, membership=application, vouch=True)
    accept_application(actor=coordinator, membership=application, vouch=True)

    application.refresh_from_db()
    assert (application.standing, application.starts_on) == ("active", timezone.localdate())
    assert Standing(newcomer, application.coalition).has_seat
    assert Affiliation.objects.get().confirmed_by == coordinator
    assert list_activity_verbs() == ["applied", "accepted"]


def test_accepting_without_confirmation_gives_no_seat(application, coordinator, newcomer):
    accept_application(actor=coordinator, membership=application)

    assert not Standing(newcomer, application.coalition).has_seat


def test_membership_cannot_start_in_future(application, coordinator, coalition):
    tomorrow = timezone.localdate() + timedelta(days=1)
    member = MembershipFactory(coalition=coalition, starts_on=date(2020, 1, 1))
    organisation = OrganisationFactory(coalition=coalition)
    before = list(Membership.objects.order_by("pk").values())
    for deed in (
        lambda: accept_application(actor=coordinator, membership=application, starts_on=tomorrow),
        lambda: change_membership_dates(actor=coordinator, membership=member, starts_on=tomorrow, ends_on=None),
        lambda: add_membership(actor=coordinator, coalition=coalition, organisation=organisation, starts_on=tomorrow),
    ):
        with pytest.raises(ActionRefused, match="date or an earlier one") as refusal:
            deed()
        assert refusal.value.field == "starts_on"
    assert list(Membership.objects.order_by("pk").values()) == before


def test_declining_needs_reason_and_keeps_application(application, coordinator, coalition, newcomer):
    with pytest.raises(ActionRefused, match="Enter a reason"):
        decline_application(actor=coordinator, membership=application, reason=" ")
    decline_application(actor=coordinator, membership=application, reason="It works on something else.")
    decline_application(actor=coordinator, membership=application, reason="Pressed twice.")
    anew = apply_as_organisation(
        actor=newcomer, coalition=coalition, organisation=HELPLINE_FACTS, motivation="Now we do."
    )

    assert list(newcomer.applications.order_by("pk").values_list("standing", "reason")) == [
        ("declined", "It works on something else."),
        ("applied", ""),
    ]
    assert anew != application
    assert list_activity_verbs() == ["applied", "declined", "applied"]


def test_declined_application_cannot_be_accepted(application, coordinator):
    decline_application(actor=coordinator, membership=application, reason="No.")

    with pytest.raises(ActionRefused, match="can apply again"):
        accept_application(actor=coordinator, membership=application)


def test_applicant_withdraws_application(application, newcomer, coordinator):
    with pytest.raises(PermissionDenied):
        withdraw_application(actor=coordinator, membership=application)
    withdraw_application(actor=newcomer, membership=application)
    withdraw_application(actor=newcomer, membership=application)

    application.refresh_from_db()
    assert (application.standing, application.starts_on, application.ends_on) == ("left", None, timezone.localdate())
    assert list_activity_verbs() == ["applied", "withdrew"]


def test_leaving_ends_seat_and_rejoining_creates_new_membership(coalition, member, coordinator):
    membership = Membership.objects.get(person=member)
    end_membership(actor=member, membership=membership)
    end_membership(actor=member, membership=membership)
    assert not Standing(member, coalition).has_seat

    back = apply_as_individual(actor=member, coalition=coalition, application_text="I return.")
    accept_application(actor=coordinator, membership=back)

    assert list(Membership.objects.filter(person=member).order_by("pk").values_list("standing", "ends_on")) == [
        ("left", timezone.localdate()),
        ("active", None),
    ]
    assert Standing(member, coalition).has_seat
    assert list_activity_verbs() == ["left", "applied", "accepted"]


def test_membership_lasts_until_future_last_day(member, coalition, time_machine):
    membership = Membership.objects.get(person=member)
    last_day = timezone.localdate() + timedelta(days=30)
    end_membership(actor=member, membership=membership, ends_on=last_day)
    assert Standing(member, coalition).has_seat

    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert not Standing(member, coalition).has_seat
    again = apply_as_individual(actor=member, coalition=coalition, application_text="I return.")

    assert list(Membership.objects.filter(person=member).order_by("pk").values_list("pk", "standing")) == [
        (membership.pk, "left"),
        (again.pk, "applied"),
    ]


def test_clock_closes_ended_membership_once(member, coalition):
    membership = Membership.objects.get(person=member)
    close_ended_membership(membership=membership)
    assert list_activity_verbs() == []

    Membership.objects.filter(pk=membership.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    for _time in range(2):
        close_ended_membership(membership=membership)
    membership.refresh_from_db()
    assert membership.standing == "left"
    assert list(Activity.objects.values_list("actor", "verb")) == [(None, "left")]


def test_coordinator_ends_membership_with_reason(organisation, coordinator):
    membership = organisation.memberships.get()

    with pytest.raises(ActionRefused, match="Enter the reason why"):
        end_membership(actor=coordinator, membership=membership)
    end_membership(actor=coordinator, membership=membership, reason="It was dissolved.")

    membership.refresh_from_db()
    assert (membership.standing, membership.reason) == ("left", "It was dissolved.")
    assert list_activity_verbs() == ["ended"]


def test_representative_ends_membership_without_reason(organisation, delegate):
    end_membership(actor=delegate, membership=organisation.memberships.get())

    assert organisation.memberships.get().standing == "left"
    assert list_activity_verbs() == ["left"]


def test_membership_cannot_end_before_start(organisation, delegate):
    with pytest.raises(ActionRefused, match="on or after the start of the membership"):
        end_membership(actor=delegate, membership=organisation.memberships.get(), ends_on=date(2019, 1, 1))


def test_coordinator_corrects_membership_dates(organisation, coordinator):
    membership = organisation.memberships.get()
    change_membership_dates(actor=coordinator, membership=membership, starts_on=date(2007, 11, 12), ends_on=None)
    change_membership_dates(actor=coordinator, membership=membership, starts_on=date(2007, 11, 12), ends_on=None)
    with pytest.raises(ActionRefused, match="on or after the first"):
        change_membership_dates(
            actor=coordinator, membership=membership, starts_on=date(2009, 1, 1), ends_on=date(2008, 1, 1)
        )

    membership.refresh_from_db()
    assert membership.starts_on == date(2007, 11, 12)
    assert list_activity_verbs() == ["dated"]


def test_past_membership_is_recorded_once(coalition, coordinator):
    organisation = OrganisationFactory(coalition=coalition)
    for _time in range(2):
        add_membership(actor=coordinator, coalition=coalition, organisation=organisation, starts_on=date(2008, 1, 1))
    for _time in range(2):
        add_membership(
            actor=coordinator,
            coalition=coalition,
            organisation=organisation,
            starts_on=date(2001, 1, 1),
            ends_on=date(2003, 1, 1),
        )

    assert list(organisation.memberships.values_list("standing", "starts_on")) == [
        ("active", date(2008, 1, 1)),
        ("left", date(2001, 1, 1)),
    ]
    assert list_activity_verbs() == ["enrolled", "enrolled"]


def test_recording_membership_accepts_pending_application(application, coalition, coordinator):
    organisation = application.organisation
    entered = add_membership(actor=coordinator, coalition=coalition, organisation=organisation)

    assert entered == application
    assert organisation.memberships.get().standing == "active"


def test_member_cannot_end_membership_of_another_person(client, coalition, member, outsider):
    membership = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory())
    client.force_login(member)

    assert client.get(f"/{coalition.slug}/memberships/{membership.pk}/end/").status_code == 404


def test_accepting_withdrawn_application_shows_error(client, application, coordinator, newcomer):
    url = reverse("coalitions:application_accept", args=[application.coalition.slug, application.pk])
    withdraw_application(actor=newcomer, membership=application)
    client.force_login(coordinator)
    response = client.post(url, {f"m{application.pk}-starts_on": "2026-01-01"})

    assert response.status_code == 422
    assert "This application has already been answered or withdrawn." in response.text


def test_organisation_of_another_coalition_cannot_be_enrolled(coalition, other_coalition, coordinator):
    stranger = OrganisationFactory(coalition=other_coalition)

    with pytest.raises(PermissionDenied):
        add_membership(actor=coordinator, coalition=coalition, organisation=stranger)
    assert not Membership.objects.filter(organisation=stranger).exists()
