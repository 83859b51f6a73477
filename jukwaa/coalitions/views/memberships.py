"""A membership after it began: its dates, and its end."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions import actions, policies
from jukwaa.coalitions.forms.memberships import (
    EndMembershipForm,
    LeaveAsIndividualForm,
    LeaveCoalitionForm,
    MembershipAddForm,
    MembershipDatesForm,
)
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Membership, Organisation
from jukwaa.coalitions.views.common import (
    build_leave_context,
    describe_own_departure,
    handle_directory_form,
    require_permission,
)
from jukwaa.core.form_view import form_view, get_form_data


def _get_visible_memberships(request: MemberRequest, coalition: Coalition) -> QuerySet[Membership]:
    """Memberships of organisations are public; those of people are for themselves and coordinators to change."""
    rows = Membership.objects.filter(coalition=coalition).select_related("organisation", "person")
    if request.standing.is_coordinator:
        return rows
    began = Q(organisation__isnull=False, standing__in=[Membership.Standing.ACTIVE, Membership.Standing.LEFT])
    return rows.filter(began | Q(person=request.user))


@require_http_methods(["GET", "POST"])
def membership_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Leave, or end the membership of another, who reads why."""
    membership = get_object_or_404(_get_visible_memberships(request, coalition), pk=pk)
    require_permission(policies.can_end_membership(request.standing, membership))
    if membership.person_id == request.user.pk:
        return _leave_coalition_from_form(request, membership)
    leaves = _is_ending_own_membership(request, membership)
    form = (LeaveCoalitionForm if leaves else EndMembershipForm)(get_form_data(request))
    back = _get_back_url(membership)
    title = _("Leave the coalition") if leaves else _("End the membership of %(name)s") % {"name": membership}
    return handle_directory_form(
        request,
        form,
        title=title,
        lead_text=_describe_membership_end(membership),
        button_label=_("Leave the coalition") if leaves else _("End the membership"),
        is_destructive=True,
        return_url=back,
        action=lambda: actions.end_membership(actor=request.user, membership=membership, **form.cleaned_data),
        success_message=_("The last day has been saved. The membership and its dates will stay in the history."),
    )


def _describe_membership_end(membership: Membership) -> str:
    if membership.organisation:
        return _(
            "The organisation's contributions stay in the record. Its people stay in the directory"
            " until their own affiliation ends."
        )
    return _(
        "The member's contributions stay in the record. Their name will no longer be shown there,"
        " unless they still belong to the coalition in another way."
    )


def _leave_coalition_from_form(request: MemberRequest, membership: Membership) -> HttpResponse:
    form = LeaveAsIndividualForm(get_form_data(request))
    back = _get_back_url(membership)
    return form_view(
        request,
        form,
        template="coalitions/leave.html",
        context=lambda: build_leave_context(request, request.user, return_url=back, participation=membership),
        action=lambda: actions.end_membership(actor=request.user, membership=membership, **form.cleaned_data),
        success_message=lambda _ended: describe_own_departure(request),
        redirect_to=request.coalition.get_absolute_url(),
    )


def _is_ending_own_membership(request: MemberRequest, membership: Membership) -> bool:
    if membership.organisation is None:
        return membership.person_id == request.user.pk
    return policies.can_represent_organisation(request.standing, membership.organisation)


@require_http_methods(["GET", "POST"])
def membership_dates_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    membership = get_object_or_404(_get_visible_memberships(request, coalition), pk=pk)
    require_permission(policies.can_change_membership_dates(request.standing, membership))
    form = MembershipDatesForm(
        get_form_data(request), initial={"starts_on": membership.starts_on, "ends_on": membership.ends_on}
    )
    return handle_directory_form(
        request,
        form,
        title=_("Membership dates of %(name)s") % {"name": membership},
        lead_text=_(
            "Enter the dates from the coalition's own documents. If a member left and came back, each"
            " period is a separate membership. If a membership was ended by mistake, clear the last day to make it"
            " current again."
        ),
        button_label=_("Save"),
        return_url=_get_back_url(membership),
        action=lambda: actions.change_membership_dates(actor=request.user, membership=membership, **form.cleaned_data),
        success_message=_("The dates have been corrected."),
    )


@require_http_methods(["GET", "POST"])
def membership_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Enter an organisation of the directory as a member or an observer, without an application."""
    organisation = get_object_or_404(Organisation.objects.of(coalition), pk=pk)
    require_permission(policies.can_add_membership(request.standing, coalition))
    form = MembershipAddForm(get_form_data(request))
    return handle_directory_form(
        request,
        form,
        title=_("Add a membership for %(name)s") % {"name": organisation.name},
        lead_text=_(
            "For members and observers that the coalition has already accepted. New members should apply to join."
        ),
        button_label=_("Add membership"),
        return_url=organisation.get_absolute_url(),
        action=lambda: actions.add_membership(
            actor=request.user, coalition=coalition, organisation=organisation, **form.cleaned_data
        ),
        success_message=_("The membership has been added."),
    )


def _get_back_url(membership: Membership) -> str:
    if membership.organisation:
        return membership.organisation.get_absolute_url()
    return redirect("coalitions:person_detail", membership.coalition.slug, membership.person_id).url
