"""Saying that an item was used, changing what was said, and taking it back."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.library import policies
from jukwaa.library.models import Item, Use
from jukwaa.records.actions import get_or_create_link
from jukwaa.records.models import Link, State

ADAPTED_FROM_RELATION = Link.Relation.ADAPTED_FROM


class UseFields(TypedDict, total=False):
    """What the form asks for beside the year."""

    country: str
    how: str
    result: str


@action
def add_item_use(
    *,
    actor: Person,
    item: Item,
    year: int,
    organisation: Organisation | None = None,
    adaptation: Item | None = None,
    token: UUID | None = None,
    **fields: Unpack[UseFields],
) -> Use:
    """Say that it was used, in the capacity of an organisation or one's own, and name what was made of it.

    The same form sent twice says it once. Raises PermissionDenied, and ActionRefused where the item was itself adapted
    from what is named.
    """
    if item.state != State.PUBLISHED or not policies.can_report_use(ViewerContext(actor), item):
        raise PermissionDenied
    if token is not None and (there := Use.objects.filter(token=token, author=actor).first()):
        return there
    _link_adaptation_to_item(actor, item, adaptation)
    capacity = create_capacity(coalition=item.coalition, person=actor, organisation=organisation)
    use = Use.objects.create(
        item=item, author=actor, capacity=capacity, year=year, adaptation=adaptation, token=token, **fields
    )
    record_activity(actor=actor, verb="used", subject=use, coalition=item.coalition, capacity=capacity)
    return use


@action
def change_item_use(
    *, actor: Person, use: Use, year: int, adaptation: Item | None = None, **fields: Unpack[UseFields]
) -> Use:
    """Say it otherwise, in the capacity in which it was said.

    Raises PermissionDenied, and ActionRefused as `add_use` does.
    """
    if use.item.state != State.PUBLISHED or not policies.can_change_use(ViewerContext(actor), use):
        raise PermissionDenied
    current = lock_row(use)
    before = (current.year, current.adaptation_id, current.country, current.how, current.result)
    if adaptation is None or adaptation.pk != current.adaptation_id:
        _unlink_adaptation_of_use(current)
        _link_adaptation_to_item(actor, use.item, adaptation)
    current.year, current.adaptation = year, adaptation
    for name, words in fields.items():
        setattr(current, name, words)
    if before != (current.year, current.adaptation_id, current.country, current.how, current.result):
        current.save()
        record_activity(actor=actor, verb="changed", subject=current, coalition=use.item.coalition)
    return current


@action
def withdraw_item_use(*, actor: Person, use: Use) -> None:
    """Its words are gone, and so is the link that it made. Raises PermissionDenied."""
    if not policies.can_withdraw_use(ViewerContext(actor), use):
        raise PermissionDenied
    _unlink_adaptation_of_use(use)
    record_activity(actor=actor, verb="took-back", subject=use, coalition=use.item.coalition)
    use.delete()


def _link_adaptation_to_item(actor: Person, item: Item, adaptation: Item | None) -> None:
    if adaptation is None:
        return
    if not policies.can_edit_library_record(ViewerContext(actor), adaptation):
        raise PermissionDenied
    try:
        get_or_create_link(adaptation, item, ADAPTED_FROM_RELATION, source_version=item.version)
    except ActionRefused as loop:
        raise ActionRefused(str(loop), "adaptation") from loop


def _unlink_adaptation_of_use(use: Use) -> None:
    Link.objects.filter(from_record=use.adaptation_id, to_record=use.item_id, relation=ADAPTED_FROM_RELATION).delete()
