"""What the coalitions of a person note when two accounts of theirs have become one."""

from typing import Any

from django.db.models import Q

from jukwaa.accounts.erased_identities import block_identity_in_coalition, is_blocked_address, unblock_returned_person
from jukwaa.accounts.identity import get_identity_digests
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import is_person_in_coalition, sync_person_departures
from jukwaa.coalitions.directory import build_ever_known_person_condition
from jukwaa.coalitions.models import Coalition


@action
def update_coalitions_after_merge(person: Person, merged: Person, actor: Person, **_signal: Any) -> None:
    """The receiver of `accounts_merged`: names of whoever has left stay hidden, and nobody taken out is entered.

    A coordinator who merges two people is named in coalitions of their own only.
    """
    for coalition in Coalition.objects.order_by("pk"):
        _merge_name_choices(coalition, person, merged)
        _merge_name_removals(coalition, person, merged)
        is_told = actor == person or is_person_in_coalition(coalition, actor)
        if is_told and Person.objects.filter(build_ever_known_person_condition(coalition), pk=person.pk).exists():
            record_activity(actor=actor, verb="merged", subject=person, coalition=coalition)


def _merge_name_choices(coalition: Coalition, person: Person, merged_person: Person) -> None:
    """With either account the name may have been hidden or kept; the choice of the account that stays counts."""
    is_noted = coalition.pk in {*person.former_in, *person.keeps_name_in}
    for column in ("former_in", "keeps_name_in"):
        numbers = getattr(person, column)
        if not is_noted and coalition.pk in getattr(merged_person, column):
            setattr(person, column, sorted([*numbers, coalition.pk]))
            person.save(update_fields=[column])
    sync_person_departures(coalition, [person.pk])
    person.refresh_from_db(fields=["former_in"])


def _merge_name_removals(coalition: Coalition, person: Person, merged_person: Person) -> None:
    """Whoever was taken out with one account is not entered with either address, unless the other one belongs there."""
    digests, other = get_identity_digests(person), get_identity_digests(merged_person)
    rows = ErasedIdentity.objects.in_force().filter(coalition_id=coalition.pk)
    addresses = {*digests.addresses, *digests.earlier}
    if not rows.filter(Q(address__in=addresses) | Q(account__in=[*digests.accounts, other.account])).exists():
        return
    if not is_person_in_coalition(coalition, person):
        block_identity_in_coalition(person, coalition.pk)
    elif is_blocked_address(person.email or "", coalition.pk):
        unblock_returned_person(person, coalition.pk)
