"""Proposing a decision by silence procedure, from a meeting, an entry of its minutes, or the register of decisions."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.models import Call, Text
from jukwaa.drafting.positions import get_decision_rules
from jukwaa.drafting.recipient_counts import count_call_recipients
from jukwaa.meetings import policies
from jukwaa.meetings.actions.silence_procedures import propose_silence_decision
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.forms import get_names_found_error
from jukwaa.meetings.forms_silence import DecisionProposalForm
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.meetings.silence_procedures import find_meetings_for_silence_decision
from jukwaa.records.models import Label, Record
from jukwaa.records.views.common import get_origin_or_404


@require_http_methods(["GET", "POST"])
def decision_propose(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_propose_decision(request.standing, coalition):
        raise PermissionDenied(_("Only a coordinator or the chair can propose a decision by silence procedure."))
    meetings = find_meetings_for_silence_decision(request.user, coalition)
    origin = get_origin_or_404(request, coalition)
    initial = DecisionProposalForm.get_initial(_choose_procedure_meeting(request, origin, meetings), origin)
    form = DecisionProposalForm(
        get_form_data(request), rules=get_decision_rules(coalition), meetings=meetings, initial=initial
    )
    return form_view(
        request,
        form,
        template="meetings/decision_propose.html",
        context={
            "origin": origin,
            "has_meeting": meetings.exists(),
            "recipients": count_call_recipients(Text(coalition=coalition, label=Label.GREEN)),
        },
        action=lambda: _propose_decision_from_form(request, coalition, form, origin),
        success_message=_("The silence procedure has started. We will email all members."),
        redirect_to=lambda call: reverse("drafting:call_detail", args=[coalition.slug, call.text_id, call.pk]),
    )


def _choose_procedure_meeting(
    request: MemberRequest, origin_record: Record | None, meetings: QuerySet[Meeting]
) -> Meeting | None:
    """That of the entry, that of the page it is proposed from, or the latest."""
    entry = origin_record.whole() if origin_record else None
    asked = str(entry.meeting_id) if isinstance(entry, Entry) else request.GET.get("meeting", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 19  # noqa: PLR2004 - longer than any number of a row
    return (meetings.filter(pk=asked).first() if is_number else None) or meetings.first()


def _propose_decision_from_form(
    request: MemberRequest, coalition: Coalition, form: DecisionProposalForm, origin_record: Record | None
) -> Call:
    said = form.get_action_arguments()
    said["meeting"].coalition = coalition
    try:
        return propose_silence_decision(actor=request.user, origin=origin_record, **said)
    except NamesFoundError as error:
        raise ActionRefused(get_names_found_error(error), "text") from error
