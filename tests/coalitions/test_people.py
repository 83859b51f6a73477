from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions import (
    PersonFacts,
    add_person,
    add_to_mailing_list,
    remove_from_mailing_list,
    remove_person,
)
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.directory import get_visible_adult_memberships, get_visible_people
from jukwaa.coalitions.display_names import format_people_count, get_display_name, get_public_name
from jukwaa.coalitions.models import Activity, Affiliation, Capacity, ListEntry, Membership, Role
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory


def test_person_can_be_added_without_email(coalition, coordinator, organisation):
    person = add_person(
        actor=coordinator,
        coalition=coalition,
        facts=PersonFacts(name="The chair of 2009"),
        organisation=organisation,
        position="adviser",
        role="chair",
        can_represent=True,
    )

    assert (person.email, person.told_at, person.name_is_public) == (None, None, False)
    assert list(Affiliation.objects.values_list("person", "position", "may_speak", "confirmed_by")) == [
        (person.pk, "adviser", True, coordinator.pk)
    ]
    assert Role.objects.filter(person=person, kind="chair").exists()
    assert list(Activity.objects.values_list("verb", "kind")) == [("added", "person")]


def test_known_email_matches_person_and_keeps_name(coalition, coordinator, organisation):
    known = PersonFactory(email="known@example.org", name="As they call themselves")
    facts = PersonFacts(name="As others call them", email="Known@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)

    assert (person, person.name) == (known, "As they call themselves")


def test_person_needs_organisation_or_role(coalition, coordinator):
    with pytest.raises(ActionRefused, match="an organisation, a role, or both"):
        add_person(actor=coordinator, coalition=coalition, facts=PersonFacts(name="Nobody"))

    assert not Person.objects.filter(name="Nobody").exists()


def test_minor_needs_adult_contact(coalition, coordinator, organisation):
    facts = PersonFacts(name="A pupil", is_minor=True)

    with pytest.raises(ActionRefused, match="adult"):
        add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)


def test_removal_ends_connections_and_erases_unconnected_person(coalition, coordinator, organisation):
    person = AffiliationFactory(organisation=organisation, person__name="To be forgotten", position="adviser").person
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=person.email)
    spoken = create_capacity(coalition=coalition, person=person, organisation=organisation)
    own = create_capacity(coalition=coalition, person=person, organisation=None)
    for _time in range(2):
        remove_person(actor=coordinator, coalition=coalition, person=person)

    person.refresh_from_db()
    assert (person.name, person.email, person.is_active, person.erased_at is not None) == ("", None, False, True)
    assert Standing(person, coalition).has_seat is False
    assert list(Affiliation.objects.values_list("position", "ends_on")) == [
        ("", timezone.localdate() - timedelta(days=1))
    ]
    assert not ListEntry.objects.exists()
    assert dict(Capacity.objects.values_list("pk", "name")) == {spoken.pk: organisation.name, own.pk: "a former member"}
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == ["listed", "took-out"]


def test_removed_person_with_account_or_other_coalition_keeps_name(coalition, other_coalition, coordinator):
    elsewhere = AffiliationFactory(organisation__coalition=other_coalition).person
    user = PersonFactory(last_login=timezone.now())
    for person in (elsewhere, user):
        Membership.objects.create(coalition=coalition, person=person, standing="active")
        remove_person(actor=person, coalition=coalition, person=person)
        person.refresh_from_db()

        assert (person.name != "", person.erased_at) == (True, None)
        assert not Standing(person, coalition).has_seat
    assert Affiliation.objects.in_force().filter(person=elsewhere).exists()


def test_last_coordinator_cannot_be_removed(coalition, coordinator):
    with pytest.raises(ActionRefused, match="needs at least 1 coordinator"):
        remove_person(actor=coordinator, coalition=coalition, person=coordinator)

    assert Standing(coordinator, coalition).is_coordinator


def test_mailing_list_entry_is_recorded_once_and_ended(coalition, coordinator):
    for _time in range(2):
        entry = add_to_mailing_list(
            actor=coordinator, coalition=coalition, email="List@Example.net", person_name="A reader"
        )
    for _time in range(2):
        remove_from_mailing_list(actor=coordinator, list_entry=entry)

    assert list(ListEntry.objects.values_list("person__email", "ends_on")) == [
        ("list@example.net", timezone.localdate())
    ]
    assert not Standing(entry.person, coalition).has_seat
    assert list(Activity.objects.values_list("verb", flat=True)) == ["listed", "unlisted"]


