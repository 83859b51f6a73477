"""Who can submit proposals, and the keywords of the coalition's theme."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.proposals import actions, policies
from jukwaa.proposals.forms import ProposalSettingsForm
from jukwaa.proposals.settings import get_proposal_settings


@require_http_methods(["GET", "POST"])
def settings_edit(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_change_settings(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can change the settings for proposals."))
    form = ProposalSettingsForm(
        get_form_data(request), initial=ProposalSettingsForm.get_initial(get_proposal_settings(coalition))
    )
    return form_view(
        request,
        form,
        template="proposals/settings_form.html",
        action=lambda: actions.save_proposal_settings(actor=request.user, coalition=coalition, **form.cleaned_data),
        current_values=lambda conflict: ProposalSettingsForm.get_initial(conflict.current),
        success_message=_("Settings saved."),
        redirect_to=reverse("proposals:call_list", args=[coalition.slug]),
    )
