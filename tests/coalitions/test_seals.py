import pytest
from django.db import connection

from jukwaa.coalitions import append_only
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Activity, Seal
from jukwaa.coalitions.seals import find_broken_seals, seal_all_activities


@action
def record_test_activity(*, actor, coalition):
    record_activity(actor=actor, verb="touched", subject=coalition, coalition=coalition)


@pytest.fixture
def sealed_chain(coalition, member):
    """Three seals over five activities."""
    for several in (2, 1, 2):
        for _ in range(several):
            record_test_activity(actor=member, coalition=coalition)
        seal_all_activities()
    return list(Seal.objects.order_by("pk"))


def run_sql_without_triggers(sql_statement, *values):
    append_only.drop_append_only_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql_statement, values)
    append_only.install_append_only_triggers()


def test_each_activity_is_sealed_once_and_chain_is_valid(sealed_chain):
    assert (len(sealed_chain), Activity.objects.filter(sealed__isnull=True).count(), list(find_broken_seals())) == (
        3,
        0,
        [],
    )
    assert seal_all_activities() == 0


@pytest.mark.parametrize(
    "changed_column",
    ["verb = 'forged'", "kind = 'forged'", "actor_id = NULL", "object_id = 0", "at = '2009-11-26 10:00:00'"],
)
def test_altered_activity_breaks_seal_chain(sealed_chain, changed_column):
    altered = Activity.objects.filter(sealed__seal=sealed_chain[1]).get()
    run_sql_without_triggers(f"UPDATE coalitions_activity SET {changed_column} WHERE id = %s", altered.pk)

    assert list(find_broken_seals()) == [sealed_chain[1]]


def test_removed_activity_breaks_seal_chain(sealed_chain):
    removed = Activity.objects.filter(sealed__seal=sealed_chain[2]).first()
    run_sql_without_triggers("DELETE FROM coalitions_sealedactivity WHERE activity_id = %s", removed.pk)

    assert list(find_broken_seals()) == [sealed_chain[2]]


def test_recomputed_seal_breaks_next_seal(sealed_chain):
    run_sql_without_triggers("UPDATE coalitions_seal SET hash = %s WHERE id = %s", "0" * 64, sealed_chain[0].pk)

    assert list(find_broken_seals()) == [sealed_chain[0], sealed_chain[1]]


def test_late_committed_activity_is_sealed_later(sealed_chain, coalition, member):
    """On PostgreSQL a lower id may appear after a higher one was sealed."""
    low = Activity.objects.order_by("pk").first().pk - 1
    Activity.objects.create(
        pk=low, coalition=coalition, actor=member, verb="late", kind="coalition", object_id=coalition.pk
    )

    assert (seal_all_activities(), list(find_broken_seals())) == (1, [])
