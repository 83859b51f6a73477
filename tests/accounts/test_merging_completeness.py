"""After a merge, no table refers to the merged account, even if both accounts have rows in it."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Q, UniqueConstraint

from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.accounts.models import Person
from jukwaa.core.foreign_key_moves import find_referencing_rows
from jukwaa.core.personal_data import DeleteRows, KeepRows, personal_data_registry
from jukwaa.plans.models import TeamMember
from tests.accounts.person_traces import create_person_in_every_table
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

# The only columns that go on leading to the account that was merged.
KEPT_COLUMNS = {"coalitions.Activity.actor"}


def find_person_columns(person) -> set[str]:
    """The columns that lead to a person."""
    return {f"{model._meta.label}.{name}" for model, name, rows in find_referencing_rows(person) if rows.exists()}


def create_duplicate_rows(person, other_person) -> None:
    """Copy to another person each row of which a person can have only one."""
    for model, name, rows in find_referencing_rows(person):
        if is_field_unique(model, name) and model is not EmailAddress:  # one address has one owner
            for row in rows.filter(find_unique_condition(model, name)):
                row.pk, row._state.adding = None, True
                for field in model._meta.concrete_fields:
                    if field.unique and not field.primary_key and field.name != name:
                        setattr(row, field.attname, _build_unused_value(row, field))
                setattr(row, name, other_person)
                row.save()


def find_unique_condition(model, field_name) -> Q:
    """Under which a person has one row only."""
    rules = [
        rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint) and field_name in rule.fields
    ]
    return next((rule.condition for rule in rules if rule.condition), Q())


def _build_unused_value(model_row, field_name):
    """The default; a copy of what the column leads to, where it can't be empty."""
    if not field_name.is_relation or field_name.null:
        return field_name.get_default()
    copied = getattr(model_row, field_name.name)
    copied.pk, copied._state.adding = None, True
    copied.save()
    return copied.pk


def is_field_unique(model, field_name) -> bool:
    rules = [
        rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint) and field_name in rule.fields
    ]
    return bool(rules) or model._meta.get_field(field_name).unique


@pytest.mark.parametrize("has_the_same", [False, True], ids=["an empty account", "an account with the same rows"])
def test_only_activities_reference_merged_account(shared_world, db, has_the_same):
    other, _browser = create_person_in_every_table(shared_world)
    kept = PersonFactory(email="kept@example.org")
    before = find_person_columns(other)
    ended = {
        f"{model._meta.label}.{name}"
        for model, name, _rows in find_referencing_rows(other)
        if model in personal_data_registry and isinstance(personal_data_registry[model].merging, DeleteRows)
    }
    if has_the_same:
        create_duplicate_rows(other, kept)

    merge_accounts(surviving_person=kept, merged_person=other)

    gone = Person.objects.get(pk=other.pk)
    assert find_person_columns(gone) == KEPT_COLUMNS
    assert before - ended - KEPT_COLUMNS <= find_person_columns(kept)
    assert (gone.merged_into, gone.email, gone.name, gone.is_active) == (kept, None, "", False)
    assert gone.erased_at is not None


def test_each_table_unique_by_person_defines_merge_rule():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is Person and is_field_unique(model, field.name) and not _has_merge_rule(model)
    ]

    assert missing == []


def _has_merge_rule(model) -> bool:
    how = personal_data_registry[model].merging
    return isinstance(how, DeleteRows | KeepRows) or bool(how.join or how.close)


def test_merge_keeps_plan_team_role_with_more_rights(shared_world, db):
    kept, other = PersonFactory(), PersonFactory()
    plan = TeamMember.objects.first().plan
    TeamMember.objects.create(plan=plan, person=kept, named_by=kept, role="reads")
    TeamMember.objects.create(plan=plan, person=other, named_by=kept, role="writes")

    merge_accounts(surviving_person=kept, merged_person=other)

    places = TeamMember.objects.filter(plan=plan, person=kept)
    assert places.get(left_at=None).role == "writes"
    assert places.exclude(left_at=None).get().role == "reads"
