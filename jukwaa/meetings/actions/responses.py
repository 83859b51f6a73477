"""Offers and requests that were made in a meeting: taken up by a member, or closed."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.models import ANSWERABLE_ENTRY_KINDS, Entry
from jukwaa.records.models import State


@action
def respond_to_entry(*, actor: Person, entry: Entry, response: str, organisation: Organisation | None = None) -> Entry:
    """Take up an offer or a request, close it, or open it again. Doing the same again changes nothing.

    Members take it up, for an organisation or on their own; those who keep the minutes, and those who made it, close
    and reopen it. Raises PermissionDenied, and ActionRefused where it is open to nobody.
    """
    context = ViewerContext(actor)
    current = lock_row(entry)
    if current.kind not in ANSWERABLE_ENTRY_KINDS:
        raise ValueError("Only an offer or a request is taken up.")
    if current.state != State.PUBLISHED:
        raise ActionRefused(_("This entry has not been published, or it has been withdrawn. Nothing has been changed."))
    response = Entry.Response(response)
    is_taken_up = response == Entry.Response.TAKEN_UP
    allowed = policies.can_take_up_offer_or_request if is_taken_up else policies.can_close_offer_or_request
    if not allowed(context, current):
        raise PermissionDenied
    if organisation is not None and organisation.pk not in context.standing(current).speaks_for:
        raise PermissionDenied
    if current.response == response:
        return current
    current.response = response
    current.taken_up_by = None
    if is_taken_up and not current.is_chatham:
        current.taken_up_by = (
            create_capacity_from_source(
                coalition=current.coalition, person_name=organisation.name, organisation=organisation
            )
            if organisation
            else create_capacity(coalition=current.coalition, person=actor, organisation=None)
        )
    current.save(update_fields=["response", "taken_up_by"])
    record_activity(actor=actor, verb=f"response-{response}", subject=current, coalition=current.coalition)
    return current
