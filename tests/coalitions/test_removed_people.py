"""Others cannot add a person who was removed. Only the person can return."""

import pytest
from django.core.management import call_command

from jukwaa.accounts.erased_identities import block_identity_in_coalition, is_blocked_address
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    PersonFacts,
    add_affiliation,
    add_membership,
    add_person,
    add_to_mailing_list,
    apply_as_individual,
    assign_role,
    claim_affiliation,
    create_import,
    end_membership,
    hand_over_role,
    import_ready_rows,
    map_import_columns,
    remove_person,
)
from jukwaa.coalitions.models import ListEntry, Role
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.core.refusals import ActionRefused
from tests.conftest import create_seated_person
from tests.factories import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Amina Wanjirũ", "amina@example.org"
REMOVED_PERSON_REFUSAL = (
    "Ask this person to sign in and apply to join. You can't add them, because they left this"
    " coalition or were removed from it."
)
NAMESAKE_WARNING = "A person with this name left this coalition or was removed from it."


@pytest.fixture
def removed_person(coalition, coordinator):
    """Known to the coordinator only, and taken out."""
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=ADDRESS, person_name=NAME)
    person = Person.objects.get(email=ADDRESS)
    remove_person(actor=coordinator, coalition=coalition, person=person)
    return person


@pytest.fixture
def person_who_left(coalition, other_coalition):
    """Taken out of this coalition, and still in another one."""
    person = PersonFactory(name=NAME, email=ADDRESS)
    MembershipFactory(coalition=other_coalition, organisation=None, person=person)
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    remove_person(actor=person, coalition=coalition, person=person)
    return person


def test_removed_person_cannot_be_added_again(coalition, coordinator, organisation, removed_person):
    facts = PersonFacts(name="Another spelling", email=ADDRESS.upper())
    with pytest.raises(ActionRefused) as refusal:
        add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)

    assert (str(refusal.value), refusal.value.field) == (REMOVED_PERSON_REFUSAL, "email")
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_removed_person_cannot_be_added_by_any_action(coalition, coordinator, organisation, person_who_left):
    role = Role.objects.get(person=coordinator, kind="coordinator")
    ways = (
        lambda: add_to_mailing_list(actor=coordinator, coalition=coalition, email=ADDRESS),
        lambda: add_affiliation(actor=coordinator, person=person_who_left, organisation=organisation),
        lambda: add_membership(actor=coordinator, coalition=coalition, person=person_who_left),
        lambda: assign_role(actor=coordinator, coalition=coalition, person=person_who_left, kind="editor"),
        lambda: hand_over_role(actor=coordinator, role=role, successor_person=person_who_left),
    )
    for way in ways:
        with pytest.raises(ActionRefused, match="removed from it"):
            way()


def test_other_coalition_can_add_removed_person(other_coalition, outsider, person_who_left):
    assert add_to_mailing_list(actor=outsider, coalition=other_coalition, email=ADDRESS).person == person_who_left


def test_no_coalition_can_add_erased_person(other_coalition, outsider, member):
    address = member.email
    erase_person(member)

    with pytest.raises(ActionRefused, match="removed from it"):
        add_to_mailing_list(actor=outsider, coalition=other_coalition, email=address)


def import_people(coalition, coordinator, *rows):
    table = ImportedTable([["Name", "Email"], *map(list, rows)])
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind="people", file_name="list.csv", imported_table=table
    )
    return map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)


def test_imported_row_of_removed_person_is_quarantined(coalition, coordinator, removed_person):
    brought = import_people(coalition, coordinator, ("Somebody", "b@example.org"), ("A. W.", "Amina+x@example.org"))

    assert list(brought.rows.values_list("state", "reason")) == [
        ("waiting", ""),
        ("quarantine", REMOVED_PERSON_REFUSAL),
    ]
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list(ListEntry.objects.values_list("person__email", flat=True)) == ["b@example.org"]


def test_row_of_person_removed_since_is_not_imported(coalition, coordinator):
    brought = import_people(coalition, coordinator, (NAME, ADDRESS))
    block_identity_in_coalition(PersonFactory(email=ADDRESS), coalition.pk)
    came = import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert (came.entered, came.refused, ListEntry.objects.count()) == (0, 1, 0)
    assert brought.rows.get().reason == REMOVED_PERSON_REFUSAL


def test_row_with_same_name_only_is_flagged_and_imported(coalition, coordinator, removed_person):
    brought = import_people(coalition, coordinator, ("wanjiru amina", "b@example.org"))

    (note,) = brought.rows.get().notes
    assert note.startswith(NAMESAKE_WARNING)
    assert import_ready_rows(actor=coordinator, spreadsheet_import=brought).entered == 1


@pytest.mark.parametrize("route", ["person_new", "list_add"])
def test_form_warns_once_of_same_name(client, build_coalition_url, coordinator, organisation, removed_person, route):
    client.force_login(coordinator)
    sent = {
        "name": NAME,
        "email": "b@example.org",
        "organisation": organisation.name,
        "is_minor": "no",
        "is_adult": "on",
    }
    shown = client.post(build_coalition_url(route), sent)
    assert (shown.status_code, NAMESAKE_WARNING in shown.text) == (422, True)
    assert not Person.objects.filter(email="b@example.org").exists()

    mark = shown.context["form"]["known_namesake"].value()
    assert (
        client.post(build_coalition_url(route), {**sent, "name": "Amina Wanjiru", "known_namesake": mark}).status_code
        == 422
    )
    assert client.post(build_coalition_url(route), {**sent, "known_namesake": mark}).status_code == 302
    assert Person.objects.get(email="b@example.org").name == NAME


def test_form_explains_that_person_can_apply(client, build_coalition_url, coordinator, removed_person):
    client.force_login(coordinator)

    shown = client.post(build_coalition_url("list_add"), {"email": ADDRESS, "is_adult": "on"})
    assert (shown.status_code, shown.context["form"].errors["email"]) == (422, [REMOVED_PERSON_REFUSAL])


def test_application_explains_and_allows_return(client, build_coalition_url, coalition, person_who_left):
    client.force_login(person_who_left)
    notice = "You left this coalition or were removed from it."
    assert notice in client.get(build_coalition_url("apply_person")).text

    apply_as_individual(actor=person_who_left, coalition=coalition, application_text="I would like to join again.")
    assert not is_blocked_address(ADDRESS, coalition.pk)
    assert notice not in client.get(build_coalition_url("apply_person")).text


def test_claiming_affiliation_allows_return(coalition, organisation, person_who_left):
    claim_affiliation(actor=person_who_left, organisation=organisation)

    assert not is_blocked_address(ADDRESS, coalition.pk)


def test_operator_can_appoint_removed_person(coalition, person_who_left):
    call_command("appoint", coalition.slug, ADDRESS)

    assert not is_blocked_address(ADDRESS, coalition.pk)


def test_ending_membership_does_not_block_return(coalition, coordinator):
    person = create_seated_person(coalition, "A member")
    end_membership(actor=person, membership=person.memberships.get())

    assert not is_blocked_address(person.email, coalition.pk)
