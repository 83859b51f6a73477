"""What the coalitions of a person note when two accounts of theirs have become one."""

from typing import Any

from django.db.models import Q

from jukwaa.accounts.erased import note_return, note_taken_out, was_taken_out
from jukwaa.accounts.identity import identity_digests
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.departures import belongs_to, note_departures
from jukwaa.coalitions.directory import ever_known
from jukwaa.coalitions.models import Coalition


@action
def settle_coalitions(person: Person, merged: Person, **_signal: Any) -> None:
    """The receiver of `accounts_merged`: names of whoever has left stay hidden, and nobody taken out is entered."""
    for coalition in Coalition.objects.order_by("pk"):
        _settle_name(coalition, person, merged)
        _settle_taken_out(coalition, person, merged)
        if Person.objects.filter(ever_known(coalition), pk=person.pk).exists():
            note(actor=person, verb="merged", subject=person, coalition=coalition)


def _settle_name(coalition: Coalition, person: Person, merged: Person) -> None:
    """With either account the name may have been hidden or kept; the choice of the account that stays counts."""
    is_noted = coalition.pk in {*person.former_in, *person.keeps_name_in}
    for column in ("former_in", "keeps_name_in"):
        numbers = getattr(person, column)
        if not is_noted and coalition.pk in getattr(merged, column):
            setattr(person, column, sorted([*numbers, coalition.pk]))
            person.save(update_fields=[column])
    note_departures(coalition, [person.pk])
    person.refresh_from_db(fields=["former_in"])


def _settle_taken_out(coalition: Coalition, person: Person, merged: Person) -> None:
    """Whoever was taken out with one account is not entered with either address, unless the other one belongs there."""
    digests, other = identity_digests(person), identity_digests(merged)
    rows = ErasedIdentity.objects.in_force().filter(coalition_id=coalition.pk)
    addresses = {*digests.addresses, *digests.earlier}
    if not rows.filter(Q(address__in=addresses) | Q(account__in=[*digests.accounts, other.account])).exists():
        return
    if not belongs_to(coalition, person):
        note_taken_out(person, coalition.pk)
    elif was_taken_out(person.email or "", coalition.pk):
        note_return(person, coalition.pk)
