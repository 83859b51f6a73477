"""Decide on a request, with a reason that the person gets by email; carry out what was granted."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.privacy import policies
from jukwaa.privacy.actions.data_requests import DATA_REQUEST_ACTIVITY_KIND
from jukwaa.privacy.emails import queue_requester_email
from jukwaa.privacy.models import DataRequest
from jukwaa.records.actions import redact_names_in_record

DataRequestState = DataRequest.State


@action
def answer_data_request(*, actor: Person, request: DataRequest, is_granted: bool, reason: str) -> DataRequest:
    """Grant or decline it. Raises PermissionDenied, and ActionRefused if it does not wait for an answer."""
    current = lock_row(request)
    if not policies.can_answer_request(ViewerContext(actor), current):
        raise PermissionDenied(_("Only coordinators and the safeguarding lead can answer requests from other people."))
    if not reason.strip():
        raise ActionRefused(_("Enter a reason. We will email it to the person."), "reason")
    if current.state != DataRequestState.ASKED:
        raise ActionRefused(_("This request has already been answered or withdrawn."))
    current.state = DataRequestState.GRANTED if is_granted else DataRequestState.DECLINED
    current.decided_by, current.decided_at, current.reason = actor, timezone.now(), reason
    current.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    verb = "granted" if is_granted else "declined"
    record_activity(
        actor=actor, verb=verb, subject=current, kind=DATA_REQUEST_ACTIVITY_KIND, coalition=current.coalition
    )
    queue_requester_email(current, "answered")
    return current


@action
def remove_requested_name(
    *, actor: Person, request: DataRequest, person_names: Iterable[str], includes_files: bool = False
) -> int | None:
    """Carry out a redaction that was granted; return in how many places the name stood.

    It can be repeated, for a name that is written in several ways. A name that is gone already, since the record was
    redacted after the request, is removed as well. Whoever can't read the record gets the same answer whether the name
    stood there or not: None. Raises PermissionDenied and ActionRefused.
    """
    current, viewer, person_names = lock_row(request), ViewerContext(actor), list(person_names)
    if not policies.can_remove_name(viewer, current):
        raise PermissionDenied
    if not current.is_granted_redaction or current.record is None:
        raise ActionRefused(_("Grant the request before you remove the name."))
    if len(policies.find_removable_names(viewer, current, person_names)) < len(person_names):
        raise ActionRefused(_("Enter the name as it is written in the record."), "names")
    is_told = policies.can_locate_name(viewer, current)
    must_find = is_told and not current.was_redacted_since
    count = redact_names_in_record(
        actor=actor, record=current.record, names=person_names, includes_files=includes_files, requires_match=must_find
    )
    if current.done_at is None:
        current.done_at = timezone.now()
        current.save(update_fields=["done_at"])
        queue_requester_email(current, "done")
    return count if is_told else None
