"""Who may still hold a record: what mail carried it, and since when it could be fetched."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.records.models import Record, State
from jukwaa.updates.withdrawn_record_mail import find_public_periods, find_sent_letters, has_tlp_clear_label


@require_GET
def withdrawn_record_copies(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For the coordinators and the safeguarding lead, who may have to ask somebody to delete it."""
    record = get_object_or_404(Record.objects.visible_to(request.user).of(coalition), pk=pk)
    record.coalition = coalition
    if not (request.standing.is_coordinator or request.standing.is_safeguarding_lead):
        raise PermissionDenied
    context = {
        "record": record,
        "letters": find_sent_letters(record),
        "spans": find_public_periods(record),
        "for_the_world": has_tlp_clear_label(record),
        "is_gone": record.state in (State.WITHDRAWN, State.HELD),
    }
    return render_page(request, "updates/copies.html", context)
