"""The quorum of a coalition."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import policies
from jukwaa.meetings.actions.quorum import set_quorum_rule
from jukwaa.meetings.forms_quorum import QuorumRuleForm
from jukwaa.meetings.quorum import get_quorum_rule
from jukwaa.meetings.views.meetings import MEETING_FORM_TEMPLATE


@require_http_methods(["GET", "POST"])
def quorum_edit(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_set_quorum(request.standing, coalition):
        raise PermissionDenied(_("Only the coordinators can set the quorum."))
    form = QuorumRuleForm(get_form_data(request), initial=QuorumRuleForm.get_initial(get_quorum_rule(coalition)))
    lead = _(
        "Enter how many members, organisations, regions or stakeholder groups must attend a meeting. The meeting page "
        "will show whether the quorum is met. A meeting can take place without a quorum."
    )
    back = reverse("meetings:meeting_list", args=[coalition.slug])
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context={"heading": _("Quorum"), "button": _("Save"), "lead": lead, "back": back},
        action=lambda: set_quorum_rule(
            actor=request.user,
            coalition=coalition,
            minimum_numbers=form.get_numbers(),
            seen_fingerprint=form.cleaned_data["seen"],
        ),
        current_values=lambda conflict: QuorumRuleForm.get_initial(conflict.current),
        success_message=_("The quorum has been saved."),
        redirect_to=back,
    )
