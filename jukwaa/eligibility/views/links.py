"""The button that has the links of the self-check checked."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.eligibility.actions import request_link_check
from jukwaa.eligibility.views.self_check import require_coordinator


@require_POST
def link_check_start(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_coordinator(request, coalition)
    return form_view(
        request,
        action=lambda: request_link_check(actor=request.user, coalition=coalition),
        success_message=_("The links will be checked within a few minutes. Reload this page to see the result."),
        redirect_to=reverse("eligibility:check", args=[coalition.slug]),
    )
