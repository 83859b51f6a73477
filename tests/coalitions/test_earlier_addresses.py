"""An earlier email address still finds the person who has a new one."""

import pytest

from jukwaa.accounts.address_change import change_address_as_operator
from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.actions import import_ready_rows, remove_person
from jukwaa.coalitions.forms.people import PersonLookupField
from jukwaa.coalitions.models import ListEntry
from jukwaa.coalitions.standing import Standing
from tests.factories import PersonFactory

OLD, NEW = "amina@old.example", "amina@new.example"
COLUMN_HEADINGS = ["Name", "E-mail"]


@pytest.fixture
def person_with_changed_address(coalition):
    person = PersonFactory(name="Amina", email=OLD)
    ListEntry.objects.create(coalition=coalition, person=person)
    change_address_as_operator(person=person, address=NEW)
    return Person.objects.get(pk=person.pk)


def test_old_spreadsheet_creates_no_duplicate_person(import_rows, coordinator, person_with_changed_address):
    brought = import_rows(["Amina", OLD], ["Amina", NEW], heading=COLUMN_HEADINGS, kind="people")
    known = list(brought.rows.values_list("person", flat=True))
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert known == [person_with_changed_address.pk] * 2
    assert ListEntry.objects.get().person == person_with_changed_address
    assert not Person.objects.filter(email=OLD).exists()


def test_reassigned_address_matches_current_owner(import_rows, coordinator, person_with_changed_address):
    successor = PersonFactory(name="Successor", email=OLD)
    brought = import_rows(["Successor", OLD], heading=COLUMN_HEADINGS, kind="people")
    known = list(brought.rows.values_list("person", flat=True))
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert known == [None]
    assert {entry.person for entry in ListEntry.objects.all()} == {person_with_changed_address, successor}


def test_earlier_address_of_removed_person_is_refused(import_rows, coalition, coordinator, person_with_changed_address):
    remove_person(actor=coordinator, coalition=coalition, person=person_with_changed_address)
    brought = import_rows(["Amina", OLD], heading=COLUMN_HEADINGS, kind="people")

    row = brought.rows.get()
    assert (row.state, "removed from it" in row.reason) == ("quarantine", True)


def test_person_is_found_by_earlier_address(coalition, coordinator, person_with_changed_address):
    field = PersonLookupField()
    field.among = directory.get_visible_people(Standing(coordinator, coalition))

    assert [field.clean(address) for address in (OLD, NEW)] == [
        person_with_changed_address,
        person_with_changed_address,
    ]
