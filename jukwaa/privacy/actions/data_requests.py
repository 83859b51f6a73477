"""Ask for a correction, or for one's name to be removed; take the request back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.privacy import policies
from jukwaa.privacy.emails import queue_requester_email
from jukwaa.privacy.models import DataRequest, get_due_day
from jukwaa.privacy.request_links import REQUEST_CONFIRMATION_PERIOD
from jukwaa.records.models import Record

DATA_REQUEST_ACTIVITY_KIND = "datarequest"  # of its activities: a request has a `kind` of its own
DataRequestState = DataRequest.State


@dataclass(frozen=True, kw_only=True)
class DataRequestInput:
    """What a person writes. `email` is needed of a visitor alone."""

    name: str
    words: str
    record: Record | None = None
    email: str = ""


@action
def request_data_correction(
    *, actor: Person | None, coalition: Coalition, asked: DataRequestInput, token: UUID | None = None
) -> DataRequest:
    """Ask to correct what is wrong about oneself. Raises PermissionDenied and ActionRefused."""
    return _create_data_request(DataRequest.Kind.CORRECTION, actor, coalition, asked, token)


@action
def request_name_redaction(
    *, actor: Person | None, coalition: Coalition, asked: DataRequestInput, token: UUID | None = None
) -> DataRequest:
    """Ask to have one's name removed. Raises PermissionDenied and ActionRefused."""
    return _create_data_request(DataRequest.Kind.REDACTION, actor, coalition, asked, token)


def _create_data_request(
    request_kind: DataRequest.Kind,
    actor: Person | None,
    coalition: Coalition,
    request_input: DataRequestInput,
    token: UUID | None,
) -> DataRequest:
    """The activity does not say who asked: they may be at risk."""
    token = token or uuid4()
    if there := DataRequest.objects.of(coalition).filter(token=token, requester=actor).first():
        return there
    _check_request_allowed(actor, coalition, request_input)
    request = DataRequest.objects.create(
        coalition=coalition,
        kind=request_kind,
        record=request_input.record,
        requester=actor,
        email="" if actor else request_input.email.strip().lower(),
        language=get_language() or "en",
        name=request_input.name,
        words=request_input.words,
        token=token,
        state=DataRequestState.ASKED if actor else DataRequestState.UNCONFIRMED,
    )
    if actor is None:
        queue_requester_email(request, "confirm")
    else:
        record_activity(actor=None, verb="asked", subject=request, kind=DATA_REQUEST_ACTIVITY_KIND, coalition=coalition)
    return request


def _check_request_allowed(actor: Person | None, coalition: Coalition, request_input: DataRequestInput) -> None:
    readable = Record.objects.visible_to(actor or AnonymousUser()).of(coalition)
    if request_input.record is not None and not readable.filter(pk=request_input.record.pk).exists():
        raise PermissionDenied
    if actor is None and not request_input.email.strip():
        raise ActionRefused(_("Enter your email address, so that we can answer you."), "email")


@action
def confirm_data_request(*, request: DataRequest) -> DataRequest:
    """By the link in the email: the address is theirs. The month to answer begins. Raises ActionRefused."""
    current = lock_row(request)
    if current.state != DataRequestState.UNCONFIRMED:
        return current
    if current.asked_at < timezone.now() - REQUEST_CONFIRMATION_PERIOD:
        raise ActionRefused(_("This link has expired. Send your request again."))
    current.state, current.asked_at, current.due_on = DataRequestState.ASKED, timezone.now(), get_due_day()
    current.requester = Person.objects.with_address(current.email).filter(is_active=True).first()
    current.email = "" if current.requester else current.email
    current.save(update_fields=["state", "asked_at", "due_on", "requester", "email"])
    record_activity(
        actor=None, verb="asked", subject=current, kind=DATA_REQUEST_ACTIVITY_KIND, coalition=current.coalition
    )
    return current


@action
def withdraw_data_request(*, actor: Person, request: DataRequest) -> DataRequest:
    """Raises PermissionDenied, and ActionRefused once it has been answered."""
    current = lock_row(request)
    if not policies.can_withdraw_request(ViewerContext(actor), current):
        raise PermissionDenied
    return _withdraw_locked_request(current)


@action
def withdraw_request_by_link(*, request: DataRequest) -> DataRequest:
    """As above, for a visitor: the link is theirs alone."""
    return _withdraw_locked_request(lock_row(request))


def _withdraw_locked_request(request: DataRequest) -> DataRequest:
    if request.state == DataRequestState.WITHDRAWN:
        return request
    if not request.is_open:
        raise ActionRefused(_("This request has already been answered."))
    request.state = DataRequestState.WITHDRAWN
    request.save(update_fields=["state"])
    record_activity(
        actor=None, verb="withdrew", subject=request, kind=DATA_REQUEST_ACTIVITY_KIND, coalition=request.coalition
    )
    return request


def delete_unconfirmed_requests(now: datetime) -> None:
    """For the clock: requests that no visitor has confirmed in time."""
    DataRequest.objects.filter(
        state=DataRequestState.UNCONFIRMED, asked_at__lt=now - REQUEST_CONFIRMATION_PERIOD
    ).delete()
