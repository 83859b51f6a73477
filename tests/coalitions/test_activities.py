from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from jukwaa.coalitions import append_only
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Activity


@action
def record_organisation_renaming(*, actor, organisation, new_name):
    organisation.name = new_name
    organisation.save()
    return record_activity(actor=actor, verb="renamed", subject=organisation, coalition=organisation.coalition)


def test_action_writes_one_activity_and_increments_revision(organisation, member, coalition):
    record_organisation_renaming(actor=member, organisation=organisation, new_name="New name")

    assert list(Activity.objects.values_list("actor", "verb", "kind", "object_id")) == [
        (member.pk, "renamed", "organisation", organisation.pk)
    ]
    coalition.refresh_from_db()
    assert coalition.revision == 1


def test_activity_cannot_be_written_outside_action(organisation, member, coalition):
    with pytest.raises(RuntimeError):
        record_activity(actor=member, verb="renamed", subject=organisation, coalition=coalition)


@pytest.mark.parametrize("change_rows", [lambda rows: rows.update(verb="forged"), lambda rows: rows.delete()])
def test_database_refuses_update_and_delete_of_activity(organisation, member, change_rows):
    record_organisation_renaming(actor=member, organisation=organisation, new_name="New name")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change_rows(Activity.objects.all())

    assert list(Activity.objects.values_list("verb", flat=True)) == ["renamed"]


def test_system_check_names_missing_triggers(db):
    assert append_only.find_missing_triggers() == []

    append_only.drop_append_only_triggers()
    assert "coalitions_activity_no_update" in append_only.find_missing_triggers()
    append_only.install_append_only_triggers()


@pytest.fixture
def rename_with_concurrent_change():
    """An action during whose first run another form with its token is stored."""
    seen = []

    @action
    def add_organisation_with_token(*, organisation, token):
        seen.append(organisation.name)
        organisation.name = "New name"
        if len(seen) == 1:
            raise IntegrityError
        return seen

    return add_organisation_with_token


def test_action_with_token_is_retried_after_conflict(organisation, rename_with_concurrent_change):
    before = organisation.name

    assert rename_with_concurrent_change(organisation=organisation, token=uuid4()) == [before, before]


def test_action_without_token_is_not_retried(organisation, rename_with_concurrent_change):
    with pytest.raises(IntegrityError):
        rename_with_concurrent_change(organisation=organisation, token=None)
