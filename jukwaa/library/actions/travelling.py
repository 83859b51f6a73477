"""Saying that an item was used, and taking that back."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.capacities import capacity_of
from jukwaa.coalitions.models import Organisation
from jukwaa.library import policies
from jukwaa.library.models import Item, Use
from jukwaa.records.actions import tie
from jukwaa.records.models import Link, State

ADAPTED = Link.Relation.ADAPTED_FROM


class Told(TypedDict, total=False):
    """What the form asks for beside the year."""

    country: str
    how: str
    result: str


@action
def add_use(
    *,
    actor: Person,
    item: Item,
    year: int,
    organisation: Organisation | None = None,
    adaptation: Item | None = None,
    token: UUID | None = None,
    **told: Unpack[Told],
) -> Use:
    """Say that it was used, in the capacity of an organisation or one's own, and name what was made of it.

    The same form sent twice says it once. Raises PermissionDenied, and Loop where the item was itself adapted from
    what is named.
    """
    if item.state != State.PUBLISHED or not policies.can_say_use(actor, item):
        raise PermissionDenied
    if token is not None and (there := Use.objects.filter(token=token, author=actor).first()):
        return there
    if adaptation is not None:
        if not policies.can_edit_item(actor, adaptation):
            raise PermissionDenied
        tie(adaptation, item, ADAPTED, version=item.version)
    capacity = capacity_of(coalition=item.coalition, person=actor, organisation=organisation)
    use = Use.objects.create(
        item=item, author=actor, capacity=capacity, year=year, adaptation=adaptation, token=token, **told
    )
    note(actor=actor, verb="used", subject=use, coalition=item.coalition, capacity=capacity)
    return use


@action
def take_back_use(*, actor: Person, use: Use) -> None:
    """Its words are gone, and so is the link that it made. Raises PermissionDenied."""
    if not policies.can_take_back_use(actor, use):
        raise PermissionDenied
    Link.objects.filter(from_record=use.adaptation_id, to_record=use.item_id, relation=ADAPTED).delete()
    note(actor=actor, verb="took-back", subject=use, coalition=use.item.coalition)
    use.delete()
