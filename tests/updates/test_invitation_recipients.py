"""The list of people to invite, with their organisations and with what speaks against inviting them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions import change_person
from jukwaa.coalitions.merge_rules import merge_affiliations
from jukwaa.coalitions.models import Affiliation, ListEntry, Membership
from jukwaa.core.dates import get_utc_date
from jukwaa.updates.invitation_recipients import load_recipients
from jukwaa.updates.models import Invitation, InvitationRound
from tests.factories import AffiliationFactory, PersonFactory, RoleFactory


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
    with django_assert_num_queries(2):
        recipients = load_recipients(coalition, list(people.values()))

    assert [(str(each).partition("; ")[2], not each.is_included_in_everyone) for each in recipients] == [
        ("Ana's organisation, member", False),
        ("Bo's organisation, observer", False),
        ("Cy's organisation, former member", True),
        ("Di's organisation", True),
    ]


def test_everyone_leaves_out_people_without_organisation(client, coalition, coordinator, people):
    person = PersonFactory(name="News desk", email="newsroom@daily.example")
    ListEntry.objects.create(coalition=coalition, person=person)
    client.force_login(coordinator)
    form = client.get(reverse("updates:invitation_new", args=[coalition.slug])).context["form"]
    labels = [label for _pk, label in form.fields["people"].choices]

    assert "News desk (newsroom@daily.example); no organisation" in labels
    (recipient,) = load_recipients(coalition, [person])
    assert not recipient.is_included_in_everyone


def test_everyone_includes_people_with_a_role_or_membership_of_their_own(coalition, member):
    chair = RoleFactory(coalition=coalition, person__name="Cleo", kind="chair").person
    recipients = load_recipients(coalition, [chair, member])

    assert [each.is_included_in_everyone for each in recipients] == [True, True]


def test_selecting_is_suggested_if_everyone_would_be_nobody(client, coalition, coordinator, people):
    Membership.objects.filter(coalition=coalition).delete()
    client.force_login(coordinator)
    form = client.get(reverse("updates:invitation_new", args=[coalition.slug])).context["form"]

    assert form["to"].value() == "some"


WORDS = {"language": "en", "subject": "Join us", "message": "Welcome"}


@pytest.mark.parametrize(
    ("chosen", "invited"),
    [({"to": "all"}, {"Ana"}), ({"to": "some", "people": ["Bo", "Cy", "Di"]}, {"Bo", "Cy", "Di"})],
)
def test_everyone_leaves_out_who_left_or_opted_out_unless_chosen(
    client, coalition, coordinator, people, chosen, invited
):
    Affiliation.objects.filter(person=people["Bo"]).update(no_invitations="opted-out")
    client.force_login(coordinator)
    url = reverse("updates:invitation_new", args=[coalition.slug])
    form = client.get(url).context["form"]
    labels = {label.partition(" (")[0]: label for _pk, label in form.fields["people"].choices}

    assert (form["to"].value(), form["people"].value()) == ("all", None)
    assert str(form.fields["to"].choices[0][1]) == "Everyone who has not been invited (1)"
    assert "“Everyone” leaves out people who do not belong to a member or observer" in str(form["to"].help_text)
    assert labels["Bo"].endswith("Bo's organisation, observer; does not want emails, according to an imported list")
    numbers = {"people": [people[name].pk for name in chosen.get("people", ())]}
    client.post(url, WORDS | chosen | numbers)
    assert set(Invitation.objects.values_list("person__name", flat=True)) == invited


def test_draft_for_everyone_is_opened_as_such(client, coalition, coordinator, people):
    client.force_login(coordinator)
    client.post(reverse("updates:invitation_new", args=[coalition.slug]), WORDS | {"to": "all"})
    draft = InvitationRound.objects.get()
    edit = reverse("updates:invitation_edit", args=[coalition.slug, draft.pk])
    assert client.get(edit).context["form"]["to"].value() == "all"

    client.post(edit, WORDS | {"to": "some", "people": [person.pk for person in people.values()]})
    assert client.get(edit).context["form"]["to"].value() == "some"  # with one who is left out of "everyone"


def test_person_of_a_current_and_a_former_member_is_preselected(coalition, people):
    tie = AffiliationFactory(person=people["Cy"], organisation__coalition=coalition, organisation__name="Zinnia")
    Membership.objects.create(coalition=coalition, organisation=tie.organisation, standing="active")
    (recipient,) = load_recipients(coalition, [people["Cy"]])

    assert (str(recipient).partition("; ")[2], not recipient.is_included_in_everyone) == (
        "Cy's organisation, former member; Zinnia, member",
        False,
    )


@pytest.mark.parametrize(
    ("objections", "counting"), [(("bounced", "opted-out"), "opted-out"), (("opted-out", "bounced"), "opted-out")]
)
def test_opt_out_outlasts_the_time_in_an_organisation(coalition, people, objections, counting):
    Affiliation.objects.filter(person=people["Ana"]).update(no_invitations=objections[0], ends_on=date(2024, 1, 1))
    AffiliationFactory(
        person=people["Ana"],
        organisation__coalition=coalition,
        organisation__name="Zinnia",
        no_invitations=objections[1],
    )
    (recipient,) = load_recipients(coalition, [people["Ana"]])

    assert (recipient.objection, recipient.organisations) == (counting, ("Zinnia",))


def test_new_address_ends_only_the_remark_about_the_old_one(coalition, coordinator, people):
    for name, objection in (("Ana", "bounced"), ("Bo", "opted-out")):
        Affiliation.objects.filter(person=people[name]).update(no_invitations=objection)
        change_person(
            actor=coordinator, coalition=coalition, person=people[name], name=name, email=f"new-{name}@example.org"
        )

    recipients = load_recipients(coalition, [people["Ana"], people["Bo"]])
    assert [each.objection for each in recipients] == ["", "opted-out"]


def test_merged_affiliation_keeps_the_opt_out():
    kept, merged = Affiliation(no_invitations="bounced"), Affiliation(no_invitations="opted-out")
    merge_affiliations(kept, merged)

    assert kept.no_invitations == "opted-out"


@pytest.mark.parametrize(("days", "is_included"), [(-1, True), (1, True), (60, True), (61, False), (1200, False)])
def test_everyone_includes_people_who_join_a_member_organisation_soon(coalition, people, days, is_included):
    Affiliation.objects.filter(person=people["Ana"]).update(starts_on=get_utc_date() + timedelta(days=days))
    (recipient,) = load_recipients(coalition, [people["Ana"]])

    assert recipient.is_included_in_everyone is is_included
