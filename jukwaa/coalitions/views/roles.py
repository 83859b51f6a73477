"""Roles and their terms."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.forms.people import HandOverForm, LastDayForm, RoleChangeForm, RoleForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Affiliation, Coalition, Role
from jukwaa.coalitions.names import shown
from jukwaa.coalitions.views.common import directory_form, require
from jukwaa.core.form_view import form_data
from jukwaa.core.http import page


@login_not_required
@require_GET
def roles(request: Request, coalition: Coalition) -> HttpResponse:
    """Who holds which role, and who held it: the role is public, the name by the person's choice."""
    today = timezone.localdate()
    held = list(Role.objects.filter(coalition=coalition).select_related("person"))
    now = [role for role in held if role.ends_on is None or role.ends_on >= today]
    context = {
        "now": now,
        "before": [role for role in held if role not in now],
        "organisations": _organisations(coalition, held),
    }
    return page(request, "coalitions/roles.html", context)


def _organisations(coalition: Coalition, held: list[Role]) -> dict[int, str]:
    """Through which organisation each of them is here, by person: said where the name is not."""
    ties = Affiliation.objects.confirmed().filter(
        organisation__coalition=coalition, person__in={role.person_id for role in held}
    )
    return dict(ties.values_list("person_id", "organisation__name"))


@require_http_methods(["GET", "POST"])
def role_give(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_change_roles(request.standing, coalition))
    form = RoleForm(form_data(request), among=directory.people(request.standing))
    return directory_form(
        request,
        form,
        title=_("Assign a role"),
        lead=_(
            "For a fixed term or until further notice. What the person did in the role stays in the"
            " record after the term ends."
        ),
        button=_("Assign role"),
        back=_back(coalition),
        action=lambda: actions.give_role(actor=request.user, coalition=coalition, **form.cleaned_data),
        success=_("The role has been assigned."),
    )


@require_http_methods(["GET", "POST"])
def role_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require(policies.can_change_roles(request.standing, coalition))
    role = get_object_or_404(Role, coalition=coalition, pk=pk)
    initial = {name: getattr(role, name) for name in RoleChangeForm.base_fields}
    form = RoleChangeForm(form_data(request), initial=initial)
    words = {"role": role.get_kind_display(), "name": shown(role.person, request.standing)}
    return directory_form(
        request,
        form,
        title=_("Correct the term of %(name)s as %(role)s") % words,
        lead=_("Use this page to correct mistakes. To finish a term, end it. A successor has a separate term."),
        button=_("Save"),
        back=_back(coalition),
        action=lambda: actions.change_role(actor=request.user, role=role, **form.cleaned_data),
        success=_("The term has been corrected."),
    )


@require_http_methods(["GET", "POST"])
def role_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require(policies.can_change_roles(request.standing, coalition))
    role = get_object_or_404(Role, coalition=coalition, pk=pk)
    form = LastDayForm(form_data(request))
    return directory_form(
        request,
        form,
        title=_title(request, role),
        button=_("End term of office"),
        stop=True,
        back=_back(coalition),
        action=lambda: actions.end_role(actor=request.user, role=role, **form.cleaned_data),
        success=_("Saved. The term will stay in the history."),
    )


@require_http_methods(["GET", "POST"])
def role_hand_over(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require(policies.can_change_roles(request.standing, coalition))
    role = get_object_or_404(Role, coalition=coalition, pk=pk)
    form = HandOverForm(form_data(request), among=directory.people(request.standing))

    def hand_over() -> None:
        sent = form.cleaned_data
        actions.hand_over_role(actor=request.user, role=role, to=sent["person"], on=sent["on"])

    return directory_form(
        request,
        form,
        title=_("Hand over the role: %(role)s") % {"role": role.get_kind_display()},
        lead=_("The current term ends and the next begins on the same day."),
        button=_("Hand over"),
        back=_back(coalition),
        action=hand_over,
        success=_("The role has been handed over. Everything that belongs to it stays in place."),
    )


def _title(request: MemberRequest, role: Role) -> str:
    words = {"role": role.get_kind_display(), "name": shown(role.person, request.standing)}
    return _("End the term of %(name)s as %(role)s") % words


def _back(coalition: Coalition) -> str:
    return redirect("coalitions:roles", coalition.slug).url
