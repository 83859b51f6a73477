"""Who may still hold a record: what mail carried it, and since when it could be fetched."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.records.models import Record, State
from jukwaa.updates.withdrawing import letters_that_left, spans_in_the_open, was_for_the_world


@require_GET
def copies(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For the coordinators and the safeguarding lead, who may have to ask somebody to delete it."""
    record = get_object_or_404(Record.objects.visible_to(request.user).of(coalition), pk=pk)
    record.coalition = coalition
    if not (request.standing.is_coordinator or request.standing.is_safeguarding_lead):
        raise PermissionDenied
    context = {
        "record": record,
        "letters": letters_that_left(record),
        "spans": spans_in_the_open(record),
        "for_the_world": was_for_the_world(record),
        "is_gone": record.state in (State.WITHDRAWN, State.HELD),
    }
    return page(request, "updates/copies.html", context)
