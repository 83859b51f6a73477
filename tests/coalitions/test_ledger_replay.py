"""After a restore, people who were erased or removed since the backup are erased or removed again."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from jukwaa.accounts import ledger
from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.accounts.identity import compute_account_digest, compute_address_digest
from jukwaa.accounts.ledger import LedgerLine
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.coalitions.ledger_replay import ReplayResult, replay_erasure_ledger
from jukwaa.coalitions.models import ListEntry, Membership, Role
from tests.conftest import create_seated_person
from tests.factories import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path


def build_ledger_line(person, *, ledger_reason, coalition=None, days=0):
    at = timezone.now() + timedelta(days=days)
    return LedgerLine(
        at, compute_address_digest(person.email or ""), compute_account_digest(person), coalition, ledger_reason
    )


def test_erased_person_from_backup_is_erased_again(coalition, member):
    address = member.email
    ledger.append_ledger_lines([build_ledger_line(member, ledger_reason="erased")])

    assert [replay_erasure_ledger(), replay_erasure_ledger()] == [ReplayResult(1, 0, ()), ReplayResult(0, 0, ())]
    member.refresh_from_db()
    assert (member.name, member.email, member.erased_at is not None) == ("", None, True)
    assert is_blocked_address(address)


def test_removed_person_is_removed_again_only_from_that_coalition(coalition, other_coalition):
    person = create_seated_person(coalition, "A member of two", "editor")
    MembershipFactory(coalition=other_coalition, organisation=None, person=person)
    ListEntry.objects.create(coalition=coalition, person=person)
    ledger.append_ledger_lines([build_ledger_line(person, ledger_reason="asked", coalition=coalition.pk)])

    assert [replay_erasure_ledger(), replay_erasure_ledger()] == [ReplayResult(0, 1, ()), ReplayResult(0, 0, ())]
    assert list(Membership.objects.active().values_list("coalition", flat=True)) == [other_coalition.pk]
    assert (Role.objects.in_force().exists(), ListEntry.objects.exists()) == (False, False)
    assert is_blocked_address(person.email, coalition.pk)


def test_person_who_rejoined_after_removal_is_kept(coalition, member):
    lines = [
        build_ledger_line(member, ledger_reason=why, coalition=coalition.pk, days=day)
        for day, why in [(1, "returned"), (0, "asked")]
    ]
    ledger.append_ledger_lines(lines)

    assert replay_erasure_ledger() == ReplayResult(0, 0, ())
    assert not is_blocked_address(member.email, coalition.pk)
    assert ErasedIdentity.objects.get().returned_at == lines[0].at


def test_erased_account_is_erased_again_after_owner_returned(member):
    address = member.email
    ledger.append_ledger_lines(
        [build_ledger_line(member, ledger_reason="erased"), build_ledger_line(member, ledger_reason="returned", days=1)]
    )

    assert replay_erasure_ledger() == ReplayResult(1, 0, ())
    assert not is_blocked_address(address)


def test_people_with_reused_id_or_address_are_kept(member):
    another = Person(pk=member.pk, email=member.email, added_at=member.added_at - timedelta(days=1))
    ledger.append_ledger_lines([build_ledger_line(another, ledger_reason="erased")])

    assert replay_erasure_ledger() == ReplayResult(0, 0, ())
    assert Person.objects.get(pk=member.pk).erased_at is None


def test_missing_coalition_is_skipped(member):
    ledger.append_ledger_lines([build_ledger_line(member, ledger_reason="asked", coalition=987654)])

    assert replay_erasure_ledger() == ReplayResult(0, 0, ())


def test_prepare_reports_replay_and_damaged_lines(capsys, member):
    ledger.append_ledger_lines([build_ledger_line(PersonFactory(), ledger_reason="erased")])
    with ledger.get_ledger_path().open("a") as file:
        file.write("{}\n")
    ledger.append_ledger_lines([build_ledger_line(member, ledger_reason="erased")])
    call_command("prepare", verbosity=0)

    told = capsys.readouterr()
    assert "Repeated from the ledger of erasures: 2 people erased, 0 removed from a coalition.\n" in told.out
    assert told.err.startswith(
        f"Warning: 1 lines of {ledger.get_ledger_path()} cannot be read (2). All other lines are valid."
    )
