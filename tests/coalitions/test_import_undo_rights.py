"""Undo gives nobody a right back that was taken away since, and deletes nothing that others built on or ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.coalitions.actions import (
    confirm_affiliation,
    import_waiting_rows,
    remove_from_mailing_list,
    undo_import,
)
from jukwaa.coalitions.models import Affiliation, ImportChange, ListEntry
from jukwaa.core.refusals import ActionRefused
from tests.factories import OrganisationFactory, PersonFactory

HEADING = ["Organisation", "Contact person", "Title", "E-mail"]
LIST_HEADING = ["Name", "E-mail", "Organisation"]
ROW = ["Helpline One", "Bob", "Chair", "bob@one.example"]
CHANGED = "These people's details have been changed since the import: "


@pytest.fixture
def bob():
    return PersonFactory(name="Bob", email="bob@one.example")


@pytest.fixture
def organisation(coalition):
    return OrganisationFactory(coalition=coalition, name="Helpline One")


@pytest.fixture
def tie(bob, organisation, coordinator):
    """Bob represents the organisation, confirmed a month ago."""
    confirmed_on = timezone.localdate() - timedelta(days=30)
    return Affiliation.objects.create(
        person=bob, organisation=organisation, may_speak=True, confirmed_on=confirmed_on, confirmed_by=coordinator
    )


def import_row(bring, coordinator, row, **options):
    brought = bring(row, **options)
    import_waiting_rows(actor=coordinator, spreadsheet_import=brought)
    brought.refresh_from_db()
    return brought


def get_refusal(coordinator, brought):
    with pytest.raises(ActionRefused) as refused:
        undo_import(actor=coordinator, spreadsheet_import=brought)
    return str(refused.value)


def test_right_taken_away_since_is_not_given_back(bring, coordinator, tie):
    brought = import_row(bring, coordinator, ROW, heading=HEADING)
    confirm_affiliation(actor=coordinator, affiliation=tie, can_represent=False)

    assert f"{CHANGED}“{tie}”." in get_refusal(coordinator, brought)
    tie.refresh_from_db()
    assert (tie.may_speak, tie.confirmed_on) == (False, timezone.localdate())


def test_undo_of_an_import_of_an_earlier_version_gives_no_right(bring, coordinator, tie):
    brought = import_row(bring, coordinator, ROW, heading=HEADING)
    before = {"empty": ["position", "phone"], "may_speak": True, "confirmed_on": "", "confirmed_by": None}
    ImportChange.objects.filter(kind="affiliation").update(before=before, after={})
    confirm_affiliation(actor=coordinator, affiliation=tie, can_represent=False)
    undo_import(actor=coordinator, spreadsheet_import=brought)

    tie.refresh_from_db()
    assert (tie.may_speak, tie.confirmed_on, tie.position) == (False, None, "")


def test_right_taken_away_between_two_steps_of_an_import_is_not_given_back(bring, coordinator, tie):
    brought = import_row(bring, coordinator, ROW, heading=HEADING)
    confirm_affiliation(actor=coordinator, affiliation=tie, can_represent=False)
    Affiliation.objects.filter(pk=tie.pk).update(position="")
    brought.rows.update(state="waiting")
    import_waiting_rows(actor=coordinator, spreadsheet_import=brought)

    assert CHANGED in get_refusal(coordinator, brought)
    tie.refresh_from_db()
    assert not tie.may_speak


def test_import_in_two_steps_still_restores_the_first_state(bring, coordinator, tie):
    brought = import_row(bring, coordinator, ["Helpline One", "Bob", "", "bob@one.example"], heading=HEADING)
    row = brought.rows.get()
    brought.rows.update(state="waiting", cells=row.cells | {"position": "Chair"})
    import_waiting_rows(actor=coordinator, spreadsheet_import=brought)
    assert Affiliation.objects.get().position == "Chair"
    undo_import(actor=coordinator, spreadsheet_import=brought)

    restored = Affiliation.objects.get()
    assert (restored.position, restored.may_speak) == ("", True)
    assert restored.confirmed_on == timezone.localdate() - timedelta(days=30)


@pytest.mark.parametrize("field", ["position", "phone"])
def test_words_entered_since_are_not_emptied(bring, coordinator, tie, field):
    brought = import_row(bring, coordinator, ROW, heading=HEADING)
    Affiliation.objects.filter(pk=tie.pk).update(**{field: "Secretary"})

    assert CHANGED in get_refusal(coordinator, brought)
    tie.refresh_from_db()
    assert getattr(tie, field) == "Secretary"


def test_affiliation_confirmed_since_is_not_deleted(bring, coordinator, bob, organisation):
    row = ["Bob", "bob@one.example", "Helpline One"]
    brought = import_row(bring, coordinator, row, heading=LIST_HEADING, kind="people")
    tie = Affiliation.objects.get(person=bob)
    assert tie.confirmed_on is None
    confirm_affiliation(actor=coordinator, affiliation=tie)

    assert f"{CHANGED}“{tie}”." in get_refusal(coordinator, brought)
    assert Affiliation.objects.filter(pk=tie.pk, confirmed_on__isnull=False).exists()


@pytest.mark.parametrize("is_earlier_version", [False, True])
def test_ended_affiliation_is_not_deleted(bring, coordinator, bob, organisation, is_earlier_version):
    brought = import_row(bring, coordinator, ROW, heading=HEADING)
    Affiliation.objects.filter(person=bob).update(ends_on=timezone.localdate())
    if is_earlier_version:
        ImportChange.objects.filter(kind="affiliation").update(after={})

    assert CHANGED in get_refusal(coordinator, brought)
    assert Affiliation.objects.filter(person=bob).exists()


def test_entry_of_person_who_left_the_mailing_list_is_not_deleted(bring, coordinator, bob):
    row = ["Bob", "bob@one.example", ""]
    brought = import_row(bring, coordinator, row, heading=LIST_HEADING, kind="people")
    entry = ListEntry.objects.get(person=bob)
    remove_from_mailing_list(actor=coordinator, entry=entry)

    assert f"{CHANGED}“Bob”." in get_refusal(coordinator, brought)
    entry.refresh_from_db()
    assert entry.ends_on == timezone.localdate()


def test_known_person_of_unchanged_mailing_list_import_is_undone(bring, coordinator, bob, organisation):
    row = ["Bob", "bob@one.example", "Helpline One"]
    brought = import_row(bring, coordinator, row, heading=LIST_HEADING, kind="people")
    undo_import(actor=coordinator, spreadsheet_import=brought)

    assert [Affiliation.objects.count(), ListEntry.objects.count()] == [0, 0]
