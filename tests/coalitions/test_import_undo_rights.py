"""Undo gives nobody a right back that was taken away since, and deletes nothing that others built on or ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.coalitions.actions import (
    confirm_affiliation,
    import_ready_rows,
    remove_from_mailing_list,
    undo_import,
)
from jukwaa.coalitions.models import Affiliation, ImportChange, ListEntry
from jukwaa.core.refusals import ActionRefused
from tests.factories import OrganisationFactory, PersonFactory

COLUMN_HEADINGS = ["Organisation", "Contact person", "Title", "E-mail"]
LIST_COLUMN_HEADINGS = ["Name", "E-mail", "Organisation"]
IMPORTED_ROW = ["Helpline One", "Bob", "Chair", "bob@one.example"]
CHANGED_SINCE_MESSAGE = "These people's details have been changed since the import: "


@pytest.fixture
def imported_bob():
    return PersonFactory(name="Bob", email="bob@one.example")


@pytest.fixture
def organisation(coalition):
    return OrganisationFactory(coalition=coalition, name="Helpline One")


@pytest.fixture
def affiliation_of_bob(imported_bob, organisation, coordinator):
    """Bob represents the organisation, confirmed a month ago."""
    confirmed_on = timezone.localdate() - timedelta(days=30)
    return Affiliation.objects.create(
        person=imported_bob,
        organisation=organisation,
        may_speak=True,
        confirmed_on=confirmed_on,
        confirmed_by=coordinator,
    )


def import_single_row(import_rows, coordinator, table_row, **options):
    brought = import_rows(table_row, **options)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    brought.refresh_from_db()
    return brought


def get_undo_refusal(coordinator, spreadsheet_import):
    with pytest.raises(ActionRefused) as refused:
        undo_import(actor=coordinator, spreadsheet_import=spreadsheet_import)
    return str(refused.value)


def test_undo_does_not_restore_right_revoked_since_import(import_rows, coordinator, affiliation_of_bob):
    brought = import_single_row(import_rows, coordinator, IMPORTED_ROW, heading=COLUMN_HEADINGS)
    confirm_affiliation(actor=coordinator, affiliation=affiliation_of_bob, can_represent=False)

    assert f"{CHANGED_SINCE_MESSAGE}“{affiliation_of_bob}”." in get_undo_refusal(coordinator, brought)
    affiliation_of_bob.refresh_from_db()
    assert (affiliation_of_bob.may_speak, affiliation_of_bob.confirmed_on) == (False, timezone.localdate())


def test_undo_of_import_by_earlier_version_restores_no_right(import_rows, coordinator, affiliation_of_bob):
    brought = import_single_row(import_rows, coordinator, IMPORTED_ROW, heading=COLUMN_HEADINGS)
    before = {"empty": ["position", "phone"], "may_speak": True, "confirmed_on": "", "confirmed_by": None}
    ImportChange.objects.filter(kind="affiliation").update(before=before, after={})
    confirm_affiliation(actor=coordinator, affiliation=affiliation_of_bob, can_represent=False)
    undo_import(actor=coordinator, spreadsheet_import=brought)

    affiliation_of_bob.refresh_from_db()
    assert (affiliation_of_bob.may_speak, affiliation_of_bob.confirmed_on, affiliation_of_bob.position) == (
        False,
        None,
        "",
    )


def test_undo_does_not_restore_right_revoked_between_import_steps(import_rows, coordinator, affiliation_of_bob):
    brought = import_single_row(import_rows, coordinator, IMPORTED_ROW, heading=COLUMN_HEADINGS)
    confirm_affiliation(actor=coordinator, affiliation=affiliation_of_bob, can_represent=False)
    Affiliation.objects.filter(pk=affiliation_of_bob.pk).update(position="")
    brought.rows.update(state="waiting")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert CHANGED_SINCE_MESSAGE in get_undo_refusal(coordinator, brought)
    affiliation_of_bob.refresh_from_db()
    assert not affiliation_of_bob.may_speak


def test_import_in_two_steps_still_restores_the_first_state(import_rows, coordinator, affiliation_of_bob):
    brought = import_single_row(
        import_rows, coordinator, ["Helpline One", "Bob", "", "bob@one.example"], heading=COLUMN_HEADINGS
    )
    row = brought.rows.get()
    brought.rows.update(state="waiting", cells=row.cells | {"position": "Chair"})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert Affiliation.objects.get().position == "Chair"
    undo_import(actor=coordinator, spreadsheet_import=brought)

    restored = Affiliation.objects.get()
    assert (restored.position, restored.may_speak) == ("", True)
    assert restored.confirmed_on == timezone.localdate() - timedelta(days=30)


@pytest.mark.parametrize("field_name", ["position", "phone"])
def test_undo_keeps_text_entered_since_import(import_rows, coordinator, affiliation_of_bob, field_name):
    brought = import_single_row(import_rows, coordinator, IMPORTED_ROW, heading=COLUMN_HEADINGS)
    Affiliation.objects.filter(pk=affiliation_of_bob.pk).update(**{field_name: "Secretary"})

    assert CHANGED_SINCE_MESSAGE in get_undo_refusal(coordinator, brought)
    affiliation_of_bob.refresh_from_db()
    assert getattr(affiliation_of_bob, field_name) == "Secretary"


def test_undo_keeps_affiliation_confirmed_since_import(import_rows, coordinator, imported_bob, organisation):
    row = ["Bob", "bob@one.example", "Helpline One"]
    brought = import_single_row(import_rows, coordinator, row, heading=LIST_COLUMN_HEADINGS, kind="people")
    tie = Affiliation.objects.get(person=imported_bob)
    assert tie.confirmed_on is None
    confirm_affiliation(actor=coordinator, affiliation=tie)

    assert f"{CHANGED_SINCE_MESSAGE}“{tie}”." in get_undo_refusal(coordinator, brought)
    assert Affiliation.objects.filter(pk=tie.pk, confirmed_on__isnull=False).exists()


@pytest.mark.parametrize("is_earlier_version", [False, True])
def test_ended_affiliation_is_not_deleted(import_rows, coordinator, imported_bob, organisation, is_earlier_version):
    brought = import_single_row(import_rows, coordinator, IMPORTED_ROW, heading=COLUMN_HEADINGS)
    Affiliation.objects.filter(person=imported_bob).update(ends_on=timezone.localdate())
    if is_earlier_version:
        ImportChange.objects.filter(kind="affiliation").update(after={})

    assert CHANGED_SINCE_MESSAGE in get_undo_refusal(coordinator, brought)
    assert Affiliation.objects.filter(person=imported_bob).exists()


def test_entry_of_person_who_left_the_mailing_list_is_not_deleted(import_rows, coordinator, imported_bob):
    row = ["Bob", "bob@one.example", ""]
    brought = import_single_row(import_rows, coordinator, row, heading=LIST_COLUMN_HEADINGS, kind="people")
    entry = ListEntry.objects.get(person=imported_bob)
    remove_from_mailing_list(actor=coordinator, list_entry=entry)

    assert f"{CHANGED_SINCE_MESSAGE}“Bob”." in get_undo_refusal(coordinator, brought)
    entry.refresh_from_db()
    assert entry.ends_on == timezone.localdate()


def test_known_person_of_unchanged_mailing_list_import_is_undone(import_rows, coordinator, imported_bob, organisation):
    row = ["Bob", "bob@one.example", "Helpline One"]
    brought = import_single_row(import_rows, coordinator, row, heading=LIST_COLUMN_HEADINGS, kind="people")
    undo_import(actor=coordinator, spreadsheet_import=brought)

    assert [Affiliation.objects.count(), ListEntry.objects.count()] == [0, 0]
