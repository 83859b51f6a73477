"""What protects people in a coalition is done again after an older backup was restored."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from jukwaa.accounts import ledger, minors
from jukwaa.accounts.erased_identities import append_missing_ledger_lines
from jukwaa.accounts.models import Person, Protection
from jukwaa.coalitions import departures
from jukwaa.coalitions.ledger_replay import replay_erasure_ledger
from jukwaa.coalitions.models import Membership, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from tests.conftest import create_seated_person
from tests.factories import PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db

MISSING_CONTACT_TASK = "Name an adult contact for a person under 18"


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path


@pytest.fixture
def child(coalition, coordinator):
    person = create_seated_person(coalition, "Zuri Canary")
    Person.objects.filter(pk=person.pk).update(name_is_public=True)
    return minors.mark_as_minor(
        actor=coordinator, person=person, adult_contact=coordinator, reason="A teacher told us."
    )


def restore_person_row(person, **columns):
    append_missing_ledger_lines()
    Protection.objects.all().delete()
    Person.objects.filter(pk=person.pk).update(**columns)


def remove_minor_mark_of_child(child):
    restore_person_row(child, is_minor=False, adult_contact=None, name_is_public=True)


def test_prepare_reports_replayed_protections(capsys, child):
    remove_minor_mark_of_child(child)
    call_command("prepare", verbosity=0)

    assert capsys.readouterr().out == ("Repeated from the ledger of erasures: 1 people marked as under 18.\n")


def test_sole_role_holder_is_marked_as_minor_again(coalition, child):
    remove_minor_mark_of_child(child)
    Role.objects.all().delete()
    RoleFactory(coalition=coalition, person=child, kind="coordinator")

    assert replay_erasure_ledger().reports == ("1 people marked as under 18.",)
    assert not Role.objects.in_force().filter(person=child).exists()


def test_erased_person_is_not_marked_as_minor(child):
    remove_minor_mark_of_child(child)
    Person.objects.filter(pk=child.pk).update(erased_at=timezone.now(), name_is_public=False)

    assert replay_erasure_ledger().reports == ()


@pytest.mark.parametrize("has_adult_contact", [True, False])
def test_missing_adult_contact_is_task_of_coordinators(
    client, coalition, coordinator, member, child, has_adult_contact
):
    contact = coordinator if has_adult_contact else PersonFactory(name="", email=None)
    Person.objects.filter(pk=child.pk).update(adult_contact=contact)
    tasks = {
        who: [task for task in get_tasks(Standing(who, coalition)) if task.title == MISSING_CONTACT_TASK]
        for who in (coordinator, member)
    }

    assert [len(found) for found in tasks.values()] == [0 if has_adult_contact else 1, 0]
    client.force_login(coordinator)
    assert all(client.get(task.url).status_code == 200 for task in tasks[coordinator])


def test_withdrawn_name_is_hidden_again(coalition):
    person = create_seated_person(coalition, "Amina Wanjiru")
    departures.set_name_shown_after_leaving(coalition, person, keeps_name_shown=True)
    Membership.objects.filter(person=person).update(standing="left", ends_on="2020-01-01")
    departures.set_name_shown_after_leaving(coalition, person, keeps_name_shown=False)
    departures.sync_person_departures(coalition, [person.pk])
    restore_person_row(person, keeps_name_in=[coalition.pk], former_in=[])

    assert [replay_erasure_ledger().reports, replay_erasure_ledger().reports] == [
        ("1 names hidden in the record of a coalition.",),
        (),
    ]
    person.refresh_from_db()
    assert (person.keeps_name_in, person.former_in) == ([], [coalition.pk])


def test_name_with_restored_consent_is_kept(coalition):
    person = create_seated_person(coalition, "Amina Wanjiru")
    for keeps in (False, True):
        departures.set_name_shown_after_leaving(coalition, person, keeps_name_shown=keeps)
    append_missing_ledger_lines()

    assert (replay_erasure_ledger().reports, ledger.read_erasure_ledger().steps[-1].in_force) == ((), False)
