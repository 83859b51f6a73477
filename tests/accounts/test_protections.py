"""Marks and hidden names that an older database does not have are done again as the ledger says."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts import ledger, minors
from jukwaa.accounts.actions import change_settings
from jukwaa.accounts.erased import complete_ledger, find_unwritten
from jukwaa.accounts.identity import account_digest
from jukwaa.accounts.ledger import Step
from jukwaa.accounts.minors import may_be_public
from jukwaa.accounts.models import MinorStatusChange, Person, Protection
from jukwaa.accounts.protections import find_undone, replay_steps
from jukwaa.config.health.erasures import ledger_is_whole
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

BEFORE = {"is_minor": False, "adult_contact": None, "guardian_agreed_at": None, "name_is_public": True}
MARKED = ["1 people marked as under 18."]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path


@pytest.fixture
def guardian():
    return PersonFactory(name="Guardian", email="guardian@example.org")


@pytest.fixture
def child(guardian):
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    return minors.put_mark(actor=guardian, person=person, adult_contact=guardian, reason="Their teacher told us.")


def restore(**columns):
    """As with a backup from before: the ledger is complete, and the database has neither the steps nor what they did.

    `columns` are those of the person, as they were then.
    """
    complete_ledger()
    Protection.objects.all().delete()
    Person.objects.filter(name="Zuri Canary").update(**columns)


def replayed():
    return replay_steps(ledger.read())


def test_steps_are_digests_and_stand_in_the_ledger_once(child, django_capture_on_commit_callbacks):
    complete_ledger()
    with django_capture_on_commit_callbacks(execute=True):
        minors.take_mark(actor=child, person=child, reason="Came of age.")

    steps = ledger.read().steps
    assert [(step.topic, step.in_force) for step in steps] == [
        ("public-name", True),
        ("under-18", True),
        ("guardian", True),
        ("under-18", False),
    ]
    assert {step.subject for step in steps} == {account_digest(child)}
    assert "Zuri" not in ledger.path().read_text()
    assert (find_unwritten(), complete_ledger()) == ([], 0)
    assert find_undone(ledger.read()) == {"guardian": [], "public-name": []}


def test_mark_is_set_again_with_its_adult_contact(child, guardian):
    restore(**BEFORE)

    assert [replayed(), replayed()] == [MARKED, []]
    child.refresh_from_db()
    assert (child.is_minor, child.adult_contact, child.name_is_public, may_be_public(child)) == (
        True,
        guardian,
        False,
        False,
    )
    assert MinorStatusChange.objects.last().reason == "Marked again after a backup was restored."


def test_mark_without_its_adult_contact_lets_nobody_agree(child, guardian):
    restore(**BEFORE)
    MinorStatusChange.objects.update(adult_contact=None)
    Person.objects.filter(pk=guardian.pk).update(added_at=timezone.now() - timedelta(days=9))  # another account

    assert [replayed(), replayed()] == [MARKED, []]
    child.refresh_from_db()
    assert (child.is_minor, str(child.adult_contact), child.adult_contact.email) == (True, "a person", None)


def test_earlier_adult_contact_is_replaced(child, guardian):
    earlier = PersonFactory()
    restore(is_minor=True, adult_contact=earlier, guardian_agreed_at=timezone.now())

    assert replayed() == MARKED
    child.refresh_from_db()
    assert (child.adult_contact, child.guardian_agreed_at) == (guardian, None)


def test_adult_contact_who_no_longer_agrees_does_not_agree_again(child, guardian):
    minors.answer_as_guardian(guardian=guardian, person=child, agrees=True)
    agreed_at = timezone.now()
    minors.answer_as_guardian(guardian=guardian, person=child, agrees=False)
    restore(guardian_agreed_at=agreed_at)

    assert [replayed(), replayed()] == [["1 people under 18 whose adult contact does not agree, hidden."], []]
    child.refresh_from_db()
    assert child.guardian_agreed_at is None


def test_mark_that_was_removed_is_not_set_again_and_the_name_stays_hidden(child, guardian):
    minors.take_mark(actor=guardian, person=child, reason="Came of age.")
    restore(**BEFORE)

    assert [replayed(), replayed()] == [["1 names hidden from the public."], []]
    child.refresh_from_db()
    assert (child.is_minor, child.name_is_public) == (False, False)


@pytest.mark.parametrize(("choices", "reports"), [([False], ["1 names hidden from the public."]), ([False, True], [])])
def test_last_choice_about_the_public_name_counts(choices, reports):
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    for is_public in choices:
        change_settings(person=person, changes={"name_is_public": is_public})
    restore(name_is_public=True)

    assert [replayed(), replayed()] == [reports, []]
    person.refresh_from_db()
    assert person.name_is_public == choices[-1]


def test_choice_that_the_ledger_lacks_counts_as_well():
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    change_settings(person=person, changes={"name_is_public": False})
    complete_ledger()
    change_settings(person=person, changes={"name_is_public": True})

    assert replayed() == []


def test_another_person_with_the_same_number_stays(child):
    restore(**BEFORE)
    Person.objects.filter(pk=child.pk).update(added_at=timezone.now() - timedelta(days=9))

    assert replayed() == []


def test_doctor_reports_what_a_backup_undid(child):
    restore(**BEFORE)

    (finding,) = ledger_is_whole()
    assert finding.sentence == (
        "An older backup undid 2 marks as under 18, hidden names and removals of names. Run: jukwaa prepare"
    )
    replayed()
    complete_ledger()
    assert list(ledger_is_whole()) == []


@pytest.mark.parametrize(
    "damage",
    [
        {"topic": "another"},
        {"subject": "a"},
        {"key": "Zuri"},
        {"number": "1"},
        {"in_force": 1},
        {"more": 1},
    ],
)
def test_damaged_step_is_reported_and_all_others_count(damage):
    step = Step(at=timezone.now(), topic="public-name", subject="a" * 64)
    ledger.append([step])
    with ledger.path().open("a") as file:
        file.write(json.dumps(json.loads(step.dump()) | damage) + "\n")

    assert ledger.read() == ledger.Ledger((), (2,), (step,))