@pytest.fixture
def affiliation_of_minor(organisation):
    adult = PersonFactory(name="The adult contact")
    person = PersonFactory(name="A pupil", is_minor=True, adult_contact=adult)
    return AffiliationFactory(organisation=organisation, person=person).person


def test_name_is_visible_only_to_permitted_viewers(
    coalition, member, coordinator, safeguarding_lead, rapporteur, outsider, affiliation_of_minor, organisation
):
    hidden = AffiliationFactory(organisation=organisation, person__name="Hidden").person
    open_one = AffiliationFactory(organisation=organisation, person__name="Open", person__name_is_public=True).person
    viewers = {
        "visitor": AnonymousUser(),
        "outsider": outsider,
        "member": member,
        "rapporteur": rapporteur,
        "coordinator": coordinator,
        "lead": safeguarding_lead,
        "adult contact": affiliation_of_minor.adult_contact,
        "self": affiliation_of_minor,
    }

    def read_person_page(person):
        return {who for who, viewer in viewers.items() if get_public_name(person, Standing(viewer, coalition))}

    assert read_person_page(open_one) == set(viewers)
    # The pupil has a seat through the organisation; the adult contact has none.
    assert read_person_page(hidden) == {"member", "rapporteur", "coordinator", "lead", "self"}
    assert read_person_page(affiliation_of_minor) == {"coordinator", "lead", "adult contact", "self"}


def test_only_public_or_own_name_is_visible_outside_coalition(member):
    chosen = PersonFactory(name="Chosen", name_is_public=True)

    assert [get_public_name(member, None), get_public_name(member, member), get_public_name(chosen, None)] == [
        "",
        "A member",
        "Chosen",
    ]


def test_hidden_name_is_replaced_by_role(coalition, coordinator, member):
    standing = Standing(AnonymousUser(), coalition)

    assert [get_display_name(coordinator, standing), get_display_name(member, standing)] == [
        "the coordinator",
        "a person",
    ]
    own = create_capacity(coalition=coalition, person=member, organisation=None)
    assert [get_display_name(own, standing), get_display_name(own, Standing(coordinator, coalition))] == [
        "a person",
        "A member",
    ]


def test_counts_below_five_are_suppressed():
    assert [format_people_count(count) for count in (0, 1, 4, 5, 1200)] == [
        "none",
        "fewer than 5",
        "fewer than 5",
        "5",
        "1200",
    ]


def test_only_person_who_signed_in_can_change_own_name(coalition, coordinator, member):
    entered = Membership(coalition=coalition, person=PersonFactory())
    signed_in = Membership(coalition=coalition, person=PersonFactory(last_login=timezone.now()))

    assert policies.can_change_person(ViewerContext(coordinator), entered)
    assert not policies.can_change_person(ViewerContext(coordinator), signed_in)
    assert not policies.can_change_person(ViewerContext(member), entered)


def test_visible_adult_memberships_are_those_of_visible_people(
    coalition, member, delegate, coordinator, safeguarding_lead, outsider
):
    known = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(name_is_public=True)).person
    erased = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(erased_at=timezone.now()))
    minor = MembershipFactory(
        coalition=coalition, organisation=None, person=PersonFactory(is_minor=True, adult_contact=member)
    )
    applied = Membership.Standing.APPLIED
    MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(), standing=applied)
    adults = Membership.objects.active().filter(coalition=coalition, person__isnull=False).exclude(pk=minor.pk)
    found = {}
    for viewer in (AnonymousUser(), outsider, member, delegate, coordinator, safeguarding_lead):
        standing = Standing(viewer, coalition)
        found[viewer] = set(get_visible_adult_memberships(standing).values_list("person", flat=True))
        of_visible_people = adults.filter(person__in=get_visible_people(standing))

        assert found[viewer] == set(of_visible_people.values_list("person", flat=True))

    assert found[outsider] == {known.pk}
    assert found[delegate] == found[coordinator] == {known.pk, member.pk, coordinator.pk, safeguarding_lead.pk}
    assert erased.person_id not in found[safeguarding_lead]
