"""Applying, and answering applications."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.accounts.lost_submissions import render_lost_submission
from jukwaa.accounts.models import Person
from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.forms.memberships import (
    AcceptApplicationForm,
    DeclineApplicationForm,
    OrganisationApplicationForm,
    PersonApplicationForm,
)
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.coalitions.views.common import handle_directory_form, require_permission
from jukwaa.core.dates import get_utc_date
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_invalid_form, render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards.forms import ScreenedForm

MembershipStanding = Membership.Standing


@login_not_required
@require_http_methods(["GET", "POST"])
def apply_as_organisation_page(request: Request, coalition: Coalition) -> HttpResponse:
    """For an organisation."""
    if not request.user.is_authenticated:
        return _show_apply_page(request, is_own=False)
    person = request.user
    offered = directory.get_visible_organisations(request.standing)
    form = OrganisationApplicationForm(
        get_form_data(request), coalition=coalition, person=person, candidate_organisations=offered
    )
    return _handle_application_form(
        request, form, lambda: _apply_as_organisation(person, coalition, form), is_own=False
    )


def _apply_as_organisation(person: Person, coalition: Coalition, form: OrganisationApplicationForm) -> Membership:
    sent = form.cleaned_data
    return actions.apply_as_organisation(
        actor=person,
        coalition=coalition,
        organisation=form.get_organisation(),
        motivation=sent["motivation"],
        organisation_name=sent.get("your_name", ""),
        position=sent["position"],
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def apply_as_individual_page(request: Request, coalition: Coalition) -> HttpResponse:
    """On one's own."""
    if not request.user.is_authenticated:
        return _show_apply_page(request, is_own=True)
    person = request.user
    form = PersonApplicationForm(get_form_data(request), coalition=coalition, person=person)
    return _handle_application_form(request, form, lambda: _apply_as_person(person, coalition, form), is_own=True)


def _apply_as_person(person: Person, coalition: Coalition, form: PersonApplicationForm) -> Membership:
    sent = form.cleaned_data
    return actions.apply_as_individual(
        actor=person,
        coalition=coalition,
        application_text=sent["motivation"],
        person_name=sent.get("your_name", ""),
        country=sent["country"],
        stakeholder_group=sent["stakeholder_group"],
        areas_of_work=list(sent["areas"]),
    )


def _show_apply_page(request: Request, *, is_own: bool) -> HttpResponse:
    """What joining means, for whoever has not signed in; what is sent after a session ended is given back."""
    if request.method == "POST":
        return render_lost_submission(request)
    return render_page(request, "coalitions/apply.html", {"own": is_own})


def _handle_application_form(
    request: Request, form: ScreenedForm, action: Callable[[], Membership], *, is_own: bool
) -> HttpResponse:
    has_left = (
        is_blocked_address(request.user.email or "", request.coalition.pk) if request.user.is_authenticated else False
    )
    return form_view(
        request,
        form,
        template="coalitions/apply.html",
        context=lambda: {
            "own": is_own,
            "applications": _list_own_applications(request),
            "has_left": has_left,
        },
        action=action,
        success_message=_("Your application has been sent to the coordinators. We will email you their answer."),
        redirect_to=reverse("coalitions:apply", args=[request.coalition.slug], query={"sent": 1}),
    )


def _list_own_applications(request: Request) -> list[Membership]:
    """One's own, and what waits for an organisation that one says one belongs to: a colleague may have been faster."""
    mine = Q(applicant=request.user.pk) | Q(person=request.user.pk)
    theirs = Affiliation.objects.in_force().filter(person=request.user.pk)
    mine |= Q(organisation__in=theirs.values("organisation"), standing=MembershipStanding.APPLIED)
    rows = Membership.objects.filter(mine, coalition=request.coalition)
    return list(rows.select_related("organisation").order_by("-pk")[:10])


@require_POST
def application_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    mine = Q(applicant=request.user) | Q(person=request.user)
    membership = get_object_or_404(Membership.objects.filter(mine, coalition=coalition), pk=pk)
    return form_view(
        request,
        action=lambda: actions.withdraw_application(actor=request.user, membership=membership),
        success_message=_("Your application has been withdrawn."),
        redirect_to=redirect("coalitions:apply", coalition.slug).url,
    )


@require_GET
def application_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(request.standing.is_coordinator)
    return render_page(request, "coalitions/applications.html", _build_applications_context(coalition))


def _build_applications_context(
    coalition: Coalition, refused_form: AcceptApplicationForm | None = None
) -> dict[str, object]:
    """What waits, and what was answered; with the form as it was sent, where it could not be taken."""
    rows = Membership.objects.filter(coalition=coalition).select_related("organisation", "person", "applicant")
    waiting = rows.filter(standing=MembershipStanding.APPLIED).order_by("applied_on", "pk").prefetch_related("areas")
    answered = rows.filter(applied_on__isnull=False).exclude(standing=MembershipStanding.APPLIED).order_by("-pk")
    forms = [(membership, _build_application_accept_form(membership)) for membership in waiting[:50]]
    return {
        "waiting": [
            (one, refused_form if refused_form and refused_form.prefix == form.prefix else form) for one, form in forms
        ],
        "answered": answered[:20],
    }


def _build_application_accept_form(membership: Membership, post_data: QueryDict | None = None) -> AcceptApplicationForm:
    initial = {"starts_on": get_utc_date(), "vouch": True}
    form = AcceptApplicationForm(post_data, initial=initial, prefix=f"m{membership.pk}")
    if membership.organisation_id is None:
        del form.fields["vouch"]
    return form


@require_POST
def application_accept(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(request.standing.is_coordinator)
    membership = get_object_or_404(Membership, coalition=coalition, pk=pk)
    form = _build_application_accept_form(membership, request.POST)
    return form_view(
        request,
        form,
        template="coalitions/applications.html",
        context=lambda: _build_applications_context(coalition, form),
        action=lambda: actions.accept_application(actor=request.user, membership=membership, **form.cleaned_data),
        on_refusal=lambda refusal: _show_application_refusal(request, coalition, form, refusal),
        success_message=_("%(name)s is now a member. We will email the applicant.") % {"name": membership},
        redirect_to=redirect("coalitions:applications", coalition.slug).url,
    )


def _show_application_refusal(
    request: MemberRequest, coalition: Coalition, form: AcceptApplicationForm, refusal: ActionRefused
) -> HttpResponse:
    """Above the list if it belongs to no field: an application that was answered meanwhile is no longer in it."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal))
    else:
        messages.warning(request, str(refusal), extra_tags="wrong")
    return render_invalid_form(request, "coalitions/applications.html", _build_applications_context(coalition, form))


@require_http_methods(["GET", "POST"])
def application_decline(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(request.standing.is_coordinator)
    membership = get_object_or_404(Membership, coalition=coalition, pk=pk)
    require_permission(policies.can_answer_application(request.standing, membership))
    form = DeclineApplicationForm(get_form_data(request))
    back = redirect("coalitions:applications", coalition.slug).url
    return handle_directory_form(
        request,
        form,
        title=_("Decline the application from %(name)s") % {"name": membership},
        button_label=_("Decline application"),
        is_destructive=True,
        return_url=back,
        action=lambda: actions.decline_application(actor=request.user, membership=membership, **form.cleaned_data),
        success_message=_("The application has been declined. We will email the applicant with your reason."),
    )
