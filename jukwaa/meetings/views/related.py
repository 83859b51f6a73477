"""The events and outreach plans of a meeting."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.meetings.actions.related import find_candidates, find_related, set_related
from jukwaa.meetings.forms_related import RelatedForm
from jukwaa.meetings.views.common import keeping_minutes, visible_meeting
from jukwaa.meetings.views.meetings import FORM, form_context

MOST = 200


@require_http_methods(["GET", "POST"])
def related_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    related = list(find_related(request.user, meeting))
    offered = {record.pk: record for record in [*related, *find_candidates(request.user, meeting)[:MOST]]}
    form = RelatedForm(
        form_data(request),
        candidates=offered.values(),
        initial={"records": [str(record.pk) for record in related]},
    )
    context = form_context(meeting, _("Events and outreach plans of this meeting"), _("Save"))
    if not offered:
        context["lead"] = _("The coalition has no published events or outreach plans.")
    return form_view(
        request,
        form,
        template=FORM,
        context=context,
        action=lambda: set_related(actor=request.user, meeting=meeting, records=form.get_records()),
        success=_("Changes saved."),
        redirect_to=meeting,
    )
