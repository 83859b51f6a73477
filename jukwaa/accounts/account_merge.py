"""Merge two accounts of one person: everything that refers to one of them moves to the other.

What becomes of the rows of each table stands in its `personal_data.py` (`PersonalData.merging`). The row of the account
that goes stays, without name and address, since activities are append-only and lead to it (`Person.merged_into`).
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import caches
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from jukwaa.accounts.consents import record_guardian_answer, record_public_name_choice
from jukwaa.accounts.earlier_addresses import store_earlier_address
from jukwaa.accounts.erasure import UNCOUNTED_ERASURE_PURPOSES, ErasurePreviewPart, clear_account_columns
from jukwaa.accounts.models import AccountDeletion, Person
from jukwaa.accounts.own_rows import find_rows_of_person
from jukwaa.accounts.sessions import end_sessions
from jukwaa.accounts.signals import accounts_merged, address_changed, minor_status_changed, name_changed
from jukwaa.core.foreign_key_moves import (
    find_duplicate_row,
    find_referencing_rows,
    repoint_foreign_keys,
    try_moving_rows,
)
from jukwaa.core.personal_data import MOVE_ALL_ROWS, DeleteRows, KeepRows, MoveRows, Words, personal_data_registry
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row, lock_rows
from jukwaa.mail import actions as mail

MERGED_ROWS_GRACE_PERIOD = timedelta(hours=1)  # a request that began with the old account has been written by then


@dataclass(frozen=True)
class MergePreview:
    """What merging would do today with the rows of the account that goes."""

    moved: tuple[ErasurePreviewPart, ...]
    deleted: tuple[ErasurePreviewPart, ...]
    kept: tuple[ErasurePreviewPart, ...]


def preview_merge(merged_person: Person) -> MergePreview:
    """Count what would move, be deleted and stay. Nobody learns from it what the safeguarding lead keeps."""
    parts: dict[type, dict[Words, ErasurePreviewPart]] = {MoveRows: {}, DeleteRows: {}, KeepRows: {}}
    for model, declared in personal_data_registry.items():
        if model is Person or not declared.title or declared.purpose in UNCOUNTED_ERASURE_PURPOSES:
            continue
        if count := len(find_rows_of_person(model, declared.people, merged_person)):
            alike = parts[type(declared.merging)]
            before = alike[declared.title].count if declared.title in alike else 0
            alike[declared.title] = ErasurePreviewPart(
                declared.title, before + count, getattr(declared.merging, "why", "")
            )
    return MergePreview(*(tuple(alike.values()) for alike in parts.values()))


def find_merge_obstacles(surviving_person: Person, merged_person: Person) -> list[str]:
    """Return why the two can't be merged now, a sentence each."""
    found = []
    if not (surviving_person.is_active and merged_person.is_active):
        found.append(
            _(
                "One of these accounts has been closed, so they cannot be merged. Ask a coordinator "
                "of your coalition for help."
            )
        )
    if AccountDeletion.objects.open().filter(person__in=[surviving_person.pk, merged_person.pk]).exists():
        found.append(_("Stop the deletion first. One of these accounts will be deleted soon."))
    if merged_person.pk == surviving_person.adult_contact_id or surviving_person.pk == merged_person.adult_contact_id:
        found.append(
            _(
                "Ask a coordinator to name another adult contact first. One of these accounts is the adult"
                " contact of the other."
            )
        )
    elif (surviving_person.is_minor or merged_person.is_minor) and _is_guardian_of_minor(
        surviving_person, merged_person
    ):
        found.append(_("A person under 18 can't be an adult contact. Ask a coordinator to name another adult first."))
    return found


def _is_guardian_of_minor(surviving_person: Person, merged_person: Person) -> bool:
    return Person.objects.filter(
        adult_contact__in=[surviving_person.pk, merged_person.pk], is_minor=True, erased_at=None
    ).exists()


@atomic_with_retry
def merge_accounts(*, surviving_person: Person, merged_person: Person, actor: Person | None = None) -> Person:
    """Move everything of one account to the other one, and return that. Raises ActionRefused.

    The caller has checked that both are of one person. `actor` is who says so, if it is not their owner: the address of
    the account that goes is then not kept as an earlier one, since nobody has shown that it is theirs.
    """
    rows = {
        row.pk: row
        for row in lock_rows(Person.objects.filter(pk__in=[surviving_person.pk, merged_person.pk]).order_by("pk"))
    }
    stays, goes = rows.get(surviving_person.pk), rows.get(merged_person.pk)
    if stays is None or goes is None or stays.erased_at or goes.erased_at:
        raise ActionRefused(_("This account has been deleted."))
    if stays == goes:
        raise ActionRefused(_("There is nothing to merge. These are already the same account."))
    if found := find_merge_obstacles(stays, goes):
        raise ActionRefused(" ".join(found))
    _merge_account_rows(stays, goes, actor)
    return stays


