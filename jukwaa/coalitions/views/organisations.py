"""An organisation: its page, its names, and what changes it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.entitlements import get_entitlements
from jukwaa.coalitions.forms.organisations import OrganisationChangeForm, OrganisationForm, OrganisationNameForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Membership, Organisation
from jukwaa.coalitions.views.common import COALITION_FORM_TEMPLATE, handle_directory_form, require_permission
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page


@login_not_required
@require_GET
def organisation_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    rows = (
        directory.get_visible_organisations(request.standing)
        .filter(coalition=coalition, merged_into=None)
        .with_standing()
    )
    shown = rows.select_related("logo").defer("logo__image").prefetch_related("areas", "names")
    organisation = shown.filter(pk=pk).first()
    if organisation is None:
        merged = get_object_or_404(Organisation, coalition=coalition, pk=pk, merged_into__isnull=False)
        return redirect("coalitions:organisation_detail", coalition.slug, merged.merged_into_id)
    organisation.coalition = coalition
    ties = directory.get_visible_affiliations(request.standing).filter(organisation=organisation)
    own = request.user.pk if request.user.is_authenticated else None
    mine = organisation.affiliations.in_force().filter(person=own).first() if own else None
    context = {
        "organisation": organisation,
        "ties": ties.select_related("person", "organisation")[:100],
        "unseen": organisation.affiliations.in_force().filter(confirmed_on__isnull=False).exists,
        "memberships": Membership.objects.listed().filter(organisation=organisation),
        "mine": mine,
        "represents": mine is not None and mine.may_speak and _is_organisation_confirmed(request, organisation),
        "may_answer": (may_answer := _can_act_for_organisation(request, organisation)),
        "merged": organisation.merged.order_by("name") if may_answer else (),
    }
    return render_page(request, "coalitions/organisation_detail.html", context)


def _is_organisation_confirmed(request: Request, organisation: Organisation) -> bool:
    """Whether the organisation has confirmed the viewer, as was read with the request."""
    return request.user.is_authenticated and organisation.pk in get_entitlements(request.user).organisations


def _can_act_for_organisation(request: Request, organisation: Organisation) -> bool:
    if not request.user.is_authenticated:
        return False
    return request.standing.is_coordinator or policies.can_represent_organisation(request.standing, organisation)


@require_http_methods(["GET", "POST"])
def organisation_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_add_organisation(request.standing, coalition))
    form = OrganisationForm(get_form_data(request), coalition=coalition)
    return handle_directory_form(
        request,
        form,
        title=_("Add an organisation"),
        lead_text=_("This adds the organisation to the directory. It does not make the organisation a member."),
        button_label=_("Add to the directory"),
        return_url=redirect("coalitions:directory", coalition.slug).url,
        action=lambda: actions.add_organisation(
            actor=request.user, coalition=coalition, organisation_facts=form.build_organisation_facts()
        ),
        success_message=_("The organisation has been added to the directory."),
        redirect_to=lambda added: added,
    )


@require_http_methods(["GET", "POST"])
def organisation_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, coalition=coalition, pk=pk)
    require_permission(policies.can_change_organisation(request.standing, organisation))
    if organisation.merged_into and request.method == "GET":
        return redirect("coalitions:organisation_change", coalition.slug, organisation.merged_into_id)
    form = OrganisationChangeForm(
        get_form_data(request), coalition=coalition, initial=OrganisationChangeForm.get_initial(organisation)
    )
    return form_view(
        request,
        form,
        template=COALITION_FORM_TEMPLATE,
        context=lambda: _build_organisation_change_context(organisation),
        action=lambda: _save_organisation_changes(request, organisation, form),
        current_values=lambda conflict: OrganisationChangeForm.get_initial(
            conflict.current.merged_into or conflict.current
        ),
        success_message=_("The changes have been saved."),
        redirect_to=organisation,
    )


def _save_organisation_changes(
    request: MemberRequest, organisation: Organisation, form: OrganisationChangeForm
) -> None:
    actions.change_organisation(
        actor=request.user,
        organisation=organisation,
        facts=form.build_organisation_facts(),
        from_version=form.cleaned_data["version"],
        effective_on=form.cleaned_data["on"],
    )


def _build_organisation_change_context(organisation: Organisation) -> dict[str, Any]:
    """What was typed about an organisation that has been merged is saved in the one that remains."""
    current = Organisation.objects.select_related("merged_into").get(pk=organisation.pk)
    now = current.merged_into or current
    return {
        "title": _("Edit %(name)s") % {"name": organisation.name},
        "button": _("Save"),
        "back": now.get_absolute_url(),
        "target": redirect("coalitions:organisation_change", organisation.coalition.slug, now.pk).url,
    }


@require_http_methods(["GET", "POST"])
def organisation_name_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.of(coalition), pk=pk)
    require_permission(policies.can_change_organisation(request.standing, organisation))
    form = OrganisationNameForm(get_form_data(request))
    return handle_directory_form(
        request,
        form,
        title=_("Add a name for %(name)s") % {"name": organisation.name},
        lead_text=_(
            "A former name, an acronym or another spelling. Reports that use this name will then be"
            " matched to this organisation."
        ),
        button_label=_("Add name"),
        return_url=organisation.get_absolute_url(),
        action=lambda: actions.add_organisation_name(
            actor=request.user, organisation=organisation, **form.cleaned_data
        ),
        success_message=_("The name has been added. You can now find the organisation by this name."),
    )
