"""Erasing a person: what goes, what is emptied and what stays is what each table declares in its `personal_data.py`.

The row of the person stays without name and address, since the record points to it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import models, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.identity import build_person_identity, find_earlier_address_digests, get_identity_digests
from jukwaa.accounts.models import Person
from jukwaa.accounts.name_traces import ALL_COLUMNS_KEY, NameTrace, Removed, find_addresses_by_digest, find_name_traces
from jukwaa.accounts.own_rows import find_personal_rows, find_rows_of_person
from jukwaa.accounts.sessions import end_sessions
from jukwaa.accounts.signals import name_changed, person_erased
from jukwaa.core.personal_data import (
    ClearColumns,
    DeleteRows,
    PersonalData,
    Words,
    erasure_part_registry,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row

ERASED_ROWS_PER_BATCH = 500
UNCOUNTED_ERASURE_PURPOSES = frozenset(
    {"safeguarding"}
)  # purposes: nobody learns from a preview what the safeguarding lead keeps


@dataclass(frozen=True)
class ErasurePreviewPart:
    """What an erasure does with the rows of one table."""

    title: Words
    count: int
    why: Words = ""


@dataclass(frozen=True)
class ErasurePreview:
    """What an erasure would do today. `traces` stay until somebody asks for their removal."""

    deleted: tuple[ErasurePreviewPart, ...]
    emptied: tuple[ErasurePreviewPart, ...]
    kept: tuple[ErasurePreviewPart, ...]
    traces: tuple[NameTrace, ...]


def preview_erasure(person: Person) -> ErasurePreview:
    """Return what an erasure would delete, empty and keep, and where others wrote the name. Writes nothing."""
    person.written_addresses = find_addresses_by_digest(find_earlier_address_digests(person))
    identity = build_person_identity(person)
    removed: Removed = defaultdict(set)
    parts: dict[type, list[ErasurePreviewPart]] = defaultdict(list)
    for model, declared in personal_data_registry.items():
        pks = _get_row_ids(find_personal_rows(model, declared, person, identity.addresses))
        _record_removed_rows(removed, model, declared, pks, person)
        if pks and declared.purpose not in UNCOUNTED_ERASURE_PURPOSES:
            title = declared.title or purpose_registry[declared.purpose].title
            parts[type(declared.erasure)].append(
                ErasurePreviewPart(title, len(pks), getattr(declared.erasure, "why", ""))
            )
    for part in erasure_part_registry.values():
        pks = set(part.find(person).values_list("pk", flat=True))
        for column in part.columns:
            removed[part.model, column] |= pks
        if pks:
            parts[ClearColumns].append(ErasurePreviewPart(part.title, len(pks)))
    deleted, emptied = parts.pop(DeleteRows, []), parts.pop(ClearColumns, [])
    kept = [part for rest in parts.values() for part in rest]
    return ErasurePreview(tuple(deleted), tuple(emptied), tuple(kept), tuple(find_name_traces(identity, removed)))


def _record_removed_rows(
    removed_rows: Removed, model: type[Model], personal_data: PersonalData, row_ids: set[Any], person: Person
) -> None:
    if isinstance(personal_data.erasure, DeleteRows):
        removed_rows[model, ALL_COLUMNS_KEY] |= row_ids
    elif isinstance(personal_data.erasure, ClearColumns):
        narrower = personal_data.erasure.people
        emptied = _get_row_ids(find_rows_of_person(model, narrower, person)) if narrower else row_ids
        for column in personal_data.erasure.columns:
            removed_rows[model, column] |= emptied


def lock_open_account(person: Person) -> Person:
    """Return the person as they are now; until the transaction ends nobody erases them. Raises ActionRefused."""
    current = lock_row(person)
    if current.erased_at is not None:
        raise ActionRefused(_("This account has been deleted."))
    return current


@atomic_with_retry
def erase_person(person: Person, *, is_noted_in_ledger: bool = True) -> Person:
    """Erase a person for good, in one transaction, and return them as they are then. Repeating changes nothing.

    `person_erased` is sent while name and address are still there, with their digests. With `is_noted_in_ledger` false,
    others may enter them again: nobody asked for it.
    """
    current = lock_row(person)
    if current.erased_at is None:
        _erase_locked_person(current, is_recorded_in_ledger=is_noted_in_ledger)
    person.refresh_from_db()
    return person


def _erase_locked_person(locked_person: Person, *, is_recorded_in_ledger: bool) -> None:
    digests = get_identity_digests(locked_person)
    locked_person.written_addresses = find_addresses_by_digest(find_earlier_address_digests(locked_person))
    addresses = build_person_identity(locked_person).addresses
    for part in erasure_part_registry.values():
        part.erase(locked_person)
    person_erased.send(sender=Person, person=locked_person, digests=digests, is_noted=is_recorded_in_ledger)
    end_sessions(locked_person)
    for model, declared in personal_data_registry.items():
        if model is not Person:
            _erase_rows(model, declared, locked_person, addresses)
    clear_account_columns(locked_person)
    name_changed.send(sender=Person, person=locked_person)
    transaction.on_commit(caches["pages"].clear)  # other processes show none of it, and drop it at midnight


def _erase_rows(
    model: type[Model], personal_data: PersonalData, person: Person, email_addresses: tuple[str, ...]
) -> None:
    how = personal_data.erasure
    if not isinstance(how, DeleteRows | ClearColumns):
        return
    narrower = how.people if isinstance(how, ClearColumns) else ()
    rows = (
        find_rows_of_person(model, narrower, person)
        if narrower
        else find_personal_rows(model, personal_data, person, email_addresses)
    )
    for batch in _split_into_batches(sorted(_get_row_ids(rows))):
        rows = model._base_manager.filter(pk__in=batch)  # noqa: SLF001 - public by Django's word
        if isinstance(how, DeleteRows):
            rows.delete()
        else:
            rows.update(**{name: _get_empty_value(model, name) for name in how.columns})


def _get_row_ids(found_rows: models.QuerySet[Any]) -> set[Any]:
    return set(found_rows.values_list("pk", flat=True))


def _split_into_batches(row_ids: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(row_ids), ERASED_ROWS_PER_BATCH):
        yield row_ids[start : start + ERASED_ROWS_PER_BATCH]


def _get_empty_value(model: type[Model], column_name: str) -> Any:
    field = model._meta.get_field(column_name)  # noqa: SLF001 - as above
    return field.get_default() if isinstance(field, models.Field) else None


def clear_account_columns(person: Person) -> None:
    """Nothing that names them is left. Of somebody under 18 all goes in one step, as the database demands."""
    person.name, person.email, person.name_is_public, person.is_active = "", None, False, False
    person.is_minor, person.adult_contact, person.deletion_due_at = False, None, None
    person.guardian_agreed_at, person.adult_confirmed_at, person.renamed_at = None, None, None
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
