"""The logo of an organisation: its image, and the page on which it is added, changed or removed."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import directory, policies
from jukwaa.coalitions.actions import logos as actions
from jukwaa.coalitions.forms.logos import LogoForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Organisation, OrganisationLogo
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.views.common import require_permission
from jukwaa.core.form_view import form_view, get_form_data

LOGO_MAX_AGE_SECONDS = 3600  # a logo may have to be removed, and shared caches go on serving it


@login_not_required
@require_GET
def organisation_logo_image(request: Request, coalition: Coalition, pk: int, fingerprint: str) -> HttpResponse:
    """The image, for whoever may see the organisation. Its address changes with it, so browsers keep it for an hour."""
    visible = directory.get_visible_organisations(request.standing).filter(coalition=coalition)
    logo = get_object_or_404(OrganisationLogo, organisation__in=visible, organisation=pk, fingerprint=fingerprint)
    response = HttpResponse(bytes(logo.image), content_type="image/png")
    in_public = directory.get_visible_organisations(Standing(AnonymousUser(), coalition)).filter(pk=pk).exists()
    patch_cache_control(response, **{"public" if in_public else "private": True}, max_age=LOGO_MAX_AGE_SECONDS)
    return response


@require_http_methods(["GET", "POST"])
def organisation_logo_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    organisation = _get_organisation_or_404(request, coalition, pk)
    form = LogoForm(get_form_data(request), request.FILES or None)
    return form_view(
        request,
        form,
        template="coalitions/logo_form.html",
        context={"organisation": organisation},
        action=lambda: actions.set_logo(actor=request.user, organisation=organisation, logo=form.cleaned_data["logo"]),
        success_message=_("The logo has been saved."),
        redirect_to=organisation,
    )


@require_POST
def organisation_logo_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    organisation = _get_organisation_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.remove_logo(actor=request.user, organisation=organisation),
        success_message=_("The logo has been removed."),
        redirect_to=organisation,
    )


def _get_organisation_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Organisation:
    rows = Organisation.objects.of(coalition).select_related("logo").defer("logo__image")
    organisation = get_object_or_404(rows, pk=pk)
    require_permission(policies.can_change_organisation(request.standing, organisation))
    organisation.coalition = coalition
    return organisation