def _merge_account_rows(surviving_person: Person, merged_person: Person, actor: Person | None) -> None:
    end_sessions(merged_person)
    _preserve_hidden_name(surviving_person, merged_person)
    is_marked = _merge_minor_status(surviving_person, merged_person)
    _fill_missing_fields(surviving_person, merged_person)
    for declared in personal_data_registry.values():
        if isinstance(declared.merging, MoveRows) and declared.merging.prepare:
            declared.merging.prepare(surviving_person, merged_person)
    move_all_rows(surviving_person, merged_person)
    before = copy(merged_person)
    merged_person.merged_into, merged_person.former_in, merged_person.keeps_name_in = surviving_person, [], []
    clear_account_columns(merged_person)
    if before.email:
        _move_earlier_addresses(surviving_person, before.email, is_confirmed=actor is None)
    accounts_merged.send(sender=Person, person=surviving_person, merged=before, actor=actor or surviving_person)
    if is_marked:
        minor_status_changed.send(sender=Person, person=surviving_person)
    for person in (merged_person, surviving_person):
        name_changed.send(sender=Person, person=person)
    transaction.on_commit(caches["pages"].clear)


def _preserve_hidden_name(surviving_person: Person, merged_person: Person) -> None:
    """The choice of the account that stays counts: whoever is not named there to the public is not named at all."""
    if merged_person.name_is_public and (surviving_person.is_minor or not surviving_person.name_is_public):
        merged_person.name_is_public = False
        record_public_name_choice(merged_person)


def _merge_minor_status(surviving_person: Person, merged_person: Person) -> bool:
    """Whoever is marked as under 18 with either account is marked; each adult contact must have agreed."""
    if not (surviving_person.is_minor or merged_person.is_minor):
        surviving_person.adult_confirmed_at = surviving_person.adult_confirmed_at or merged_person.adult_confirmed_at
        return False
    agreed = [person.guardian_agreed_at for person in (surviving_person, merged_person) if person.is_minor]
    if not surviving_person.is_minor and surviving_person.name_is_public:
        surviving_person.name_is_public = False
        record_public_name_choice(surviving_person)
    surviving_person.adult_contact_id = (
        surviving_person.adult_contact_id if surviving_person.is_minor else merged_person.adult_contact_id
    )
    surviving_person.is_minor, surviving_person.adult_confirmed_at = True, None
    surviving_person.guardian_agreed_at = max(filter(None, agreed)) if all(agreed) else None
    if not all(agreed):
        for person in (surviving_person, merged_person):
            record_guardian_answer(person, is_consent_given=False)
    return True


def _fill_missing_fields(surviving_person: Person, merged_person: Person) -> None:
    surviving_person.name = surviving_person.name or merged_person.name
    surviving_person.language = surviving_person.language or merged_person.language
    surviving_person.told_at = surviving_person.told_at or merged_person.told_at
    surviving_person.save()


def move_all_rows(surviving_person: Person, merged_person: Person) -> None:
    """Move, delete or keep all rows that point to a person, as their tables declare. Repeating it moves late rows."""
    for model, name, rows in find_referencing_rows(merged_person):
        how = personal_data_registry[model].merging if model in personal_data_registry else MOVE_ALL_ROWS
        if isinstance(how, DeleteRows):
            rows.delete()
        elif isinstance(how, MoveRows) and not try_moving_rows(rows, name, surviving_person):
            for row in rows.order_by("pk"):
                _move_account_row(row, name, surviving_person, how)


def _move_account_row(account_row: Model, column_name: str, surviving_person: Person, move_rows: MoveRows) -> None:
    """One by one, where some of them can't stand beside what the account that stays has."""
    one = account_row.__class__._base_manager.filter(pk=account_row.pk)  # noqa: SLF001 - public by Django's word
    if try_moving_rows(one, column_name, surviving_person):
        return
    twin = find_duplicate_row(account_row, column_name, surviving_person)
    if twin is None or not (move_rows.join or move_rows.close):
        raise TypeError(f"{account_row._meta.label} does not say how two rows of one person become one.")  # noqa: SLF001 - as above
    if move_rows.close:
        move_rows.close(twin, account_row)
        twin.save()
        account_row.save()
        one.update(**{column_name: surviving_person.pk})
    elif move_rows.join:
        move_rows.join(twin, account_row)
        repoint_foreign_keys(account_row, twin)
        account_row.delete()
        twin.save()


def _move_earlier_addresses(surviving_person: Person, address: str, *, is_confirmed: bool) -> None:
    """Nobody reads email at the other address any more; whoever enters it means the person who has the account."""
    if is_confirmed:
        store_earlier_address(surviving_person, address)
    if surviving_person.email:
        mail.move_emails_to_new_address(old_email=address, new_email=surviving_person.email)
    address_changed.send(sender=Person, person=surviving_person, old=address)


def move_rows_written_during_merge(now: datetime) -> int:
    """For the clock: move what was written with an account while it was merged. Return how many accounts it was."""
    merged = Person.objects.filter(
        merged_into__isnull=False, erased_at__gte=now - MERGED_ROWS_GRACE_PERIOD
    ).select_related("merged_into")
    found = list(merged.order_by("pk"))
    for person in found:
        _move_rows_written_during_merge(person)
    return len(found)


@atomic_with_retry
def _move_rows_written_during_merge(merged_person: Person) -> None:
    stays = lock_row(merged_person.current)
    if stays.erased_at is None:
        move_all_rows(stays, merged_person)
