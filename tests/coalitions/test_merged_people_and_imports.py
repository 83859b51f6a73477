"""Imports and merges of people, one after the other: nobody and nothing is lost unseen."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import import_ready_rows, merge_people, undo_import
from jukwaa.coalitions.models import Affiliation, ListEntry
from jukwaa.core.refusals import ActionRefused
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory

LIST_HEADINGS = ["Email", "Full name", "Organisation"]
MEMBER_HEADINGS = ["Organisation", "Country", "Contact person", "E-mail"]


def test_undo_after_merge_into_imported_person_keeps_what_was_there(coalition, coordinator, import_rows):
    organisation = OrganisationFactory(coalition=coalition, name="DNID")
    there = AffiliationFactory(organisation=organisation, person__name="Osvaldo Machava", position="Director").person
    brought = import_rows(["o@dnid.example", "Olga Machava", ""], heading=LIST_HEADINGS, kind="people")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    imported = Person.objects.get(email="o@dnid.example")
    merge_people(actor=coordinator, coalition=coalition, surviving_person=imported, merged_person=there)
    brought.refresh_from_db()

    with pytest.raises(ActionRefused):
        undo_import(actor=coordinator, spreadsheet_import=brought)

    assert Affiliation.objects.get().person == imported


def test_undo_after_merge_of_imported_person(coalition, coordinator, import_rows):
    there = PersonFactory(name="Osvaldo Machava", email="osvaldo@dnid.example")
    ListEntry.objects.create(coalition=coalition, person=there)
    brought = import_rows(["o@dnid.example", "Olga Machava", ""], heading=LIST_HEADINGS, kind="people")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    imported = Person.objects.get(email="o@dnid.example")
    merge_people(actor=coordinator, coalition=coalition, surviving_person=there, merged_person=imported)
    brought.refresh_from_db()

    with pytest.raises(ActionRefused, match="has been removed since the import"):
        undo_import(actor=coordinator, spreadsheet_import=brought)

    assert ListEntry.objects.get().person == there
