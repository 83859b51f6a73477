"""The events and outreach plans of a meeting."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings.actions.related_records import (
    find_records_related_to_meeting,
    find_records_to_relate,
    set_records_related_to_meeting,
)
from jukwaa.meetings.forms_related import RelatedRecordsForm
from jukwaa.meetings.views.common import get_meeting_or_404, require_can_manage_minutes
from jukwaa.meetings.views.meetings import MEETING_FORM_TEMPLATE, build_meeting_form_context

MAX_RELATED_RECORDS = 200


@require_http_methods(["GET", "POST"])
def related_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    related = list(find_records_related_to_meeting(request.user, meeting))
    offered = {
        record.pk: record for record in [*related, *find_records_to_relate(request.user, meeting)[:MAX_RELATED_RECORDS]]
    }
    form = RelatedRecordsForm(
        get_form_data(request),
        candidate_records=offered.values(),
        initial={"records": [str(record.pk) for record in related]},
    )
    context = build_meeting_form_context(meeting, _("Events and outreach plans linked to this meeting"), _("Save"))
    if not offered:
        context["lead"] = _("The coalition has no published events or outreach plans.")
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=context,
        action=lambda: set_records_related_to_meeting(actor=request.user, meeting=meeting, records=form.get_records()),
        success_message=_("Changes saved."),
        redirect_to=meeting,
    )
