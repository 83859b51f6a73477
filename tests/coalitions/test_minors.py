"""Marking people of a coalition as under 18: pages, and what is hidden at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.minors import mark_as_minor
from jukwaa.accounts.models import MinorStatusChange, Person
from jukwaa.coalitions.actions import (
    PersonFacts,
    add_membership,
    add_person,
    mark_under_18,
    remove_person,
    remove_under_18_mark,
    withdraw_guardian_consent,
)
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Activity, Capacity, Membership, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory, RoleFactory

GUARDIAN_ANSWER = {"guardian_name": "A guardian", "guardian_email": "guardian@example.org"}


@pytest.fixture
def child(coalition):
    person = create_seated_person(coalition, "Zuri Canary")
    Person.objects.filter(pk=person.pk).update(name_is_public=True, adult_confirmed_at=None)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def mark_as_child(coalition, coordinator):
    def mark_person_as_minor(person, **more):
        person.adult_confirmed_at = None
        person.save(update_fields=["adult_confirmed_at"])
        told = {"adult_contact": PersonFactory(name="A guardian"), "reason": "Their school told us."} | more
        return mark_under_18(actor=coordinator, coalition=coalition, person=person, **told)

    return mark_person_as_minor


def test_minor_mark_page_shows_history_to_coordinators_and_lead(
    client, build_coalition_url, child, coordinator, safeguarding_lead, member
):
    client.force_login(coordinator)
    assert "Mark as under 18" in client.get(build_coalition_url("person_detail", child.pk)).text
    page = client.post(
        build_coalition_url("minor_mark", child.pk), {"reason": "Told us.", "means": "", **GUARDIAN_ANSWER}, follow=True
    )

    child.refresh_from_db()
    assert (child.is_minor, child.name_is_public, child.adult_contact.email) == (True, False, "guardian@example.org")
    assert "The “under 18” mark has been added. We have emailed the parent or guardian." in page.text
    assert "Told us." in page.text
    assert "Remove the “under 18” mark" not in page.text
    client.force_login(safeguarding_lead)
    assert "Remove the “under 18” mark" in client.get(build_coalition_url("person_detail", child.pk)).text
    client.force_login(member)
    assert client.get(build_coalition_url("person_detail", child.pk)).status_code == 404


def test_incomplete_minor_mark_form_shows_errors(client, build_coalition_url, child, coordinator):
    client.force_login(coordinator)
    page = client.post(build_coalition_url("minor_mark", child.pk), {"means": ""})

    child.refresh_from_db()
    assert (page.status_code, child.is_minor) == (422, False)
    for sentence in (
        "Explain how you know that this person is under 18.",
        "Enter the name of a parent or guardian.",
        "Enter the email address of a parent or guardian.",
    ):
        assert sentence in page.text


def test_only_lead_can_remove_minor_mark_with_reason(
    client, build_coalition_url, child, mark_as_child, coordinator, safeguarding_lead
):
    mark_as_child(child)
    client.force_login(coordinator)
    assert client.post(build_coalition_url("minor_unmark", child.pk), {"reason": "Of age."}).status_code == 403
    client.force_login(safeguarding_lead)
    assert client.post(build_coalition_url("minor_unmark", child.pk), {"reason": ""}).status_code == 422
    client.post(build_coalition_url("minor_unmark", child.pk), {"reason": "Of age."})

    child.refresh_from_db()
    assert (child.is_minor, child.name_is_public) == (False, False)


def test_members_cannot_open_minor_mark_pages(client, build_coalition_url, child, member, outsider):
    for person in (member, outsider):
        client.force_login(person)
        assert client.get(build_coalition_url("minor_mark", child.pk)).status_code in {403, 404}
        assert client.post(
            build_coalition_url("minor_mark", child.pk), {"reason": "x", **GUARDIAN_ANSWER}
        ).status_code in {
            403,
            404,
        }
    child.refresh_from_db()
    assert not child.is_minor


def test_existing_consent_is_recorded_with_its_means(child, mark_as_child):
    mark_as_child(child, means="writing")

    child.refresh_from_db()
    assert child.guardian_agreed_at is not None
    assert list(MinorStatusChange.objects.values_list("step", "means")) == [("marked", ""), ("agreed", "writing")]


def test_known_account_entered_as_minor_is_marked(coalition, coordinator, organisation):
    known = PersonFactory(email="known@example.org", name_is_public=True, adult_confirmed_at=None)
    facts = PersonFacts(name="Any", email="known@example.org", is_minor=True, adult_contact=PersonFactory())
    add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)

    known.refresh_from_db()
    assert (known.is_minor, known.name_is_public) == (True, False)
    assert MinorStatusChange.objects.get().actor == coordinator


def test_age_question_is_required_when_adding_person(client, build_coalition_url, coordinator, organisation):
    client.force_login(coordinator)
    sent = {"name": "New", "organisation": organisation.name}
    assert "Choose an answer." in client.post(build_coalition_url("person_new"), sent).text
    assert (
        "Confirm that the person is 18 or older."
        in client.post(build_coalition_url("list_add"), {"email": "a@example.org"}).text
    )
    assert not Person.objects.filter(name="New").exists()

    client.post(build_coalition_url("person_new"), sent | {"is_minor": "no"})
    assert not Person.objects.get(name="New").is_minor


def test_marking_minor_hides_name_from_members_and_visitors(coalition, child, mark_as_child, member, coordinator):
    before = create_capacity(coalition=coalition, person=child, organisation=None)
    mark_as_child(child)
    child.refresh_from_db()
    before.refresh_from_db()

    for subject in (child, before, create_capacity(coalition=coalition, person=child, organisation=None)):
        assert get_display_name(subject, None) == "a participant under 18"
        assert get_display_name(subject, Standing(member, coalition)) == "a participant under 18"
        assert get_display_name(subject, Standing(coordinator, coalition)) == "Zuri Canary"
    assert not Capacity.objects.filter(name__contains="Zuri").exists()


def test_marking_hides_previously_typed_name(coalition, organisation, child, mark_as_child):
    alone = create_capacity_from_source(coalition=coalition, person_name="Ms Zuri CANARY")
    through = create_capacity_from_source(coalition=coalition, person_name="Canary, Zuri", organisation=organisation)
    other = create_capacity_from_source(coalition=coalition, person_name="Zuri Other")
    mark_as_child(child)

    for capacity in (alone, through, other):
        capacity.refresh_from_db()
    assert (alone.person, alone.name) == (child, "")
    assert (through.person, through.name) == (None, organisation.name)
    assert (other.person, other.name) == (None, "Zuri Other")


@pytest.mark.parametrize("ordinary_name", ["Jordan", "Helpline One"])
def test_marking_keeps_equal_place_and_organisation_names(coalition, organisation, mark_as_child, ordinary_name):
    organisation.name = "Helpline One"
    organisation.save()
    person = create_seated_person(coalition, ordinary_name)
    delegation = create_capacity_from_source(coalition=coalition, person_name=ordinary_name)
    mark_as_child(person)

    delegation.refresh_from_db()
    assert (delegation.person, delegation.name) == (None, ordinary_name)


def test_marking_minor_ends_roles_except_last_coordinator(
    coalition, safeguarding_lead, coordinator, child, mark_as_child
):
    role = RoleFactory(coalition=coalition, person=child, kind="editor")
    mark_as_child(child)

    role.refresh_from_db()
    assert not Role.objects.in_force().filter(person=child).exists()
    told = {"adult_contact": PersonFactory(), "reason": "Told us."}
    with pytest.raises(ActionRefused):
        mark_under_18(actor=safeguarding_lead, coalition=coalition, person=coordinator, **told)
    coordinator.refresh_from_db()
    assert not coordinator.is_minor


def test_role_holder_of_another_coalition_cannot_be_marked(child, other_coalition, mark_as_child):
    RoleFactory(coalition=other_coalition, person=child)
    with pytest.raises(ActionRefused, match="Ask the safeguarding lead of the other coalition"):
        mark_as_child(child)


def test_activity_does_not_reveal_age(child, mark_as_child, coordinator):
    mark_as_child(child)

    assert list(Activity.objects.values_list("kind", "verb", "actor")) == [("person", "changed", coordinator.pk)]


def test_only_adult_contact_can_withdraw_consent(child, mark_as_child, coordinator, safeguarding_lead):
    guardian = PersonFactory()
    mark_as_child(child, adult_contact=guardian, means="spoken")
    child.refresh_from_db()
    for other in (child, coordinator, safeguarding_lead):
        with pytest.raises(PermissionDenied):
            withdraw_guardian_consent(actor=other, person=child)
    withdraw_guardian_consent(actor=guardian, person=child)

    child.refresh_from_db()
    assert child.guardian_agreed_at is None


def test_person_cannot_remove_own_minor_mark(coalition, child):
    RoleFactory(coalition=coalition, person=child, kind="safeguarding-lead")
    Person.objects.filter(pk=child.pk).update(is_minor=True, name_is_public=False, adult_contact=PersonFactory())
    child.refresh_from_db()
    with pytest.raises(PermissionDenied):
        remove_under_18_mark(actor=child, coalition=coalition, person=child, reason="I am.")


def test_directory_exports_omit_marked_person(
    client, build_coalition_url, child, mark_as_child, coordinator, organisation
):
    AffiliationFactory(organisation=organisation, person=child)
    MembershipFactory(coalition=organisation.coalition, organisation=None, person=PersonFactory(name="Adult"))
    client.force_login(coordinator)
    assert "Zuri" in client.get(build_coalition_url("export_people_csv")).content.decode()
    mark_as_child(child)
    assert "Zuri" not in client.get(build_coalition_url("export_people_csv")).content.decode()


@pytest.mark.parametrize("known_as", ["adult", "elsewhere"])
def test_only_lead_can_mark_adult_or_member_of_other_coalition(
    client, build_coalition_url, coalition, other_coalition, child, coordinator, safeguarding_lead, known_as
):
    if known_as == "adult":
        child.adult_confirmed_at = timezone.now()
        child.save()
    else:
        MembershipFactory(coalition=other_coalition, organisation=None, person=child)
    sent = {"reason": "Told us.", "means": "", **GUARDIAN_ANSWER}
    client.force_login(coordinator)
    assert client.post(build_coalition_url("minor_mark", child.pk), sent).status_code == 422
    child.refresh_from_db()
    assert not child.is_minor
    assert not Person.objects.filter(email=GUARDIAN_ANSWER["guardian_email"]).exists()

    client.force_login(safeguarding_lead)
    client.post(build_coalition_url("minor_mark", child.pk), sent)
    child.refresh_from_db()
    assert child.is_minor


@pytest.mark.parametrize("is_role_ended", [False, True])
def test_coordinator_turned_lead_cannot_mark_across_coalitions(
    coalition, other_coalition, child, coordinator, is_role_ended
):
    RoleFactory(coalition=coalition, person=coordinator, kind="safeguarding-lead")
    if is_role_ended:
        RoleFactory(coalition=coalition, kind="coordinator")
        yesterday = timezone.localdate() - timedelta(days=1)
        Role.objects.filter(person=coordinator, kind="coordinator").update(starts_on=yesterday, ends_on=yesterday)
    elsewhere = MembershipFactory(coalition=other_coalition, organisation=None, person=child)
    told = {"adult_contact": PersonFactory(name="A guardian"), "reason": "Told us."}
    with pytest.raises(ActionRefused, match="never been a coordinator"):
        mark_under_18(actor=coordinator, coalition=coalition, person=child, **told)
    child.refresh_from_db()
    assert not child.is_minor

    elsewhere.delete()
    assert mark_under_18(actor=coordinator, coalition=coalition, person=child, **told).is_minor


def test_lead_of_another_coalition_cannot_remove_minor_mark(
    coalition, other_coalition, child, mark_as_child, outsider, safeguarding_lead
):
    mark_as_child(child)
    tie = MembershipFactory(coalition=other_coalition, organisation=None, person=child)
    child.refresh_from_db()
    with pytest.raises(PermissionDenied):
        remove_under_18_mark(actor=outsider, coalition=other_coalition, person=child, reason="Of age.")
    assert remove_under_18_mark(actor=safeguarding_lead, coalition=coalition, person=child, reason="Of age.")
    assert not Person.objects.get(pk=tie.person_id).is_minor


def test_only_own_lead_can_remove_self_declared_minor_mark(
    coalition, other_coalition, child, outsider, safeguarding_lead
):
    mark_as_minor(actor=child, person=child, adult_contact=PersonFactory(), reason="Answered.")
    Membership.objects.filter(person=child).update(applicant=child)
    MembershipFactory(coalition=other_coalition, organisation=None, person=child)
    child.refresh_from_db()
    with pytest.raises(PermissionDenied):
        remove_under_18_mark(actor=outsider, coalition=other_coalition, person=child, reason="Of age.")
    assert not remove_under_18_mark(
        actor=safeguarding_lead, coalition=coalition, person=child, reason="Of age."
    ).is_minor


def test_marked_person_is_notified_by_email(coalition, child, mark_as_child, safeguarding_lead):
    mark_as_child(child)
    child.refresh_from_db()
    remove_under_18_mark(actor=safeguarding_lead, coalition=coalition, person=child, reason="Of age.")

    marked, removed = Message.objects.filter(to=child.email).order_by("pk")
    assert "The “under 18” mark has been added." in marked.body
    assert "The “under 18” mark has been removed." in removed.body


def test_marking_hides_name_in_organisation_capacity(coalition, organisation, child, mark_as_child):
    named = create_capacity(coalition=coalition, person=child, organisation=organisation)
    Capacity.objects.filter(pk=named.pk).update(name=child.name.upper())
    mark_as_child(child)
    named.refresh_from_db()

    assert (named.name, named.person) == (organisation.name, child)


def test_returning_minor_is_not_named(coalition, coordinator, organisation, child, mark_as_child):
    Person.objects.filter(pk=child.pk).update(last_login=timezone.now())
    child.refresh_from_db()
    own = create_capacity(coalition=coalition, person=child, organisation=None)
    named = create_capacity(coalition=coalition, person=child, organisation=organisation)
    Capacity.objects.filter(pk=named.pk).update(name=child.name)
    remove_person(actor=child, coalition=coalition, person=child)
    mark_as_child(child)
    unblock_returned_person(child, coalition.pk)
    add_membership(actor=coordinator, coalition=coalition, person=child)
    for row in (own, named, child):
        row.refresh_from_db()

    assert child.former_in == []
    assert child.name not in {own.name, named.name}


def test_known_minor_cannot_be_given_role(coalition, coordinator, child, mark_as_child):
    Person.objects.filter(pk=child.pk).update(email="child@example.org")
    mark_as_child(child)
    facts = PersonFacts(name="Any", email="child@example.org")
    with pytest.raises(ActionRefused, match="people under 18 are never shown"):
        add_person(actor=coordinator, coalition=coalition, facts=facts, role="editor")

    assert not Role.objects.filter(person=child).exists()
