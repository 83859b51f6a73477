"""The list of people to invite: with their organisations, and without a tick where these are members no more."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Membership
from jukwaa.updates.invitation_recipients import load_recipients
from tests.factories import AffiliationFactory


@pytest.fixture
def people(coalition):
    """One person of an organisation of each status."""
    made = {}
    for name, standing, ends_on in (
        ("Ana", "active", None),
        ("Bo", "observer", None),
        ("Cy", "left", date(2024, 1, 1)),
        ("Di", None, None),
    ):
        tie = AffiliationFactory(
            organisation__coalition=coalition, organisation__name=f"{name}'s organisation", person__name=name
        )
        if standing:
            Membership.objects.create(
                coalition=coalition, organisation=tie.organisation, standing=standing, ends_on=ends_on
            )
        made[name] = tie.person
    return made


def test_recipients_have_organisation_and_status(coalition, people, django_assert_num_queries):
    with django_assert_num_queries(1):
        recipients = load_recipients(coalition, list(people.values()))

    assert [(str(each).partition("; ")[2], each.has_left) for each in recipients] == [
        ("Ana's organisation, member", False),
        ("Bo's organisation, observer", False),
        ("Cy's organisation, former member", True),
        ("Di's organisation", False),
    ]


def test_people_of_former_members_are_not_preselected(client, coalition, coordinator, people):
    client.force_login(coordinator)
    form = client.get(reverse("updates:invitation_new", args=[coalition.slug])).context["form"]
    chosen = set(form["people"].value())

    assert form["to"].value() == "some"
    assert {name: person.pk in chosen for name, person in people.items()} == {
        "Ana": True,
        "Bo": True,
        "Cy": False,
        "Di": True,
    }


def test_person_of_a_current_and_a_former_member_is_preselected(coalition, people):
    tie = AffiliationFactory(person=people["Cy"], organisation__coalition=coalition, organisation__name="Zinnia")
    Membership.objects.create(coalition=coalition, organisation=tie.organisation, standing="active")
    (recipient,) = load_recipients(coalition, [people["Cy"]])

    assert (str(recipient).partition("; ")[2], recipient.has_left) == (
        "Cy's organisation, former member; Zinnia, member",
        False,
    )
