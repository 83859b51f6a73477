"""Marks and hidden names that an older database does not have are done again as the ledger says."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts import ledger, minors
from jukwaa.accounts.actions import update_settings
from jukwaa.accounts.erased_identities import append_missing_ledger_lines, find_missing_ledger_lines
from jukwaa.accounts.identity import compute_account_digest
from jukwaa.accounts.ledger import ProtectionStep
from jukwaa.accounts.minors import has_public_consent
from jukwaa.accounts.models import MinorStatusChange, Person, Protection
from jukwaa.accounts.protections import find_missing_protections, replay_protections
from jukwaa.config.health.erasures import check_erasure_ledger
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

COLUMNS_BEFORE = {"is_minor": False, "adult_contact": None, "guardian_agreed_at": None, "name_is_public": True}
MARKED_FIELDS = ["1 people marked as under 18."]


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path


@pytest.fixture
def guardian():
    return PersonFactory(name="Guardian", email="guardian@example.org")


@pytest.fixture
def child(guardian):
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    return minors.mark_as_minor(actor=guardian, person=person, adult_contact=guardian, reason="Their teacher told us.")


def restore_protected_columns(**columns):
    """As with a backup from before: the ledger is complete, and the database has neither the steps nor what they did.

    `columns` are those of the person, as they were then.
    """
    append_missing_ledger_lines()
    Protection.objects.all().delete()
    Person.objects.filter(name="Zuri Canary").update(**columns)


def replay_protections_from_ledger():
    return replay_protections(ledger.read_erasure_ledger())


def test_protections_are_written_once_as_digests(child, django_capture_on_commit_callbacks):
    append_missing_ledger_lines()
    with django_capture_on_commit_callbacks(execute=True):
        minors.unmark_as_minor(actor=child, person=child, reason="Came of age.")

    steps = ledger.read_erasure_ledger().steps
    assert [(step.topic, step.in_force) for step in steps] == [
        ("public-name", True),
        ("under-18", True),
        ("guardian", True),
        ("under-18", False),
    ]
    assert {step.subject for step in steps} == {compute_account_digest(child)}
    assert "Zuri" not in ledger.get_ledger_path().read_text()
    assert (find_missing_ledger_lines(), append_missing_ledger_lines()) == ([], 0)
    assert find_missing_protections(ledger.read_erasure_ledger()) == {"guardian": [], "public-name": []}


def test_minor_mark_is_restored_with_adult_contact(child, guardian):
    restore_protected_columns(**COLUMNS_BEFORE)

    assert [replay_protections_from_ledger(), replay_protections_from_ledger()] == [MARKED_FIELDS, []]
    child.refresh_from_db()
    assert (child.is_minor, child.adult_contact, child.name_is_public, has_public_consent(child)) == (
        True,
        guardian,
        False,
        False,
    )
    assert MinorStatusChange.objects.last().reason == "The “under 18” mark was added again after a backup was restored."


def test_restored_minor_mark_without_adult_contact_allows_no_consent(child, guardian):
    restore_protected_columns(**COLUMNS_BEFORE)
    MinorStatusChange.objects.update(adult_contact=None)
    Person.objects.filter(pk=guardian.pk).update(added_at=timezone.now() - timedelta(days=9))  # another account

    assert [replay_protections_from_ledger(), replay_protections_from_ledger()] == [MARKED_FIELDS, []]
    child.refresh_from_db()
    assert (child.is_minor, str(child.adult_contact), child.adult_contact.email) == (True, "a person", None)


def test_outdated_adult_contact_is_replaced(child, guardian):
    earlier = PersonFactory()
    restore_protected_columns(is_minor=True, adult_contact=earlier, guardian_agreed_at=timezone.now())

    assert replay_protections_from_ledger() == MARKED_FIELDS
    child.refresh_from_db()
    assert (child.adult_contact, child.guardian_agreed_at) == (guardian, None)


def test_withdrawn_consent_is_not_restored(child, guardian):
    minors.answer_as_guardian(guardian=guardian, person=child, is_consent_given=True)
    agreed_at = timezone.now()
    minors.answer_as_guardian(guardian=guardian, person=child, is_consent_given=False)
    restore_protected_columns(guardian_agreed_at=agreed_at)

    assert [replay_protections_from_ledger(), replay_protections_from_ledger()] == [
        ["1 people under 18 whose adult contact does not agree, hidden."],
        [],
    ]
    child.refresh_from_db()
    assert child.guardian_agreed_at is None


def test_removed_minor_mark_is_not_restored_and_name_stays_hidden(child, guardian):
    minors.unmark_as_minor(actor=guardian, person=child, reason="Came of age.")
    restore_protected_columns(**COLUMNS_BEFORE)

    assert [replay_protections_from_ledger(), replay_protections_from_ledger()] == [
        ["1 names hidden from the public."],
        [],
    ]
    child.refresh_from_db()
    assert (child.is_minor, child.name_is_public) == (False, False)


@pytest.mark.parametrize(("choices", "reports"), [([False], ["1 names hidden from the public."]), ([False, True], [])])
def test_latest_choice_about_public_name_applies(choices, reports):
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    for is_public in choices:
        update_settings(person=person, changes={"name_is_public": is_public})
    restore_protected_columns(name_is_public=True)

    assert [replay_protections_from_ledger(), replay_protections_from_ledger()] == [reports, []]
    person.refresh_from_db()
    assert person.name_is_public == choices[-1]


def test_choice_missing_from_ledger_applies():
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    update_settings(person=person, changes={"name_is_public": False})
    append_missing_ledger_lines()
    update_settings(person=person, changes={"name_is_public": True})

    assert replay_protections_from_ledger() == []


def test_person_with_reused_id_is_unchanged(child):
    restore_protected_columns(**COLUMNS_BEFORE)
    Person.objects.filter(pk=child.pk).update(added_at=timezone.now() - timedelta(days=9))

    assert replay_protections_from_ledger() == []


def test_doctor_reports_protections_undone_by_backup(child):
    restore_protected_columns(**COLUMNS_BEFORE)

    (finding,) = check_erasure_ledger()
    assert finding.sentence == (
        "An older backup undid 2 marks as under 18, hidden names and removals of names. Run: jukwaa prepare"
    )
    replay_protections_from_ledger()
    append_missing_ledger_lines()
    assert list(check_erasure_ledger()) == []


@pytest.mark.parametrize(
    "damaged_fields",
    [
        {"topic": "another"},
        {"subject": "a"},
        {"key": "Zuri"},
        {"number": "1"},
        {"in_force": 1},
        {"more": 1},
    ],
)
def test_damaged_ledger_step_is_reported_and_others_apply(damaged_fields):
    step = ProtectionStep(at=timezone.now(), topic="public-name", subject="a" * 64)
    ledger.append_ledger_lines([step])
    with ledger.get_ledger_path().open("a") as file:
        file.write(json.dumps(json.loads(step.dump()) | damaged_fields) + "\n")

    assert ledger.read_erasure_ledger() == ledger.ErasureLedger((), (2,), (step,))
