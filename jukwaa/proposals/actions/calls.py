"""Save a call that a coordinator has entered, or remove it."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_rows
from jukwaa.proposals import policies
from jukwaa.proposals.call_catalogue import get_last_call_version_number
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals
from jukwaa.proposals.call_parser import CallFileError, parse_call_toml
from jukwaa.proposals.models import CallFile, Proposal


@action
def save_call_file(
    *, actor: Person, coalition: Coalition, text: str, edited_call_name: str = "", version: int = 0
) -> CallFile:
    """Save the call that this file describes: a new one, or a new version of the call `edited_call_name`.

    `version` is the one that it was edited from; 0 is the file that Jukwaa ships with, or none.

    Raises PermissionDenied, ActionRefused for a file that cannot be read, and EditConflict.
    """
    if not policies.can_edit_calls(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators can add or change calls for proposals."))
    try:
        call = parse_call_toml(text)
    except CallFileError as error:
        raise ActionRefused(_("This file has errors. Correct them, then save the file again."), "text") from error
    name = call.name
    current = _lock_current_call_file_row(coalition, name)
    is_there = current is not None and current.text != ""
    if current is not None and is_there and current.text == text:
        return current
    if name != edited_call_name:
        if is_there or name in get_shipped_calls_for_proposals():
            raise ActionRefused(
                _("A call for proposals with this name already exists. Open that call for proposals and edit it."),
                "text",
            )
    elif version != (current.number if current else 0):
        raise EditConflict(current if is_there else None)
    Proposal.objects.of(coalition).filter(call_name=name).update(due_on=call.due_on)
    return _add_call_file_version(actor, coalition, name, text)


@action
def remove_call_file(*, actor: Person, coalition: Coalition, call_name: str) -> CallFile:
    """Remove a call that the coalition has added. Its versions stay. Raises PermissionDenied and ActionRefused."""
    if not policies.can_edit_calls(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators can add or change calls for proposals."))
    current = _lock_current_call_file_row(coalition, call_name)
    if current is None or current.text == "":
        raise ActionRefused(
            _("This call for proposals cannot be removed: it has been removed already, or it comes with Jukwaa.")
        )
    return _add_call_file_version(actor, coalition, call_name, "")


def _lock_current_call_file_row(coalition: Coalition, call_name: str) -> CallFile | None:
    """Return the last version, while nobody else adds one to it."""
    versions = lock_rows(CallFile.objects.of(coalition).filter(name=call_name))
    return max(versions, key=lambda version: version.number, default=None)


def _add_call_file_version(actor: Person, coalition: Coalition, call_name: str, text: str) -> CallFile:
    number = get_last_call_version_number(coalition, call_name) + 1
    try:
        with transaction.atomic():
            saved = CallFile.objects.create(coalition=coalition, name=call_name, number=number, text=text)
    except IntegrityError as error:  # somebody else added the first version at the same moment
        raise EditConflict(CallFile.objects.of(coalition).current().get(name=call_name)) from error
    record_activity(actor=actor, verb="saved-call" if text else "removed-call", subject=saved, coalition=coalition)
    return saved
