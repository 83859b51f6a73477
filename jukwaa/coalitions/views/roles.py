"""Roles and their terms."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.people import LastDayForm, RoleChangeForm, RoleForm, RoleHandoverForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Affiliation, Coalition, Role
from jukwaa.coalitions.views.common import handle_directory_form, require_permission
from jukwaa.core.dates import get_utc_date
from jukwaa.core.form_view import get_form_data
from jukwaa.core.http import render_page


@login_not_required
@require_GET
def role_list(request: Request, coalition: Coalition) -> HttpResponse:
    """Who holds which role, and who held it: the role is public, the name by the person's choice."""
    today = get_utc_date()
    held = list(Role.objects.filter(coalition=coalition).select_related("person"))
    now = [role for role in held if role.ends_on is None or role.ends_on >= today]
    context = {
        "now": now,
        "before": [role for role in held if role not in now],
        "organisations": _get_organisations_by_person(coalition, held),
    }
    return render_page(request, "coalitions/roles.html", context)


def _get_organisations_by_person(coalition: Coalition, roles: list[Role]) -> dict[int, str]:
    """Through which organisation each of them is here, by person: said where the name is not."""
    ties = Affiliation.objects.confirmed().filter(
        organisation__coalition=coalition, person__in={role.person_id for role in roles}
    )
    return dict(ties.values_list("person_id", "organisation__name"))


@require_http_methods(["GET", "POST"])
def role_assign(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_change_roles(request.standing, coalition))
    form = RoleForm(get_form_data(request), candidates=directory.get_visible_people(request.standing))
    return handle_directory_form(
        request,
        form,
        title=_("Assign a role"),
        lead_text=_(
            "You can assign a role for a fixed term or until further notice. What the person did in the role will"
            " stay in the record after the term ends."
        ),
        button_label=_("Assign role"),
        return_url=_get_roles_url(coalition),
        action=lambda: actions.assign_role(actor=request.user, coalition=coalition, **form.cleaned_data),
        success_message=_("The role has been assigned."),
    )


@require_http_methods(["GET", "POST"])
def role_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(policies.can_change_roles(request.standing, coalition))
    role = get_object_or_404(Role, coalition=coalition, pk=pk)
    initial = {name: getattr(role, name) for name in RoleChangeForm.base_fields}
    form = RoleChangeForm(get_form_data(request), initial=initial)
    words = {"role": role.get_kind_display(), "name": get_display_name(role.person, request.standing)}
    return handle_directory_form(
        request,
        form,
        title=_("Correct the term of %(name)s as %(role)s") % words,
        lead_text=_(
            "Use this page only to correct mistakes. If the person has left the role, end the term "
            "instead. Add a new term for their successor."
        ),
        button_label=_("Save"),
        return_url=_get_roles_url(coalition),
        action=lambda: actions.change_role(actor=request.user, role=role, **form.cleaned_data),
        success_message=_("The term has been corrected."),
    )


@require_http_methods(["GET", "POST"])
def role_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(policies.can_change_roles(request.standing, coalition))
    role = get_object_or_404(Role, coalition=coalition, pk=pk)
    form = LastDayForm(get_form_data(request))
    return handle_directory_form(
        request,
        form,
        title=_build_end_role_title(request, role),
        button_label=_("End term of office"),
        is_destructive=True,
        return_url=_get_roles_url(coalition),
        action=lambda: actions.end_role(actor=request.user, role=role, **form.cleaned_data),
        success_message=_("The last day has been saved. The term will stay in the history."),
    )


@require_http_methods(["GET", "POST"])
def role_hand_over(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(policies.can_change_roles(request.standing, coalition))
    role = get_object_or_404(Role, coalition=coalition, pk=pk)
    form = RoleHandoverForm(get_form_data(request), candidates=directory.get_visible_people(request.standing))

    def hand_over_role_now() -> None:
        sent = form.cleaned_data
        actions.hand_over_role(actor=request.user, role=role, successor_person=sent["person"], effective_on=sent["on"])

    return handle_directory_form(
        request,
        form,
        title=_("Hand over the role: %(role)s") % {"role": role.get_kind_display()},
        lead_text=_("The current term ends and the next begins on the same day."),
        button_label=_("Hand over role"),
        return_url=_get_roles_url(coalition),
        action=hand_over_role_now,
        success_message=_("The role has been handed over. The previous term will stay in the history."),
    )


def _build_end_role_title(request: MemberRequest, role: Role) -> str:
    words = {"role": role.get_kind_display(), "name": get_display_name(role.person, request.standing)}
    return _("End the term of %(name)s as %(role)s") % words


def _get_roles_url(coalition: Coalition) -> str:
    return redirect("coalitions:roles", coalition.slug).url
