"""Who belongs to which organisation: said, confirmed, ended."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.people import (
    AffiliationChangeForm,
    AffiliationForm,
    ClaimAffiliationForm,
    LastDayForm,
    LeaveOrganisationForm,
)
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation
from jukwaa.coalitions.views.common import (
    build_leave_context,
    describe_own_departure,
    handle_directory_form,
    require_permission,
)
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page


@require_GET
def affiliation_confirmation_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """What waits for this person to vouch for: as coordinator all, as a representative those of the organisation."""
    rows = directory.get_visible_affiliations(request.standing).filter(organisation__coalition=coalition).to_confirm()
    if not request.standing.is_coordinator:
        own = Affiliation.objects.confirmed().filter(person=request.user, may_speak=True)
        rows = rows.filter(organisation__in=own.values("organisation")).exclude(person=request.user)
    rows = rows.select_related("person", "organisation")
    context = {"page": get_page(rows, ("organisation__name", "pk"), PageCursor.of(request))}
    return render_page(request, "coalitions/confirmations.html", context)


@require_http_methods(["GET", "POST"])
def affiliation_claim(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    rows = directory.get_visible_organisations(request.standing).filter(coalition=coalition, merged_into__isnull=True)
    organisation = get_object_or_404(rows, pk=pk)
    form = ClaimAffiliationForm(
        get_form_data(request), get_candidates=lambda: directory.get_visible_people(request.standing)
    )
    return handle_directory_form(
        request,
        form,
        title=_("Add your affiliation with %(name)s") % {"name": organisation.name},
        lead_text=_(
            "A representative of the organisation or a coordinator has to confirm your affiliation. Until then, the"
            " affiliation gives you no access."
        ),
        button_label=_("Add affiliation"),
        return_url=organisation.get_absolute_url(),
        action=lambda: actions.claim_affiliation(actor=request.user, organisation=organisation, **form.given),
        success_message=_(
            "Affiliation added. It will take effect when a representative of the organisation or a coordinator"
            " confirms it."
        ),
    )


@require_http_methods(["GET", "POST"])
def affiliation_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.of(coalition), pk=pk)
    require_permission(policies.can_add_affiliation(request.standing, organisation))
    form = AffiliationForm(get_form_data(request), candidates=directory.get_visible_people(request.standing))
    return handle_directory_form(
        request,
        form,
        title=_("Add a person to %(name)s") % {"name": organisation.name},
        lead_text=_(
            "Add a person who is already in the directory. Adding the person confirms their affiliation for 1 year."
        ),
        button_label=_("Add and confirm person"),
        return_url=organisation.get_absolute_url(),
        action=lambda: actions.add_affiliation(actor=request.user, organisation=organisation, **form.given),
        success_message=_("Person added and confirmed."),
    )


@require_POST
def affiliation_confirm(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _handle_affiliation_confirmation(
        request, coalition, pk, can_represent=None, success_message=_("%(name)s has been confirmed for 1 year.")
    )


@require_POST
def affiliation_allow_representing(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _handle_affiliation_confirmation(
        request, coalition, pk, can_represent=True, success_message=_("%(name)s can now represent the organisation.")
    )


@require_POST
def affiliation_stop_representing(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _handle_affiliation_confirmation(
        request,
        coalition,
        pk,
        can_represent=False,
        success_message=_("%(name)s can no longer represent the organisation."),
    )


def _handle_affiliation_confirmation(
    request: MemberRequest, coalition: Coalition, pk: int, *, can_represent: bool | None, success_message: str
) -> HttpResponse:
    affiliation = _get_affiliation_or_404(request, coalition, pk)
    back = redirect("coalitions:confirmations", coalition.slug).url
    return form_view(
        request,
        action=lambda: actions.confirm_affiliation(
            actor=request.user, affiliation=affiliation, can_represent=can_represent
        ),
        success_message=success_message % {"name": get_display_name(affiliation.person, request.standing)},
        redirect_to=back if request.POST.get("from") == "list" else affiliation.organisation.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def affiliation_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    affiliation = _get_affiliation_or_404(request, coalition, pk)
    require_permission(policies.can_change_affiliation(request.standing, affiliation))
    initial = {name: getattr(affiliation, name) for name in ("position", "phone", "starts_on", "ends_on")}
    among = directory.get_visible_people(request.standing).exclude(pk=affiliation.person_id)
    form = AffiliationChangeForm(get_form_data(request), initial=initial, get_candidates=lambda: among)
    back = redirect("coalitions:person_detail", coalition.slug, affiliation.person_id).url
    name = {
        "name": get_display_name(affiliation.person, request.standing),
        "organisation": affiliation.organisation.name,
    }
    return handle_directory_form(
        request,
        form,
        title=_("Correct the affiliation of %(name)s with %(organisation)s") % name,
        lead_text=_(
            "Use this page to correct mistakes. If a person left and came back, each period is a separate affiliation."
        ),
        button_label=_("Save"),
        return_url=back,
        action=lambda: actions.change_affiliation(actor=request.user, affiliation=affiliation, **form.given),
        success_message=_("The affiliation has been corrected."),
    )


@require_http_methods(["GET", "POST"])
def affiliation_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    affiliation = _get_affiliation_or_404(request, coalition, pk)
    require_permission(policies.can_end_affiliation(request.standing, affiliation))
    if affiliation.person_id == request.user.pk:
        return _leave_organisation_from_form(request, affiliation)
    form = LastDayForm(get_form_data(request))
    back = affiliation.organisation.get_absolute_url()
    name = {
        "name": get_display_name(affiliation.person, request.standing),
        "organisation": affiliation.organisation.name,
    }
    return handle_directory_form(
        request,
        form,
        title=_("End the affiliation of %(name)s with %(organisation)s") % name,
        button_label=_("End affiliation"),
        is_destructive=True,
        return_url=back,
        action=lambda: actions.end_affiliation(actor=request.user, affiliation=affiliation, **form.cleaned_data),
        success_message=_(
            "The last day has been saved. After this day, the directory will no longer show the affiliation."
        ),
    )


def _leave_organisation_from_form(request: MemberRequest, affiliation: Affiliation) -> HttpResponse:
    form = LeaveOrganisationForm(get_form_data(request))
    back = affiliation.organisation.get_absolute_url()
    return form_view(
        request,
        form,
        template="coalitions/leave.html",
        context=lambda: build_leave_context(request, request.user, return_url=back, participation=affiliation),
        action=lambda: actions.end_affiliation(actor=request.user, affiliation=affiliation, **form.cleaned_data),
        success_message=lambda _ended: describe_own_departure(request),
        redirect_to=back,
    )


def _get_affiliation_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Affiliation:
    rows = directory.get_visible_affiliations(request.standing, include_ended=True)
    rows = rows.select_related("person", "organisation__coalition")
    return get_object_or_404(rows.filter(organisation__coalition=coalition), pk=pk)
